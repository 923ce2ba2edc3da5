import type { Action, Line } from '../../cards/card.ts';
import type { ChatWords } from '../../cards/words.ts';
import { ALERT_DEEDS, type AlertDeed } from '../../domain/alert.ts';
import { isRefreshable } from '../../domain/freshness.ts';
import type { Iccid } from '../../domain/iccid.ts';
import { type Topic, topicOf } from '../../domain/topic.ts';
import type { LookupRequest, ReplyAddress, UsageService } from '../../usage/platform.ts';
import type { Reply } from '../../usage/reply.ts';
import type { CardNote } from './card-note.ts';
import type { RequestContext } from './seam.ts';

/** What a button says it is, so that the press can be understood: the kind, and for a question its topic. */
export function pressName(action: Action): string {
  if (action.kind === 'alert') return `alert-${action.deed}`;
  return action.kind === 'ask' ? `ask-${action.topic}` : action.kind;
}

/** The further words of a question, as they stand on a button, and back. */
export const onButton = (words: string): string => words.replaceAll(' ', '+');
/** See `onButton`. */
export const fromButton = (text: string): string => text.replaceAll('+', ' ');

/** The topic of a pressed `ask` button; undefined for every other button. */
export function pressedTopic(name: string): Topic | undefined {
  return name.startsWith('ask-') ? topicOf(name.slice('ask-'.length)) : undefined;
}

/** What a pressed button of an alert is to do; undefined for every other button. */
export function pressedDeed(name: string): AlertDeed | undefined {
  return ALERT_DEEDS.find((deed) => name === `alert-${deed}`);
}

/** A button of a card that is still remembered, and which of the card's eSIMs it is about. */
export interface PressedCard {
  readonly handle: string;
  readonly note: CardNote;
  readonly iccid: Iccid;
  /** Of the promise on the card; empty where there is none. */
  readonly jobId: string;
}

/** The place of the card, reached by what the press has brought. */
export function homeOf<P extends RequestContext>({ note }: PressedCard, ctx: P): P {
  return {
    ...ctx,
    channelId: note.channelId,
    ...(note.threadTs === undefined ? {} : { threadTs: note.threadTs }),
  };
}

/** What the card is to show after the press, and a line above it. */
export interface AfterPress {
  readonly reply: Reply;
  readonly notice?: Line;
}

/** Refresh: the newest that may be had now. What was promised into this card has then just been given. */
export async function pressRefresh(
  usageService: UsageService,
  { note, iccid }: PressedCard,
  request: LookupRequest,
  asker: string,
  chat: ChatWords,
): Promise<AfterPress> {
  const reply = await usageService.lookup(request);
  if (reply.kind === 'fresh') {
    // Else the promised answer would come after the newer one, as old news.
    const pending = await usageService.pendingOf(asker);
    const given = pending.filter((job) => job.iccid === iccid && job.address.messageKey === note.messageKey);
    await Promise.all(given.map((job) => usageService.cancel(job.jobId, asker)));
  }
  // The press did something: a card that looks the same would seem broken.
  const early = reply.kind === 'cached' && reply.because === 'within-window';
  return early ? { reply, notice: chat.refreshNotBefore(reply.refreshableAt) } : { reply };
}

/**
 * Notify: a promise of the next figure. A card does not change by itself, so once that may be had the button
 * refreshes.
 */
export async function pressNotify(
  usageService: UsageService,
  card: PressedCard,
  request: LookupRequest & { readonly address: ReplyAddress },
  asker: string,
  chat: ChatWords,
  now: number,
): Promise<AfterPress> {
  const known = await usageService.peek(card.iccid, card.note.messageKey);
  const isDue = (known?.kind === 'fresh' || known?.kind === 'cached') && isRefreshable(known, now);
  return isDue
    ? pressRefresh(usageService, card, request, asker, chat)
    : { reply: await usageService.promise(request) };
}

/** Cancel: what is known without the promise. Only its owner's promise is cancelled, and only while it is pending. */
export async function pressCancel(
  usageService: UsageService,
  { note, iccid, jobId }: PressedCard,
  asker: string,
  chat: ChatWords,
): Promise<AfterPress> {
  const cancelled = await usageService.cancel(jobId, asker);
  const reply: Reply = (await usageService.peek(iccid, note.messageKey)) ?? {
    kind: 'refused',
    iccid,
    refusal: { reason: 'promise-cancelled' },
  };
  return { reply, notice: cancelled ? chat.promiseCancelled : chat.promiseNotCancelled };
}
