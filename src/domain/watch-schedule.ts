import { percentLeft, type UsageReading } from './usage.ts';
import { WATCHED_PERCENT, type WatchCondition } from './watch.ts';

/** What the next look depends on. */
export interface WatchOutlook {
  readonly condition: WatchCondition;
  /** Absent when nothing could be read yet. */
  readonly reading?: UsageReading;
  readonly now: number;
  /** The bot's own window per eSIM: nobody looks more often. */
  readonly windowMs: number;
  /** Airalo's webhooks arrive here: looking is only the net below them. */
  readonly webhooksArrive: boolean;
  /** 0 to 1, different for every watch, so that looks do not bunch. */
  readonly spread: number;
}

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;
const ENDS_WITHIN_MS = 3 * DAY_MS;
/** Between two looks when webhooks do the telling. */
const NET_MS = 12 * HOUR_MS;
const QUIET_MS = 6 * HOUR_MS;
/** A plan may be extended, or changed: no look lies further ahead. */
const MAX_MS = 7 * DAY_MS;
/** By points of percentage above the threshold: the nearer, the more often. */
const BY_MARGIN: readonly (readonly [margin: number, intervalMs: number])[] = [
  [50, QUIET_MS],
  [20, 2 * HOUR_MS],
  [8, 45 * 60_000],
];
/** Airalo has no webhook for less than a tenth left. */
const WITHOUT_WEBHOOK: WatchCondition = '5';
const SPREAD_PART = 0.2;

/** When to look at a watched eSIM again, epoch ms. Few looks while there is time, more as the threshold comes near. */
export function nextLookAt(outlook: WatchOutlook): number {
  const { now, windowMs, spread } = outlook;
  const intervalMs = Math.max(windowMs, Math.min(MAX_MS, intervalOf(outlook)));
  return Math.round(now + intervalMs * (1 + spread * SPREAD_PART));
}

function intervalOf({ condition, reading, now, windowMs, webhooksArrive }: WatchOutlook): number {
  const notActive = reading?.status.kind === 'known' && reading.status.name === 'NOT_ACTIVE';
  if (reading === undefined || notActive) return QUIET_MS;
  if (condition === 'ends') {
    const untilThen = reading.expiresAt === undefined ? QUIET_MS : reading.expiresAt - ENDS_WITHIN_MS - now;
    return Math.max(untilThen, windowMs);
  }
  const left = reading.data.kind === 'megabytes' ? percentLeft(reading.data) : undefined;
  if (left === undefined) return QUIET_MS;
  if (webhooksArrive && condition !== WITHOUT_WEBHOOK) return NET_MS;
  const margin = left - WATCHED_PERCENT[condition];
  return BY_MARGIN.find(([above]) => margin > above)?.[1] ?? windowMs;
}
