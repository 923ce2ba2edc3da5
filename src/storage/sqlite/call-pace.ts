import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import { BEYOND_BELIEF_MS } from '../beyond-belief.ts';
import { inBatches } from '../in-batches.ts';
import type { CallPace, PaceDecision } from '../ports.ts';
import { type SqliteDatabase, wholeNumber } from './database.ts';

const paceRow = z.object({ free_at: z.number() });

/** What a slot is wanted of, and how far ahead at most. */
interface Wanted {
  readonly key: string;
  readonly intervalMs: number;
  readonly maxWaitMs: number;
}

/**
 * One row per key: the instant from which the next slot is free. Booking is one statement, so two processes never get the
 * same slot. Airalo's docs: five calls a second for a company, whatever processes make them.
 */
export class SqliteCallPace implements CallPace {
  readonly #database: SqliteDatabase;
  readonly #clock: Clock;
  readonly #reserve: (item: Wanted) => Promise<PaceDecision>;

  constructor(database: SqliteDatabase, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
    this.#reserve = inBatches((wanted: readonly Wanted[]) => this.#reserveAll(wanted), database.turns);
  }

  /**
   * A row beyond belief, from before a clock was set back, is taken for free: it would hold up
   * every call.
   */
  reserve(key: string, intervalMs: number, maxWaitMs: number): Promise<PaceDecision> {
    return this.#reserve({ key, intervalMs: Math.round(intervalMs), maxWaitMs: wholeNumber(maxWaitMs) });
  }

  /** Those who come together get slots one after the other, in their order, from one statement for each key. */
  async #reserveAll(wanted: readonly Wanted[]): Promise<PaceDecision[]> {
    const results = new Map<Wanted, PaceDecision>();
    for (const alike of groupsOf(wanted)) {
      const decisions = await this.#reserveAlike(alike);
      alike.forEach((one, place) => {
        const decision = decisions[place];
        if (decision) results.set(one, decision);
      });
    }
    return wanted.map((one) => results.get(one) ?? { kind: 'busy', freeAt: this.#clock.now() });
  }

  /** All of them at once, or, where the line ends among them, one by one up to the first that finds no place. */
  async #reserveAlike(alike: readonly [Wanted, ...Wanted[]]): Promise<PaceDecision[]> {
    const [wanted] = alike;
    const together = await this.#book(wanted, alike.length);
    if (together !== undefined)
      return alike.map((_, place) => ({ kind: 'slot', startAt: together + place * wanted.intervalMs }));
    const decisions: PaceDecision[] = [];
    while (alike.length > 1 && decisions.length < alike.length) {
      const startAt = await this.#book(wanted, 1);
      if (startAt === undefined) break;
      decisions.push({ kind: 'slot', startAt });
    }
    // Only for the answer "busy until": it may be old by the time it is read, which costs nobody anything.
    const next = await this.#database.first(paceRow, `SELECT free_at FROM pace WHERE key = $key`, {
      $key: wanted.key,
    });
    const busy = { kind: 'busy', freeAt: next?.free_at ?? this.#clock.now() } as const;
    return alike.map((_, place) => decisions[place] ?? busy);
  }

  /** The first of so many slots; undefined, and nothing booked, where the last of them would be too far ahead. */
  async #book({ key, intervalMs, maxWaitMs }: Wanted, slots: number): Promise<number | undefined> {
    const now = this.#clock.now();
    const takenMs = slots * intervalMs;
    if (takenMs - intervalMs > maxWaitMs) return undefined;
    const booked = await this.#database.first(
      paceRow,
      `INSERT INTO pace (key, free_at) VALUES ($key, $now + $taken)
       ON CONFLICT (key) DO UPDATE SET
         free_at = iif(pace.free_at > $beyond, $now, max(pace.free_at, $now)) + $taken
       WHERE pace.free_at <= $last OR pace.free_at > $beyond
       RETURNING free_at`,
      {
        $key: key,
        $now: now,
        $taken: takenMs,
        $last: now + maxWaitMs - (takenMs - intervalMs),
        $beyond: now + maxWaitMs + intervalMs + BEYOND_BELIEF_MS,
      },
    );
    return booked && booked.free_at - takenMs;
  }
}

/** Those that want the same, in their order. */
function groupsOf(wanted: readonly Wanted[]): [Wanted, ...Wanted[]][] {
  const groups = new Map<string, [Wanted, ...Wanted[]]>();
  for (const one of wanted) {
    const name = `${one.intervalMs} ${one.maxWaitMs} ${one.key}`;
    const group = groups.get(name);
    if (group) group.push(one);
    else groups.set(name, [one]);
  }
  return [...groups.values()];
}
