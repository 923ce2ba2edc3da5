import type { Card, Line } from '../../cards/card.ts';
import type { PlainTextOptions } from '../../cards/plain-text.ts';
import type { NamedChannel } from '../../domain/digest-schedule.ts';
import type { Iccid } from '../../domain/iccid.ts';
import type { AccessDecision, MoneyDecision } from '../../usage/access.ts';
import type { DeliveryContext, PlatformName, ReplyAddress } from '../../usage/platform.ts';
import type { Download } from './download.ts';
import type { AttachedFile } from './list-upload.ts';

/**
 * What a messaging service must know how to do. Everything else about a question is written once, in this folder, and
 * the same for all: a platform says *how*, the conversation says what, when, and what comes next. `P` is the
 * platform's request context, `M` its message.
 */
export interface Chat<P extends RequestContext, M> {
  readonly name: PlatformName;
  readonly pen: Pen<M>;
  readonly limits: ChatLimits;
  /** As people type it, in the reader's language. */
  commandIn(locale: string): string;
  /** The name of the shortcut where the platform shows it otherwise than in the reader's language. */
  readonly shortcutName?: string;
  /** Asked at a command, at a press and at a delivery. Never throws. */
  decide(ctx: P): Promise<AccessDecision>;
  /** Asked only where a topic needs it. */
  mayReadMoney(ctx: P): Promise<MoneyDecision>;
  /** Adds what the platform tells about the person: their language, their zone. May take long; never throws. */
  introduce(ctx: P): Promise<P>;
  whereabouts(ctx: P): Whereabouts;
  /** Every route to the asker that there is now, as plain data; `about` is what the message shows. */
  addressOf(ctx: P, about: About): ReplyAddress;
  /**
   * What still reaches them days later: the asker alone by a new message, or everybody in the channel. No response URL,
   * no edit.
   */
  lasting(ctx: P, to: 'person' | 'channel'): P;
  /**
   * The same person in another channel of theirs, as plain as if they had written there; undefined where the platform does not tell that
   * they are in it. Absent where channels have no names. Never throws.
   */
  placeNamed?(ctx: P, channel: NamedChannel): Promise<P | undefined>;
  /** An address of this platform's as it was stored; undefined for one that is not, or of a later version. */
  read(address: ReplyAddress): Stored<P> | undefined;
  /**
   * Where the first answer is shown and filled in: the warm route. `late`: an earlier try may have got through, so
   * look first.
   */
  surface(ctx: P, late: boolean): Surface<P, M>;
  /**
   * Of a pressed button. `apart`: its answer is a message of its own, which stands already where the platform needs
   * it so.
   */
  pressSurfaces(ctx: P, apart: boolean): PressSurfaces<P, M>;
  /** The cold routes of a stored address, chosen at delivery. */
  routes(stored: Stored<P>): Routes<M>;
  /**
   * A new message for everybody in the channel; `key` makes a repetition give back the first, where the platform can.
   * `late`: an earlier try may have got through.
   */
  postInChannel(ctx: P, message: M, key: string, late: boolean): Promise<CallResult>;
  /** Why that was refused, as far as the person can mend it. */
  channelRefusal(result: CallResult): 'not-a-member' | 'may-not-post' | 'other';
  /** A file somebody attached. */
  fetchFile?(url: string, mostBytes: number): Promise<Download>;
  /** Asks about files that an event only named. Never throws. */
  inspectFiles?(files: readonly AttachedFile[]): Promise<readonly AttachedFile[]>;
  /** A first line in the direct message with the person, for an answer that must not stand where it was asked. */
  openDirectMessage?(ctx: P, line: M): Promise<CallResult<PrivateLine<P, M>>>;
  /** Brings a file to the asker alone. Absent where the pen takes none. Never throws. */
  sendFile?(ctx: P, file: OutgoingFile): Promise<FileSent<M>>;
  /** The cards with their pictures brought where this platform can show them. Never throws. */
  prepare?(ctx: P, cards: readonly Card[]): Promise<readonly Card[]>;
}

/** A message of ours in the direct message with a person. */
export interface PrivateLine<P, M> {
  /** The place of the question, with the message of the direct message as its own. */
  readonly ctx: P;
  change(message: M): Promise<CallResult>;
}

/** A file of our own making. */
interface OutgoingFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** What is in it; stands with it. */
  readonly about: Line;
}

/** Where a file went. */
type FileSent<M> =
  /** Nowhere yet: it travels with this message, which is the answer. */
  | { readonly kind: 'with'; readonly message: M }
  /** Into the direct message; `elsewhere`: not where it was asked for. */
  | { readonly kind: 'sent'; readonly elsewhere: boolean }
  | { readonly kind: 'failed'; readonly error: string };

/**
 * Who asks, and from where, as far as the conversation needs it. A platform adds its own ids, tokens and URLs. Plain
 * data.
 */
export interface RequestContext {
  /** Unique for the question: a trigger, an event, an interaction. */
  readonly questionId: string;
  readonly userId: string;
  readonly channelId: string;
  /** BCP 47. */
  readonly locale: string;
  readonly timeZone?: string | undefined;
}

/** What the place of a question means. */
export interface Whereabouts {
  /** Unique among platforms and workspaces; the audit and the list of pending answers go by it. */
  readonly asker: string;
  /** Workspace or guild. */
  readonly spaceId: string;
  readonly threadId?: string;
  /** Nobody else reads there. */
  readonly inDirectMessage: boolean;
  /** There is a channel, and the bot may be in it: it can be shared with, and told something. */
  readonly inChannel: boolean;
}

/** What a message shows. */
export interface About {
  readonly iccids: readonly Iccid[];
  readonly messageKey: string;
  /** Of the note that its buttons carry; empty where there is none. */
  readonly handle: string;
}

/** An address that was read back. */
export interface Stored<P> extends About {
  readonly ctx: P;
  /** It is for everybody in the channel. */
  readonly toChannel: boolean;
}

/** Pure: how a platform writes. */
export interface Pen<M> {
  /** One message of one or several cards, within every limit of the platform. `notice` stands above them. */
  message(cards: readonly HandledCard[], reader: Reader, notice?: Line): M;
  /** Lines without a card. */
  notice(lines: readonly Line[], reader: Reader): M;
  /** A line with one Show button, which answers each presser privately. */
  offer(line: Line, label: string, handle: string, reader: Reader): M;
  /** A file can be sent; without it no button offers one. */
  readonly takesFiles?: true;
  /** The same message without what it uploads; undefined where it uploads nothing. */
  withoutFiles?(message: M): M | undefined;
}

/** For whom it is written. */
export type Reader = PlainTextOptions;

/** A card with what its buttons say back; a card without a handle has none. */
export interface HandledCard {
  readonly card: Card;
  readonly handle?: CardHandle;
  /** Told on the buttons where several cards share a message. */
  readonly name?: string;
}

/** What a button carries: never an ICCID. */
export interface CardHandle {
  readonly note: string;
  /** Which of the note's eSIMs. */
  readonly index: number;
  /** Of the promise on the card; empty where there is none. */
  readonly jobId: string;
}

/** In how little a platform must be satisfied. */
interface ChatLimits {
  /** In one message. */
  readonly esims: number;
  /** When what has come is shown, while the rest is still being checked; ms after the question, one after the other. */
  readonly fillAfterMs: readonly number[];
  /**
   * How long a question's acknowledgement may wait for the store: after that it is given before the question is durable. Undefined
   * where nobody shows an error meanwhile.
   */
  readonly durableWithinMs?: number;
}

/** What a call to a platform came to, as the caller must treat it: a value, never a throw. */
export type CallResult<T = unknown> =
  | { readonly kind: 'ok'; readonly value: T }
  /** Down, slow, or asking to wait until `notBefore` (epoch ms). */
  | { readonly kind: 'retry'; readonly error: string; readonly notBefore?: number }
  /** This way leads nowhere; another may. */
  | { readonly kind: 'closed'; readonly error: string }
  /**
   * Only the operator can mend it. `refusesToken`: it is about the bot's own token, so no other way is better, and
   * this one is good again with it.
   */
  | {
      readonly kind: 'operator';
      readonly error: string;
      readonly remedy: string;
      readonly refusesToken?: true;
    };

/** Where one answer is shown and filled in. */
export interface Surface<P, M> {
  /** How often the message can still be changed before its last form. */
  changesLeft(): number;
  /**
   * Present where a message of our own has to stand first: posts it, once, and says what is known of the place then.
   */
  open?(placeholder: M): Promise<CallResult<Partial<P>>>;
  show(message: M): Promise<CallResult>;
}

/** Of a pressed button: the message it stands on, and a word beside it for the presser alone. */
interface PressSurfaces<P, M> {
  readonly own: Surface<P, M>;
  readonly aside: Surface<P, M>;
  /** A later edit of "the first answer" changes the aside, not the card that was pressed. */
  readonly editsAside: boolean;
}

/** The cold routes there are. Each knows its own expiry, notes what must not happen twice, and never widens privacy. */
export interface Routes<M> {
  /** They change what the person sees already. `free`: as often as one likes. */
  readonly edits: readonly (Route<M> & { readonly free: boolean })[];
  /** A new message only the asker sees, where it was asked. */
  readonly ephemeral?: Route<M>;
  readonly directMessage: Route<M>;
  /** A message for everybody. */
  readonly channel?: Route<M>;
  /** The same, for a line that holds no customer data. */
  readonly channelLine?: Route<M>;
  /** For the operator, where no route names a remedy of its own. */
  readonly remedy?: string;
}

/** One way to a person. */
export interface Route<M> {
  readonly name: string;
  /** `draw` is called when the route is open. `next`: nothing more is to be had here. */
  send(draw: () => Promise<M>, context: RouteContext): Promise<Step>;
}

/** What a route may know and do; `handle` is of the message's buttons. */
export type RouteContext = Pick<DeliveryContext, 'jobId' | 'saveAddress'> & {
  readonly handle?: string;
  /** A new message stands at `address`, and can be edited there. */
  readonly noteStanding?: (address: ReplyAddress) => Promise<void>;
};

/** What trying one route came to: `next` when another may do. */
export type Step =
  | { readonly kind: 'delivered'; readonly route: string }
  | { readonly kind: 'retry'; readonly error: string; readonly notBefore?: number }
  | { readonly kind: 'next'; readonly why: string; readonly remedy?: string };

/** For the audit: where, never what. */
export function placeName(where: Whereabouts, { channelId }: RequestContext): string {
  return where.inDirectMessage ? 'dm' : channelId;
}

/** One question, one message: unique among platforms. */
export function messageKeyOf(name: PlatformName, { questionId }: Pick<RequestContext, 'questionId'>): string {
  return `${name}:${questionId}`;
}

/** The question that a message key names: the other end of `messageKeyOf`. */
export function questionIdOf(name: PlatformName, messageKey: string): string {
  return messageKey.slice(name.length + 1);
}

/** How texts are written for this person. */
export function readerOf({ locale, timeZone }: Pick<RequestContext, 'locale' | 'timeZone'>): Reader {
  return timeZone === undefined ? { locale } : { locale, timeZone };
}

/** See `EsimDirectory`. */
export type NamesOf = (iccids: readonly Iccid[]) => Promise<ReadonlyMap<Iccid, string>>;
