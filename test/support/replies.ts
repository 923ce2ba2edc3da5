import type { TellingForecast } from '../../src/domain/forecast.ts';
import type { UsageReading } from '../../src/domain/usage.ts';
import type { CachedReply, DeferredReply, FreshReply, Refusal, RefusedReply } from '../../src/usage/reply.ts';
import { toIccid } from './arbitraries.ts';
import { ManualClock } from './manual-clock.ts';

/** Replies as the usage service makes them, for tests of what becomes of them. `NOW` is 23 November 2026, 14:00 UTC. */
export const NOW = ManualClock.START;
export const MINUTE_MS = 60_000;
export const DAY_MS = 24 * 60 * MINUTE_MS;
export const ICCID = toIccid('8910000000001000019');

/** A plan of 5 GB in use. */
export function readingOf(changes: Partial<UsageReading> = {}): UsageReading {
  return {
    status: { kind: 'known', name: 'ACTIVE' },
    data: { kind: 'megabytes', remaining: 1331, total: 5120 },
    expiresAt: Date.UTC(2026, 11, 4, 9, 41, 7),
    ...changes,
  };
}

export function freshReply(changes: Partial<FreshReply> = {}): FreshReply {
  const times = { asOf: NOW, refreshableAt: NOW + 15 * MINUTE_MS };
  return { kind: 'fresh', iccid: ICCID, reading: readingOf(), ...times, ...changes };
}

/** Read three minutes ago. */
export function cachedReply(changes: Partial<CachedReply> = {}): CachedReply {
  const times = { asOf: NOW - 3 * MINUTE_MS, refreshableAt: NOW + 12 * MINUTE_MS };
  return {
    kind: 'cached',
    iccid: ICCID,
    reading: readingOf(),
    ...times,
    because: 'within-window',
    ...changes,
  };
}

/** Promised for 14:20. */
export function deferredReply(changes: Partial<DeferredReply> = {}): DeferredReply {
  const answerAt = NOW + 20 * MINUTE_MS;
  return {
    kind: 'deferred',
    iccid: ICCID,
    because: 'rate-limited',
    refreshableAt: answerAt,
    promise: { kind: 'queued', jobId: 'reply-1', answerAt },
    ...changes,
  };
}

export function refusedReply(
  refusal: Refusal,
  iccid: RefusedReply['iccid'] = ICCID,
  more: Pick<RefusedReply, 'previous'> = {},
): RefusedReply {
  return { kind: 'refused', iccid, refusal, ...more };
}

/** 310 MB a day for a week: runs out in three days, between two and five. */
export const RUNS_OUT: Extract<TellingForecast, { kind: 'runs-out' }> = {
  kind: 'runs-out',
  perDayMb: 312.7,
  at: NOW + 3 * DAY_MS,
  earliestAt: NOW + 2 * DAY_MS,
  latestAt: NOW + 5 * DAY_MS,
  from: NOW - 7 * DAY_MS,
  points: 9,
};

/** The same use on a plan that ends in ten days with something left. */
export const LASTS: Extract<TellingForecast, { kind: 'lasts' }> = {
  kind: 'lasts',
  perDayMb: 312.7,
  until: NOW + 10 * DAY_MS,
  from: NOW - 7 * DAY_MS,
  points: 9,
};
