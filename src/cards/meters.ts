import { type Allowance, percentLeft, type UsageReading } from '../domain/usage.ts';
import type { Meter } from './card.ts';

/** As the renderers expect it: `Card` says so of its bars. */
const CELLS = 10;

/**
 * The data as a bar, where it can be measured; its numbers are told in words elsewhere. None for an unlimited plan,
 * and where more is left than the plan has.
 */
export function dataMeter({ data }: UsageReading): Meter[] {
  if (data.kind !== 'megabytes' || data.remaining > data.total) return [];
  const percent = shownPercent(data);
  return percent === undefined ? [] : [{ bar: barOf(percent) }];
}

/**
 * A whole percent, 0 to 100, that never says 0 while something is left, nor 100 once something is used. Undefined
 * where the whole is not known.
 */
export function shownPercent(allowance: Allowance): number | undefined {
  const exact = percentLeft(allowance);
  if (exact === undefined) return undefined;
  if (allowance.remaining <= 0) return 0;
  if (allowance.remaining >= allowance.total) return 100;
  return Math.min(99, Math.max(1, Math.round(exact)));
}

/** Ten cells for 0 to 100: empty only at 0, full only at 100. */
export function barOf(percent: number): string {
  const inner = Math.min(CELLS - 1, Math.max(1, Math.round(percent / CELLS)));
  const filled = percent <= 0 ? 0 : percent >= 100 ? CELLS : inner;
  return '█'.repeat(filled) + '░'.repeat(CELLS - filled);
}
