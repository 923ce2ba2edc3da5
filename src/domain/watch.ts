import { percentLeft, type UsageReading } from './usage.ts';

/** What a watch waits for: this share of the data left or less, or the end of the plan three days ahead. */
export const WATCH_CONDITIONS = ['25', '10', '5', 'ends'] as const;
/** See `WATCH_CONDITIONS`; the number is a percentage. */
export type WatchCondition = (typeof WATCH_CONDITIONS)[number];
/** The shares, in percent of the data: a condition that is none has a rule of its own. */
export const WATCHED_PERCENT: Readonly<Record<Exclude<WatchCondition, 'ends'>, number>> = {
  25: 25,
  10: 10,
  5: 5,
};

/** How a reading stands to a condition. `over`: it can never be met any more. */
export type WatchState = 'not-yet' | 'met' | 'over';

/** What Airalo's webhook said of an eSIM: as good as a reading, and sooner there. */
export interface WatchEvidence {
  readonly percentLeft?: number;
  readonly daysLeft?: number;
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** As Airalo's own first warning of the end. */
const ENDS_WITHIN_MS = 3 * DAY_MS;

/** The condition a word names; undefined for any other word. */
export function watchConditionOf(word: string): WatchCondition | undefined {
  const wanted = word.replace(/%$/u, '').toLowerCase();
  return WATCH_CONDITIONS.find((condition) => condition === wanted);
}

/** False for a share of an unlimited plan, which has nothing to reckon with. */
export function canBeWatched(condition: WatchCondition, { data }: UsageReading): boolean {
  return condition === 'ends' || data.kind !== 'unlimited';
}

/** Whether it is time to tell. */
export function watchStateOf(condition: WatchCondition, reading: UsageReading, now: number): WatchState {
  const status = reading.status.kind === 'known' ? reading.status.name : undefined;
  if (status === 'RECYCLED' || status === 'EXPIRED') return 'over';
  if (condition === 'ends') {
    if (reading.expiresAt === undefined) return 'not-yet';
    if (reading.expiresAt <= now) return 'over';
    return reading.expiresAt - now <= ENDS_WITHIN_MS ? 'met' : 'not-yet';
  }
  if (status === 'FINISHED') return 'met';
  if (status === 'UNKNOWN' || reading.data.kind !== 'megabytes') return 'not-yet';
  const left = percentLeft(reading.data);
  return left !== undefined && left <= WATCHED_PERCENT[condition] ? 'met' : 'not-yet';
}

/** Whether a webhook's word alone is enough. */
export function isMetBy(condition: WatchCondition, evidence: WatchEvidence): boolean {
  if (condition === 'ends')
    return evidence.daysLeft !== undefined && evidence.daysLeft * DAY_MS <= ENDS_WITHIN_MS;
  return evidence.percentLeft !== undefined && evidence.percentLeft <= WATCHED_PERCENT[condition];
}
