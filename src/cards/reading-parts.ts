import type { Iccid } from '../domain/iccid.ts';
import { expiryOf, hasFigures, isLow, type UsageReading } from '../domain/usage.ts';
import type { Card, Fact, Line, Meter, Viewer } from './card.ts';
import { metersOf } from './meters.ts';
import { code, foreign, instant } from './spans.ts';
import type { AllowanceKind } from './words/card.ts';
import { type CardWords, wordsFor } from './words.ts';

/** What a reading alone has to say, whenever and however it was got. */
export interface ReadingParts {
  readonly tone: Card['tone'];
  readonly lines: readonly Line[];
  readonly meters: readonly Meter[];
  readonly facts: readonly Fact[];
}

/** What a reading puts on a card: title tone, sentence, meters, facts. Nothing of when it was read. */
export function readingParts(reading: UsageReading, viewer: Viewer, words: CardWords): ReadingParts {
  const lines = linesOf(reading, viewer.now, words);
  return {
    tone: toneOf(reading, lines),
    lines,
    meters: metersOf(reading, words),
    facts: [statusFact(reading, viewer, words), ...endFact(reading, viewer.now, words)],
  };
}

/** The number in full, to copy; nothing in public, where the title has its last digits. */
export function iccidFact(iccid: Iccid, { audience, locale }: Viewer): Fact[] {
  return audience === 'public' ? [] : [{ label: wordsFor(locale).card.labels.iccid, value: [code(iccid)] }];
}

function toneOf({ status }: UsageReading, remarks: readonly Line[]): Card['tone'] {
  if (status.kind === 'unseen') return 'attention';
  switch (status.name) {
    case 'ACTIVE':
      return remarks.length === 0 ? 'good' : 'attention';
    case 'NOT_ACTIVE':
      return 'neutral';
    case 'UNKNOWN':
      return 'attention';
    case 'FINISHED':
    case 'EXPIRED':
    case 'RECYCLED':
      return 'bad';
    default:
      return status satisfies never;
  }
}

function linesOf(reading: UsageReading, now: number, words: CardWords): Line[] {
  const { status } = reading;
  if (status.kind === 'unseen') return status.name === '' ? [] : [words.unseenStatus];
  return status.name === 'ACTIVE' ? activeRemarks(reading, now, words) : [words.nextSteps[status.name]];
}

/** Status and numbers come from different caches of Airalo's: where they disagree, both are shown and neither is blamed. */
function activeRemarks(reading: UsageReading, now: number, words: CardWords): Line[] {
  const empty = reading.data.kind === 'megabytes' && reading.data.total > 0 && reading.data.remaining <= 0;
  const low = lowKinds(reading).filter((kind) => !(empty && kind === 'data'));
  const expiry = expiryOf(reading, now);
  return [
    ...(empty ? [words.activeButEmpty] : []),
    ...(low.length > 0 ? [words.low(low)] : []),
    ...(expiry === 'past' ? [words.activeButPast] : []),
    ...(expiry === 'soon' ? [words.endingSoon] : []),
  ];
}

function lowKinds(reading: UsageReading): AllowanceKind[] {
  if (!hasFigures(reading)) return [];
  const { data, voiceMinutes, textMessages } = reading;
  return [
    ...(data.kind === 'megabytes' && isLow(data) ? ['data' as const] : []),
    ...(voiceMinutes && isLow(voiceMinutes) ? ['calls' as const] : []),
    ...(textMessages && isLow(textMessages) ? ['texts' as const] : []),
  ];
}

function statusFact({ status }: UsageReading, viewer: Viewer, words: CardWords): Fact {
  return { label: words.labels.status, value: statusLine(status, viewer, words) };
}

/** Airalo's own word beside ours for an eSIM that was withdrawn: an agent has to name it when writing to Airalo. */
function statusLine(status: UsageReading['status'], { audience }: Viewer, words: CardWords): Line {
  if (status.kind === 'unseen')
    return [status.name === '' ? words.notKnown : foreign(status.name, 'status', audience)];
  if (status.name !== 'RECYCLED') return [words.statuses[status.name]];
  return [words.statuses.RECYCLED, ' (', foreign(status.name, 'status', audience), ')'];
}

function endFact(reading: UsageReading, now: number, words: CardWords): Fact[] {
  if (reading.unread?.includes('end')) return [{ label: words.labels.ends, value: [words.notKnown] }];
  if (reading.expiresAt === undefined) return [];
  const label = expiryOf(reading, now) === 'past' ? words.labels.ended : words.labels.ends;
  return [{ label, value: [instant(reading.expiresAt, 'date-time')] }];
}
