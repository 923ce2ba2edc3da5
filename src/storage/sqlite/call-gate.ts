import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import type { CallGate, GateDecision, GateState } from '../ports.ts';
import type { SqliteDatabase } from './database.ts';

const gateRow = z.object({ open_at: z.number(), owner: z.string().nullable() });
type GateRow = z.infer<typeof gateRow>;

/** A row that is shut: by a lease when it has an owner, by a window when not. Past `open_at` it means nothing. */
export class SqliteCallGate implements CallGate {
  readonly #database: SqliteDatabase;
  readonly #clock: Clock;

  constructor(database: SqliteDatabase, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  async tryAcquire(key: string, leaseMs: number): Promise<GateDecision> {
    // Most askers find it shut: a read spares them the write. Who finds it open is decided by the statement below.
    const seen = await this.peek(key);
    if (seen.state !== 'open') return seen;
    const now = this.#clock.now();
    const token = randomUUID();
    // One statement that always answers with the row as it then stands, so winner and losers learn from the same write.
    const row = await this.#database.first(
      gateRow,
      `INSERT INTO gate (key, open_at, owner) VALUES ($key, $leaseUntil, $token)
       ON CONFLICT (key) DO UPDATE SET
         open_at = CASE WHEN gate.open_at <= $now THEN excluded.open_at ELSE gate.open_at END,
         owner = CASE WHEN gate.open_at <= $now THEN excluded.owner ELSE gate.owner END
       RETURNING open_at, owner`,
      { $key: key, $leaseUntil: now + leaseMs, $token: token, $now: now },
    );
    return row && row.owner !== token ? shut(row) : { state: 'leader', token };
  }

  /** The token is the fence: a leader whose lease was taken over closes nothing. */
  async settle(key: string, token: string, openAt: number): Promise<boolean> {
    const settled = await this.#database.changed(
      `UPDATE gate SET open_at = $openAt, owner = NULL WHERE key = $key AND owner = $token RETURNING 1`,
      { $key: key, $token: token, $openAt: openAt },
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

  async peek(key: string): Promise<GateState> {
    const row = await this.#database.first(gateRow, `SELECT open_at, owner FROM gate WHERE key = $key`, {
      $key: key,
    });
    return row && row.open_at > this.#clock.now() ? shut(row) : { state: 'open' };
  }
}

function shut(row: GateRow): Exclude<GateState, { state: 'open' }> {
  return row.owner === null
    ? { state: 'closed', openAt: row.open_at }
    : { state: 'in-flight', leaseUntil: row.open_at };
}
