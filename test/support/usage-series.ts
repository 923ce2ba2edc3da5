import type { UsageReading } from '../../src/domain/usage.ts';
import type { UsagePoint } from '../../src/domain/usage-point.ts';
import type { ReadingHistory } from '../../src/storage/ports.ts';

export const HOUR_MS = 60 * 60 * 1000;
export const DAY_MS = 24 * HOUR_MS;
/** A Monday, 00:00 UTC. */
export const MONDAY = Date.UTC(2026, 10, 16);

/** A customer whose use is known: what was used up to `at`, in MB, from an allowance. */
export interface KnownUse {
  readonly totalMb: number;
  usedBy(at: number): number;
}

/** The same amount each day, evenly. */
export const steady = (totalMb: number, perDayMb: number, beginAt = MONDAY): KnownUse => ({
  totalMb,
  usedBy: (at) => (Math.max(0, at - beginAt) / DAY_MS) * perDayMb,
});

/** By the day of the week (Monday first), and nothing between 22:00 and 06:00. */
export const weekly = (totalMb: number, perDayMb: readonly number[], beginAt = MONDAY): KnownUse => ({
  totalMb,
  usedBy(at) {
    let used = 0;
    for (let day = beginAt; day < at; day += DAY_MS) {
      const awake = Math.min(16 * HOUR_MS, Math.max(0, at - day - 6 * HOUR_MS));
      used += ((perDayMb[Math.round((day - MONDAY) / DAY_MS) % 7] ?? 0) * awake) / (16 * HOUR_MS);
    }
    return used;
  },
});

/** The counter is only brought up to date every `lagMs`, as Airalo's are. */
export const lagging = (use: KnownUse, lagMs: number): KnownUse => ({
  ...use,
  usedBy: (at) => use.usedBy(Math.floor(at / lagMs) * lagMs),
});

/** What is read of it at an instant. */
export const pointAt = (use: KnownUse, at: number): UsagePoint => ({
  at,
  remainingMb: Math.max(0, Math.round(use.totalMb - use.usedBy(at))),
  totalMb: use.totalMb,
  status: 'ACTIVE',
});

/** Readings from `from` to `to`, both included where the step allows. */
export function series(use: KnownUse, from: number, to: number, everyMs: number): UsagePoint[] {
  const count = Math.floor((to - from) / everyMs) + 1;
  return Array.from({ length: count }, (_, index) => pointAt(use, from + index * everyMs));
}

/** A point as Airalo would have sent it. */
export const readingOf = (point: UsagePoint, changes: Partial<UsageReading> = {}): UsageReading => ({
  status: { kind: 'known', name: 'ACTIVE' },
  data: { kind: 'megabytes', remaining: point.remainingMb, total: point.totalMb },
  ...changes,
});

/** When the allowance really ends, to the minute. */
export function endOf(use: KnownUse, from: number): number {
  let at = from;
  while (use.usedBy(at) < use.totalMb) at += 60_000;
  return at;
}

/** Eight readings of the four days before `now`, twelve hours apart, on the way to what is left now. */
export async function keepReadings(
  history: ReadingHistory,
  iccid: string,
  now: number,
  leftMb: number,
  totalMb: number,
  perDayMb: number,
): Promise<void> {
  for (let half = 8; half >= 1; half--) {
    const remainingMb = leftMb + (half * perDayMb) / 2;
    await history.append(iccid, { at: now - (half * DAY_MS) / 2, remainingMb, totalMb, status: 'ACTIVE' });
  }
}
