import { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { BulkRefusal } from '../domain/bulk.ts';
import type { Outbox, Registry } from '../storage/ports.ts';

/**
 * What one person may have: one list at a time, and so many rows in a day (UTC). Kept in the store, unlike the limit on single questions:
 * a list is no walk through numbers, since the whole of it is known and bounded before the first is read.
 */
export interface BulkAllowance {
  /** Takes the person's one place for `jobId` and `rows` of the day, or says why not. */
  take(asker: string, jobId: string, rows: number): Promise<BulkRefusal | undefined>;
  /** Gives the place back; the rows of the day stay counted. */
  leave(asker: string, jobId: string): Promise<void>;
}

const DAY_MS = 24 * 60 * 60_000;
/** Longer than any list lives: whoever died with the place in hand does not keep it. */
const PLACE_MS = 3 * 60 * 60_000;
/** Registry kinds: the job that has a person's place, and the rows of a person's day. */
const PLACE = 'bulk-place';
const ROWS = 'bulk-rows';
/** The jobs that have been counted. */
const COUNTED = 'bulk-counted';
const count = z.number().catch(0);

/**
 * `mostRows`: of a person in a day. Throws `StoreError` on an outage: a list that cannot be counted
 * is not taken.
 */
export function createBulkAllowance(
  registry: Registry,
  outbox: Outbox,
  clock: Clock,
  mostRows: number,
): BulkAllowance {
  /** A place whose job has ended without giving it back is free. */
  async function takePlace(asker: string, jobId: string): Promise<boolean> {
    if (await registry.putIfAbsent(PLACE, asker, jobId, PLACE_MS)) return true;
    const holder = await registry.get(PLACE, asker);
    // The platform sent the same message twice: the same list, and its place.
    if (holder === jobId) return true;
    if (typeof holder === 'string' && (await outbox.find(holder))) return false;
    await registry.delete(PLACE, asker);
    return registry.putIfAbsent(PLACE, asker, jobId, PLACE_MS);
  }

  async function leave(asker: string, jobId: string): Promise<void> {
    if ((await registry.get(PLACE, asker)) === jobId) await registry.delete(PLACE, asker);
  }

  return {
    async take(asker, jobId, rows) {
      if (!(await takePlace(asker, jobId))) return { kind: 'one-at-a-time' };
      const now = clock.now();
      const day = Math.floor(now / DAY_MS);
      const key = `${asker} ${day}`;
      // Nobody else counts for this person while the place is taken.
      const used = count.parse(await registry.get(ROWS, key));
      if (used + rows > mostRows && (await registry.get(COUNTED, jobId)) !== true) {
        await leave(asker, jobId);
        const left = Math.max(0, mostRows - used);
        return { kind: 'day-used-up', most: mostRows, left, until: (day + 1) * DAY_MS };
      }
      // A question that is answered again after a crash brings the list that was counted before.
      if (!(await registry.putIfAbsent(COUNTED, jobId, true, 2 * DAY_MS))) return undefined;
      // Two days: the count must outlive its day, wherever in it the list came.
      await registry.put(ROWS, key, used + rows, 2 * DAY_MS);
      return undefined;
    },
    leave,
  };
}
