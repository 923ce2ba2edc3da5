import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import { CLOCK_NOISE_MS } from '../beyond-belief.ts';
import type { CallGate, GateDecision, GateState } from '../ports.ts';
import type { SqliteDatabase } from './database.ts';

const gateRow = z.object({
  /** Epoch ms: end of the lease while there is an owner, end of the window while there is none. */
  open_at: z.number(),
  owner: z.string().nullable(),
  /** Null in a row of an earlier version. */
  set_at: z.number().nullable(),
});
type GateRow = z.infer<typeof gateRow>;

/** A row that is shut: by a lease when it has an owner, by a window when not. Past `open_at` it means nothing. */
export class SqliteCallGate implements CallGate {
  readonly #database: SqliteDatabase;
  readonly #clock: Clock;
  readonly #instanceId: () => string;

  /** `instanceId`: of this process now; its leases bear it, and are free when it is dead. */
  constructor(database: SqliteDatabase, clock: Clock, instanceId: () => string) {
    this.#database = database;
    this.#clock = clock;
    this.#instanceId = instanceId;
  }

  /** Throws `StoreError` on an outage: whether somebody has asked is not known then. */
  async tryAcquire(key: string, leaseMs: number): Promise<GateDecision> {
    // Most askers find it shut: a read spares them the write. Who finds it open is decided by the statement below.
    const seen = await this.peek(key);
    if (seen.state !== 'open') return seen;
    const now = this.#clock.now();
    const token = `${this.#instanceId()}.${randomUUID()}`;
    // One statement that always answers with the row as it then stands, so winner and losers learn from the same write.
    const row = await this.#database.first(
      gateRow,
      `INSERT INTO gate (key, open_at, owner, set_at) VALUES ($key, $leaseUntil, $token, $now)
       ON CONFLICT (key) DO UPDATE SET
         open_at = CASE WHEN gate.open_at <= $now THEN excluded.open_at ELSE gate.open_at END,
         owner = CASE WHEN gate.open_at <= $now THEN excluded.owner ELSE gate.owner END,
         set_at = CASE WHEN gate.open_at <= $now THEN excluded.set_at ELSE gate.set_at END
       RETURNING open_at, owner, set_at`,
      { $key: key, $leaseUntil: now + leaseMs, $token: token, $now: now },
    );
    return row && row.owner !== token ? shut(row) : { state: 'leader', token };
  }

  /** The token is the fence: a leader whose lease was taken over closes nothing. */
  async settle(key: string, token: string, openAt: number): Promise<boolean> {
    const settled = await this.#database.changed(
      `UPDATE gate SET open_at = $openAt, owner = NULL, set_at = $now WHERE key = $key AND owner = $token RETURNING 1`,
      { $key: key, $token: token, $openAt: openAt, $now: this.#clock.now() },
    );
    return settled > 0;
  }

  /** The row goes altogether: the next asker finds no window, as if nobody had asked. */
  async release(key: string, token: string): Promise<void> {
    await this.#database.changed(`DELETE FROM gate WHERE key = $key AND owner = $token RETURNING 1`, {
      $key: key,
      $token: token,
    });
  }

  /** May be old by the time it is read: only `tryAcquire` decides. */
  async peek(key: string): Promise<GateState> {
    const select = 'SELECT open_at, owner, set_at FROM gate WHERE key = $key';
    const row = await this.#database.first(gateRow, select, { $key: key });
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
       RETURNING open_at, owner, set_at`,
      { $key: key, $now: now, $setAt: row.set_at },
    );
    return mended ?? row;
  }
}

/** Of a row whose instant is still to come. */
function shut(row: GateRow): Exclude<GateState, { state: 'open' }> {
  return row.owner === null
    ? { state: 'closed', openAt: row.open_at }
    : { state: 'in-flight', leaseUntil: row.open_at };
}
