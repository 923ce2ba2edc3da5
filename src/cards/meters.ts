import { type Allowance, hasFigures, percentLeft, type UsageReading } from '../domain/usage.ts';
import type { Meter } from './card.ts';
import { CARD_LIMITS } from './limits.ts';
import { clip } from './spans.ts';
import type { AllowanceKind } from './words/card.ts';
import type { CardWords } from './words.ts';

const CELLS = 10;

/** Data, calls and texts as far as the plan has them; nothing when Airalo's numbers mean nothing. */
export function metersOf(reading: UsageReading, words: CardWords): Meter[] {
  if (!hasFigures(reading)) return [];
  const { data, voiceMinutes, textMessages, unread = [] } = reading;
  return [
    dataMeter(data, words),
    ...meterIfAny('calls', voiceMinutes, unread.includes('voice'), words),
    ...meterIfAny('texts', textMessages, unread.includes('texts'), words),
  ];
}

function meterIfAny(
  kind: AllowanceKind,
  allowance: Allowance | undefined,
  isUnread: boolean,
  words: CardWords,
): Meter[] {
  if (allowance) return [meter(kind, allowance, words)];
  return isUnread ? [{ label: words.labels[kind], text: words.notKnown }] : [];
}

function dataMeter(data: UsageReading['data'], words: CardWords): Meter {
  switch (data.kind) {
    case 'unlimited':
      return { label: words.labels.data, text: words.unlimited };
    case 'megabytes':
      return meter('data', data, words);
    case 'unknown':
      return { label: words.labels.data, text: words.dataNotKnown(data.total) };
    default:
      return data satisfies never;
  }
}

function meter(kind: AllowanceKind, allowance: Allowance, words: CardWords): Meter {
  const label = words.labels[kind];
  const percent = shownPercent(allowance);
  if (percent === undefined && allowance.remaining <= 0) return { label, text: words.noAllowance };
  const text = clip(words.left(kind, allowance, percent), CARD_LIMITS.meterText);
  return percent === undefined ? { label, text } : { label, bar: barOf(percent), text };
}

/** A whole percent that never says 0 while something is left, nor 100 once something is used. */
export function shownPercent(allowance: Allowance): number | undefined {
  const exact = percentLeft(allowance);
  if (exact === undefined) return undefined;
  if (allowance.remaining <= 0) return 0;
  if (allowance.remaining >= allowance.total) return 100;
  return Math.min(99, Math.max(1, Math.round(exact)));
}

/** Ten cells: empty only at 0, full only at 100. */
export function barOf(percent: number): string {
  const inner = Math.min(CELLS - 1, Math.max(1, Math.round(percent / CELLS)));
  const filled = percent <= 0 ? 0 : percent >= 100 ? CELLS : inner;
  return '█'.repeat(filled) + '░'.repeat(CELLS - filled);
}
