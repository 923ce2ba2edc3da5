import { type Allowance, expiryOf, isLow, type UsageReading } from '../domain/usage.ts';
import type { Tone } from './card.ts';
import { shownPercent } from './meters.ts';
import type { AllowanceKind } from './words/card.ts';
import type { CardWords } from './words.ts';

/** The first line of a card about a reading: it alone answers, and the sign of its tone says no more than it does. */
export interface Headline {
  readonly title: string;
  readonly tone: Tone;
}

/**
 * What is left, or why that is not the question. `now` in epoch ms. Pure; at most 80 characters, as
 * `CARD_LIMITS.title`.
 */
export function headlineOf(reading: UsageReading, now: number, words: CardWords): Headline {
  const { status, expiresAt } = reading;
  const { headline } = words;
  if (status.kind === 'unseen')
    return { title: headline.unseen(figureOf(reading, words)), tone: 'attention' };
  switch (status.name) {
    case 'ACTIVE':
      return activeHeadline(reading, now, words);
    case 'NOT_ACTIVE':
      return { title: waitingTitle(reading, words), tone: 'neutral' };
    case 'UNKNOWN':
      return { title: headline.unreported, tone: 'attention' };
    case 'FINISHED':
      return { title: usedUpTitle(reading, words), tone: 'bad' };
    case 'EXPIRED': {
      const isPast = expiresAt !== undefined && expiresAt <= now;
      return { title: isPast ? headline.expired(expiresAt - now) : words.statuses.EXPIRED, tone: 'bad' };
    }
    case 'RECYCLED':
      return { title: headline.withdrawn, tone: 'bad' };
    default:
      return status satisfies never;
  }
}

/**
 * The same headline where it could not be checked just now: it says so itself, and its sign is none that says that all
 * is well.
 */
export function lastKnown({ title, tone }: Headline, { headline }: CardWords): Headline {
  return { title: headline.lastKnown(title), tone: tone === 'good' ? 'attention' : tone };
}

/** The plan has data, and nothing of it is left. False for an unlimited plan, and where the figure is not known. */
export function isEmpty({ data }: UsageReading): boolean {
  return data.kind === 'megabytes' && data.total > 0 && data.remaining <= 0;
}

/** What is running out, of all that the plan has; empty where nothing is. The bound is `isLow`'s. */
export function lowKinds({ data, voiceMinutes, textMessages }: UsageReading): AllowanceKind[] {
  return [
    ...(data.kind === 'megabytes' && isLow(data) ? ['data' as const] : []),
    ...(voiceMinutes && isLow(voiceMinutes) ? ['calls' as const] : []),
    ...(textMessages && isLow(textMessages) ? ['texts' as const] : []),
  ];
}

/**
 * Status and numbers come from different caches of Airalo's: where they disagree, both are told and neither is
 * blamed.
 */
function activeHeadline(reading: UsageReading, now: number, words: CardWords): Headline {
  const { headline } = words;
  const { data, expiresAt } = reading;
  const expiry = expiryOf(reading, now);
  if (expiresAt !== undefined && expiry === 'past')
    return { title: headline.past(expiresAt - now), tone: 'attention' };
  if (data.kind === 'megabytes' && isEmpty(reading))
    return { title: headline.empty(data.total), tone: 'bad' };
  const figure = figureOf(reading, words) ?? headline.noAllowance;
  const isLittle = lowKinds(reading).length > 0;
  const calm = data.kind === 'unknown' ? 'attention' : 'good';
  if (expiresAt === undefined || expiry !== 'soon') return { title: figure, tone: isLittle ? 'low' : calm };
  return { title: headline.endsSoon(figure, expiresAt - now), tone: isLittle ? 'low' : 'attention' };
}

/** Whether the headline tells how far off the end is. */
export function saysHowFar(reading: UsageReading, now: number): boolean {
  const { status } = reading;
  const isActive = status.kind === 'known' && status.name === 'ACTIVE';
  return isActive && !isEmpty(reading) && expiryOf(reading, now) === 'soon';
}

/** Of a plan that has not begun: what waits, without a percentage, since nothing can be used yet. */
function waitingTitle({ data }: UsageReading, words: CardWords): string {
  if (data.kind === 'unlimited') return words.headline.waitingUnlimited;
  const amount = data.kind === 'megabytes' ? data.remaining : (data.total ?? 0);
  if (amount > 0) return words.headline.waiting(amount);
  return words.statuses.NOT_ACTIVE;
}

/** Airalo may call a plan used up and name something left: then the figures are told below, and not here. */
function usedUpTitle({ data }: UsageReading, words: CardWords): string {
  const isWhole = data.kind === 'megabytes' && data.total > 0 && data.remaining <= 0;
  return isWhole ? words.headline.usedUp(data.total) : words.statuses.FINISHED;
}

/** Of the data, or of the calls or the texts where the plan has no data; undefined where it names nothing at all. */
export function figureOf(reading: UsageReading, words: CardWords): string | undefined {
  const { data, voiceMinutes, textMessages } = reading;
  if (data.kind === 'unlimited') return words.unlimited;
  if (data.kind === 'unknown') return words.headline.notKnown(data.total);
  const kinds: [AllowanceKind, Allowance | undefined][] = [
    ['data', data.total > 0 || data.remaining > 0 ? data : undefined],
    ['calls', voiceMinutes],
    ['texts', textMessages],
  ];
  const [first] = kinds.flatMap(([kind, allowance]) => (allowance ? [{ kind, allowance }] : []));
  return first && words.left(first.kind, first.allowance, shownPercent(first.allowance));
}
