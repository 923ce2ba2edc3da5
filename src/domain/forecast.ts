import { paceOf } from './pace.ts';
import type { UsageReading } from './usage.ts';
import { pointOf, type UsagePoint } from './usage-point.ts';

/** What our own readings say of the days to come, or why they say nothing. Instants are epoch ms; plain JSON. */
export type Forecast =
  | { readonly kind: 'none'; readonly because: NoForecast }
  /** At this pace the data end at `at`, before the plan does. */
  | (Outlook & { readonly kind: 'runs-out'; readonly at: number; readonly latestAt?: number })
  /** At this pace something is left when the plan ends, at `until`. */
  | (Outlook & { readonly kind: 'lasts'; readonly until: number });

/** What both outlooks rest on. */
interface Outlook {
  readonly perDayMb: number;
  /** When the data would end at the highest pace seen. `lasts`: only when that is before the end of the plan. */
  readonly earliestAt?: number;
  /** The first and the number of the readings that count. */
  readonly from: number;
  readonly points: number;
}

/** A forecast that says something. */
export type TellingForecast = Exclude<Forecast, { kind: 'none' }>;

/** Why nothing is foretold. */
export type NoForecast =
  | 'unlimited'
  /** Not started, ended, withdrawn, or of a status that says nothing of use. */
  | 'not-active'
  | 'used-up'
  /** Fewer than three readings, or less than a day between the first and the last. */
  | 'too-few-readings'
  | 'no-use'
  /** Something was used, but in most of the time nothing: no pace can be made of it. */
  | 'uneven'
  /** The end lies further away than so short a past can tell. */
  | 'too-far-off';

const DAY_MS = 24 * 60 * 60 * 1000;
const FEWEST_POINTS = 3;
const SHORTEST_SPAN_MS = DAY_MS;
/** A whole week holds as many weekends as any other. */
const RECENT_MS = 7 * DAY_MS;
const LEAST_USE_MB = 1;
/** Two of Airalo's caches can be out of step; a rise by more than this share of the total is a top-up. */
const RISE_TOLERANCE = 0.02;
/** How many times the observed span is foretold at the most. */
const REACH = 8;

/**
 * Reckons from `reading`, taken at `asOf`, and the readings kept before it, in any order. Only what followed the last top-up or new
 * package counts, and of that the last week. The pace is the weighted median of all paces between two readings (`paceOf`).
 */
export function forecastUsage(reading: UsageReading, asOf: number, history: readonly UsagePoint[]): Forecast {
  const { data, status, expiresAt } = reading;
  if (data.kind === 'unlimited') return none('unlimited');
  const now = pointOf(reading, asOf);
  const ended = expiresAt !== undefined && expiresAt <= asOf;
  if (!now || data.kind === 'unknown' || status.name !== 'ACTIVE' || ended) return none('not-active');
  if (data.remaining <= 0) return none('used-up');

  const points = recent(sameAllowance([...history.filter(({ at }) => at < asOf), now]));
  const [first = now] = points;
  const spanMs = asOf - first.at;
  if (points.length < FEWEST_POINTS || spanMs < SHORTEST_SPAN_MS) return none('too-few-readings');
  if (first.remainingMb - now.remainingMb < LEAST_USE_MB) return none('no-use');
  const pace = paceOf(points);
  if (!pace || pace.typical <= 0) return none('uneven');

  const endAt = (mbPerMs: number) => Math.round(asOf + data.remaining / mbPerMs);
  const at = endAt(pace.typical);
  const earliestAt = endAt(pace.highest);
  const basis = { perDayMb: pace.typical * DAY_MS, from: first.at, points: points.length };
  if (expiresAt !== undefined && at >= expiresAt)
    return { kind: 'lasts', ...basis, until: expiresAt, ...(earliestAt < expiresAt ? { earliestAt } : {}) };
  if (at - asOf > REACH * spanMs) return none('too-far-off');
  return { kind: 'runs-out', ...basis, at, earliestAt, ...latest(pace.lowest, endAt) };
}

/** The readings since the data last became more, or another package: a rise, another total, a status other than active. */
function sameAllowance(points: readonly UsagePoint[]): UsagePoint[] {
  const ordered = points.toSorted((a, b) => a.at - b.at);
  const start = ordered.findLastIndex((point, index) => {
    const before = ordered[index - 1];
    if (before?.status !== 'ACTIVE' || before.totalMb !== point.totalMb) return true;
    return point.remainingMb - before.remainingMb > RISE_TOLERANCE * point.totalMb;
  });
  return ordered.slice(Math.max(0, start));
}

/** The last week; all there is where a week has too little. */
function recent(points: UsagePoint[]): UsagePoint[] {
  const end = points.at(-1)?.at ?? 0;
  const week = points.filter(({ at }) => at >= end - RECENT_MS);
  const carries = week.length >= FEWEST_POINTS && end - (week[0]?.at ?? end) >= SHORTEST_SPAN_MS;
  return carries ? week : points;
}

function latest(lowest: number, endAt: (mbPerMs: number) => number): { latestAt?: number } {
  return lowest > 0 ? { latestAt: endAt(lowest) } : {};
}

function none(because: NoForecast): Forecast {
  return { kind: 'none', because };
}
