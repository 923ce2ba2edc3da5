import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import { BEYOND_BELIEF_MS } from '../beyond-belief.ts';
import type { CallPace, PaceDecision } from '../ports.ts';
import type { SqliteDatabase } from './database.ts';

const paceRow = z.object({ free_at: z.number() });

/**
 * One row per key: the instant from which the next slot is free. Booking is one statement, so two processes never get the
 * same slot. Airalo's docs: five calls a second for a company, whatever processes make them.
 */
export class SqliteCallPace implements CallPace {
  readonly #database: SqliteDatabase;
  readonly #clock: Clock;

  constructor(database: SqliteDatabase, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  /**
   * A row beyond belief, from before a clock was set back, is taken for free: it would hold up
   * every call.
   */
  async reserve(key: string, intervalMs: number, maxWaitMs: number): Promise<PaceDecision> {
    const now = this.#clock.now();
    const interval = Math.round(intervalMs);
    const booked = await this.#database.first(
      paceRow,
      `INSERT INTO pace (key, free_at) VALUES ($key, $now + $interval)
       ON CONFLICT (key) DO UPDATE SET
         free_at = iif(pace.free_at > $beyond, $now, max(pace.free_at, $now)) + $interval
       WHERE pace.free_at <= $now + $maxWait OR pace.free_at > $beyond
       RETURNING free_at`,
      {
        $key: key,
        $now: now,
        $interval: interval,
        $maxWait: maxWaitMs,
        $beyond: now + maxWaitMs + interval + BEYOND_BELIEF_MS,
      },
    );
    if (booked) return { kind: 'slot', startAt: booked.free_at - interval };
    // Only for the answer "busy until": it may be old by the time it is read, which costs nobody anything.
    const next = await this.#database.first(paceRow, `SELECT free_at FROM pace WHERE key = $key`, {
      $key: key,
    });
    return { kind: 'busy', freeAt: next?.free_at ?? now };
  }
}
