import type { Card, Line } from '../cards/card.ts';
import { didYouMeanCard } from '../cards/did-you-mean-card.ts';
import type { Clock } from '../clock.ts';
import type { NamedChannel } from '../domain/digest-schedule.ts';
import type { Iccid } from '../domain/iccid.ts';
import type { Topic } from '../domain/topic.ts';
import type { MoneyDecision } from '../usage/access.ts';
import type { ReplyAddress } from '../usage/platform.ts';
import type { Inquiry } from './question.ts';

/** Who asks, from where, and in what language. The platform has checked already that they may ask at all. */
export interface Asking {
  /** See `ReplyAddress`. */
  readonly asker: string;
  /** Where it was asked, for the audit: a channel id or `dm`. */
  readonly place: string;
  /** Runs through every log line of the question. */
  readonly requestId: string;
  /** BCP 47. */
  readonly locale: string;
  /** IANA name, where the platform tells it. */
  readonly timeZone?: string;
  /** What the team calls the eSIMs asked about; the usage service adds them. */
  readonly names?: ReadonlyMap<Iccid, string>;
  /** Reaches the asker in private, later, by a new message: no response URL, no edit of the present answer. */
  readonly address: ReplyAddress;
  /** Absent in a direct message, and where the bot cannot be. */
  readonly channel?: AskedInChannel;
  /**
   * Another channel, in which the platform knows them to be, and may look up as well; undefined where that is not so or cannot be told.
   * Never throws.
   */
  readonly channelNamed?: (channel: NamedChannel) => Promise<AskedInChannel | undefined>;
  /** Whether prices and the balance may be shown to them; asked only where a topic needs it. */
  readonly mayReadMoney: () => Promise<MoneyDecision>;
}

/** The channel a question comes from, or names, where everybody could be told something. */
export interface AskedInChannel {
  /** As the span `channel` takes it. */
  readonly id: string;
  /** Who asks, as the span `person` takes it. */
  readonly personId: string;
  /** Reaches everybody there, by a new message that says nothing of whose eSIM it is. */
  readonly address: ReplyAddress;
  /** Says a line there now. `closed`: the bot is not in there, or may not write; `failed`: another try may help. */
  say(line: Line): Promise<'said' | 'closed' | 'failed'>;
}

/** What an inquiry comes to: cards for the asker alone, or the lookup it stood for. */
export type InquiryAnswer =
  | {
      readonly kind: 'cards';
      readonly cards: readonly Card[];
      /** What the `about` of the cards' `ask` buttons counts into; remembered by the platform, never written on a button. */
      readonly about: readonly Iccid[];
      /** Asked about as well, and beyond what one answer takes: the platform names them. */
      readonly leftOut?: readonly Iccid[];
      /** For the audit: the cards say why not. */
      readonly refused?: boolean;
    }
  | {
      readonly kind: 'lookup';
      readonly iccids: readonly Iccid[];
      /** Whose they are, in the reseller's words: foreign text, shown with this answer and kept nowhere. */
      readonly labels?: ReadonlyMap<Iccid, string>;
    };

/** Answers one topic. Never throws for what happens in normal life: a refusal is a card as well. */
export type InquiryHandler = (inquiry: Inquiry, asking: Asking) => Promise<InquiryAnswer>;

/**
 * Where a platform takes every question that is not a lookup. What it throws is a fault of ours.
 */
export interface InquiryRouter {
  answer(inquiry: Inquiry, asking: Asking): Promise<InquiryAnswer>;
}

/** See `createInquiryRouter`. */
export type InquiryHandlers = Readonly<Record<Exclude<Topic, 'usage'>, InquiryHandler>>;

/** One handler for each topic but `usage`, which is the lookup itself. What is only nearly a topic is asked back first. */
export function createInquiryRouter(
  handlers: InquiryHandlers,
  clock: Clock,
  namesOf: (iccids: readonly Iccid[]) => Promise<ReadonlyMap<Iccid, string>> = async () => new Map(),
): InquiryRouter {
  return {
    async answer(inquiry, asking) {
      const { topic, iccids, misspelt } = inquiry;
      const viewer = { audience: 'private', locale: asking.locale, now: clock.now() } as const;
      if (misspelt !== undefined)
        return { kind: 'cards', cards: [didYouMeanCard(misspelt, topic, iccids, viewer)], about: iccids };
      if (topic === 'usage') return { kind: 'lookup', iccids };
      return handlers[topic](inquiry, { ...asking, names: await namesOf(iccids) });
    },
  };
}
