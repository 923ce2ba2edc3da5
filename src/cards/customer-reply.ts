import { expiryOf, type UsageReading } from '../domain/usage.ts';
import { isEmpty, lowKinds } from './headline.ts';
import { plainLine } from './plain-text.ts';
import { instant } from './spans.ts';
import type { ReplyWords } from './words/reply.ts';
import { wordsFor } from './words.ts';

/** In whose language it is said, and when. */
export interface CustomerReplyOptions {
  /** BCP 47, the customer's. */
  readonly language: string;
  /** Epoch ms. */
  readonly now: number;
  /** IANA name; UTC when not known. It is named in the text. */
  readonly timeZone?: string;
}

/**
 * What an agent sends the customer: what is left, until when, what to do. Plain text, one sentence a line; no jargon,
 * no number.
 */
export function customerReply(reading: UsageReading, options: CustomerReplyOptions): string {
  const { reply } = wordsFor(options.language);
  return sentencesOf(reading, options, reply).join('\n');
}

/** By the status first: it says whether figures mean anything to the customer. */
function sentencesOf(reading: UsageReading, options: CustomerReplyOptions, words: ReplyWords): string[] {
  const { status, expiresAt } = reading;
  const end = expiresAt === undefined ? undefined : endText(expiresAt, options);
  const isPast = expiryOf(reading, options.now) === 'past';
  if (status.kind === 'unseen') return [...leftOf(reading, words), ...untilOf(end, isPast, words)];
  switch (status.name) {
    case 'ACTIVE': {
      if (isPast) return [words.expired(end)];
      if (isEmpty(reading)) return [words.usedUp, ...untilOf(end, isPast, words)];
      const low = lowKinds(reading).length > 0 ? [words.low] : [];
      return [...leftOf(reading, words), ...untilOf(end, isPast, words), ...low];
    }
    case 'NOT_ACTIVE':
      return [...leftOf(reading, words), words.notStarted];
    case 'FINISHED':
      return [words.usedUp];
    case 'EXPIRED':
      return [words.expired(isPast ? end : undefined)];
    case 'UNKNOWN':
      return [words.unreported, ...untilOf(end, isPast, words)];
    case 'RECYCLED':
      return [words.withdrawn];
    default:
      return status satisfies never;
  }
}

/** Calls and texts only where the plan has them: a customer need not hear of what they did not buy. */
function leftOf({ data, status, voiceMinutes, textMessages }: UsageReading, words: ReplyWords): string[] {
  return [
    ...dataOf(data, words, status.name === 'NOT_ACTIVE'),
    ...(voiceMinutes ? [words.calls(voiceMinutes)] : []),
    ...(textMessages ? [words.texts(textMessages)] : []),
  ];
}

/** "3 GB of 3 GB left" is nothing that a person says of a plan that has not begun. */
function dataOf(data: UsageReading['data'], words: ReplyWords, isNew: boolean): string[] {
  switch (data.kind) {
    case 'unlimited':
      return [words.unlimited];
    case 'megabytes':
      if (data.total <= 0 && data.remaining <= 0) return [];
      return isNew && data.remaining === data.total ? [words.untouched(data.total)] : [words.left(data)];
    case 'unknown':
      return [words.unreported];
    default:
      return data satisfies never;
  }
}

const untilOf = (end: string | undefined, isPast: boolean, words: ReplyWords): string[] =>
  end === undefined || isPast ? [] : [words.until(end)];

function endText(at: number, { language, timeZone }: CustomerReplyOptions): string {
  return plainLine([instant(at, 'date-time')], { locale: language, ...(timeZone ? { timeZone } : {}) });
}
