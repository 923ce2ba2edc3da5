import { MB_PER_GB } from '../domain/usage.ts';
import type { UsagePoint } from '../domain/usage-point.ts';
import type { Chart } from './card.ts';
import { wordsFor } from './words.ts';

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;
/** Slack's chart takes no more points (Slack's docs, Data visualization block). */
const MOST_POINTS = 20;
/** From here on it is told by days. */
const BY_DAYS_FROM_MS = 3 * DAY_MS;

/**
 * What was read, at instants evenly apart, since a chart of categories has no scale of time: each the amount of the
 * last check by then, the newest as it is. Undefined where that makes no line. `points`: oldest first; `locale`: BCP
 * 47. Pure.
 */
export function trendChart(points: readonly UsagePoint[], locale: string): Chart | undefined {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || last.at <= first.at) return undefined;
  const span = last.at - first.at;
  const step = stepOf(span);
  const count = Math.floor(span / step);
  const instants = Array.from({ length: count + 1 }, (_, back) => last.at - (count - back) * step);
  const most = Math.max(...points.map(({ remainingMb }) => remainingMb));
  const unit = most >= MB_PER_GB ? GIGABYTES : MEGABYTES;
  return {
    title: wordsFor(locale).forecast.chartTitle,
    unit: unitName(unit.name, wordsFor(locale).locale),
    by: step % DAY_MS === 0 ? 'day' : 'hour',
    points: instants.map((at) => ({ at, amount: inUnit(readBy(points, at) ?? first.remainingMb, unit) })),
  };
}

const GIGABYTES = { name: 'gigabyte', mb: MB_PER_GB, digits: 2 } as const;
const MEGABYTES = { name: 'megabyte', mb: 1, digits: 0 } as const;
type Unit = typeof GIGABYTES | typeof MEGABYTES;

function stepOf(span: number): number {
  const least = span / (MOST_POINTS - 1);
  if (span >= BY_DAYS_FROM_MS) return Math.ceil(least / DAY_MS) * DAY_MS;
  return Math.min(span, Math.ceil(least / HOUR_MS) * HOUR_MS);
}

function readBy(points: readonly UsagePoint[], at: number): number | undefined {
  return points.findLast((point) => point.at <= at)?.remainingMb;
}

function inUnit(mb: number, { mb: size, digits }: Unit): number {
  return Number((mb / size).toFixed(digits));
}

/** `GB`; `Go` in French. */
function unitName(unit: string, locale: string): string {
  const parts = new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).formatToParts(2);
  return parts.find(({ type }) => type === 'unit')?.value ?? '';
}
