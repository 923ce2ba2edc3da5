import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import { CLOCK_NOISE_MS } from '../beyond-belief.ts';
import { inBatches } from '../in-batches.ts';
import type { CallGate, GateDecision, GateState } from '../ports.ts';
import { asRows } from './batches.ts';
import type { SqliteDatabase } from './database.ts';

const gateRow = z.object({
  key: z.string(),
  /** Epoch ms: end of the lease while there is an owner, end of the window while there is none. */
  open_at: z.number(),
  owner: z.string().nullable(),
  /** Null in a row of an earlier version. */
  set_at: z.number().nullable(),
});
type GateRow = z.infer<typeof gateRow>;
const keyRow = z.object({ key: z.string() });

/** A lease that is wanted, or held and to be ended, by its fencing token; `openAt`: until when it or the window after it lasts. */
type Held = Readonly<Record<'key' | 'token', string>>;
type Until = Held & { readonly openAt: number };

/**
 * A row that is shut: by a lease when it has an owner, by a window when not. Past `open_at` it means nothing. Hundreds of eSIMs that are asked
 * about in one instant share each statement and its wait for the disk: one by one they would be seconds, and every acknowledgement behind them.
 */
export class SqliteCallGate implements CallGate {
  readonly #database: SqliteDatabase;
  readonly #clock: Clock;
  readonly #instanceId: () => string;
  readonly #seen: (item: string) => Promise<GateRow | undefined>;
  readonly #take: (item: Until) => Promise<GateRow | undefined>;
  readonly #settle: (item: Until) => Promise<boolean>;
  readonly #release: (item: Held) => Promise<unknown>;

  /** `instanceId`: of this process now; its leases bear it, and are free when it is dead. */
  constructor(database: SqliteDatabase, clock: Clock, instanceId: () => string) {
    this.#database = database;
    this.#clock = clock;
    this.#instanceId = instanceId;
    const { turns } = database;
    this.#seen = inBatches((keys: readonly string[]) => this.#seeAll(keys), turns);
    this.#take = inBatches((wanted: readonly Until[]) => this.#takeAll(wanted), turns);
    this.#settle = inBatches((held: readonly Until[]) => this.#settleAll(held), turns);
    this.#release = inBatches((held: readonly Held[]) => this.#releaseAll(held), turns);
  }

  /** Throws `StoreError` on an outage: whether somebody has asked is not known then. */
  async tryAcquire(key: string, leaseMs: number): Promise<GateDecision> {
    // Most askers find it shut: a read spares them the write. Who finds it open is decided by the statement below.
    const seen = await this.peek(key);
    if (seen.state !== 'open') return seen;
    const token = `${this.#instanceId()}.${randomUUID()}`;
    const row = await this.#take({ key, token, openAt: this.#clock.now() + leaseMs });
    return row && row.owner !== token ? shut(row) : { state: 'leader', token };
  }

  /** The token is the fence: a leader whose lease was taken over closes nothing. */
  settle(key: string, token: string, openAt: number): Promise<boolean> {
    return this.#settle({ key, token, openAt });
  }

  /** The row goes altogether: the next asker finds no window, as if nobody had asked. */
  async release(key: string, token: string): Promise<void> {
    await this.#release({ key, token });
  }

  /** May be old by the time it is read: only `tryAcquire` decides. */
  async peek(key: string): Promise<GateState> {
    const row = await this.#seen(key);
    if (!row || row.open_at <= this.#clock.now()) return { state: 'open' };
    return shut(await this.#believable(key, row));
  }

  /**
   * The clock was set back since the row was set: taken at its word it would stay shut for that much longer. It stays shut for as long
   * as it was meant to, from now on: somewhat late, and never too early.
   */
  async #believable(key: string, row: GateRow): Promise<GateRow> {
    const now = this.#clock.now();
    if (row.set_at === null || row.set_at <= now + CLOCK_NOISE_MS) return row;
    const mended = await this.#database.first(
      gateRow,
      `UPDATE gate SET open_at = $now + open_at - set_at, set_at = $now WHERE key = $key AND set_at = $setAt
       RETURNING key, open_at, owner, set_at`,
      { $key: key, $now: now, $setAt: row.set_at },
    );
    return mended ?? row;
  }

  async #seeAll(keys: readonly string[]): Promise<(GateRow | undefined)[]> {
    const rows = await this.#database.all(
      gateRow,
      'SELECT key, open_at, owner, set_at FROM gate WHERE key IN (SELECT value FROM json_each($keys))',
      { $keys: JSON.stringify(keys) },
    );
    return inOrderOf(keys, rows);
  }

  /** One statement that always answers with the rows as they then stand, so winners and losers learn from the same write. */
  async #takeAll(wanted: readonly Until[]): Promise<(GateRow | undefined)[]> {
    const rows = await this.#database.all(
      gateRow,
      `INSERT INTO gate (key, open_at, owner, set_at)
       SELECT value->>'key', value->>'openAt', value->>'token', $now FROM json_each($wanted) WHERE true
       ON CONFLICT (key) DO UPDATE SET
         open_at = CASE WHEN gate.open_at <= $now THEN excluded.open_at ELSE gate.open_at END,
         owner = CASE WHEN gate.open_at <= $now THEN excluded.owner ELSE gate.owner END,
         set_at = CASE WHEN gate.open_at <= $now THEN excluded.set_at ELSE gate.set_at END
       RETURNING key, open_at, owner, set_at`,
      { $wanted: asRows(wanted), $now: this.#clock.now() },
    );
    return inOrderOf(
      wanted.map(({ key }) => key),
      rows,
    );
  }

  async #settleAll(held: readonly Until[]): Promise<boolean[]> {
    const settled = new Set<Until>();
    // A key has one holder: where a batch has a second item of it, one of the two has lost its lease, and learns that.
    for (let round = held; round.length > 0; ) {
      const first = new Map(round.map((item) => [item.key, item] as const).toReversed());
      const rows = await this.#database.all(
        keyRow,
        `UPDATE gate SET open_at = held.value->>'openAt', owner = NULL, set_at = $now FROM json_each($held) AS held
         WHERE gate.key = held.value->>'key' AND owner = held.value->>'token' RETURNING gate.key AS key`,
        { $held: asRows([...first.values()]), $now: this.#clock.now() },
      );
      for (const { key } of rows) {
        const item = first.get(key);
        if (item) settled.add(item);
      }
      round = round.filter((item) => first.get(item.key) !== item);
    }
    return held.map((item) => settled.has(item));
  }

  async #releaseAll(held: readonly Held[]): Promise<readonly unknown[]> {
    await this.#database.changed(
      `DELETE FROM gate WHERE (key, owner) IN (SELECT value->>'key', value->>'token' FROM json_each($held)) RETURNING 1`,
      { $held: asRows(held) },
    );
    return held;
  }
}

/** Of one key the last row, which is as it stands. */
function inOrderOf(keys: readonly string[], rows: readonly GateRow[]): (GateRow | undefined)[] {
  const byKey = new Map(rows.map((row) => [row.key, row]));
  return keys.map((key) => byKey.get(key));
}

/** Of a row whose instant is still to come. */
function shut(row: GateRow): Exclude<GateState, { state: 'open' }> {
  return row.owner === null
    ? { state: 'closed', openAt: row.open_at }
    : { state: 'in-flight', leaseUntil: row.open_at };
}
