import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import type { Registry } from '../ports.ts';
import type { SqliteDatabase } from './database.ts';
import { jsonColumn } from './json-column.ts';

const valueRow = z.object({ value: jsonColumn });
const endRow = z.object({ ends_at: z.number() });

/**
 * Rows with an end. What is past it counts as absent everywhere, whether pruned yet or not. Values are JSON, lives in ms.
 * On the connection that outlives a crash but not a power failure: a claim must not cost a command a wait for the disk.
 */
export class SqliteRegistry implements Registry {
  readonly #database: SqliteDatabase;
  readonly #clock: Clock;

  constructor(database: SqliteDatabase, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  async get(kind: string, key: string): Promise<unknown> {
    const row = await this.#database.first(
      valueRow,
      `SELECT value FROM registry WHERE kind = $kind AND key = $key AND ends_at > $now`,
      { $kind: kind, $key: key, $now: this.#clock.now() },
    );
    return row?.value;
  }

  async put(kind: string, key: string, value: unknown, ttlMs: number): Promise<void> {
    await this.#database.changed(
      `INSERT INTO registry (kind, key, value, ends_at) VALUES ($kind, $key, $value, $endsAt)
       ON CONFLICT (kind, key) DO UPDATE SET value = excluded.value, ends_at = excluded.ends_at
       RETURNING 1`,
      { $kind: kind, $key: key, $value: asJson(value), $endsAt: this.#clock.now() + ttlMs },
    );
  }

  /** One statement decides: of two processes that claim at once, one changes a row and the other none. */
  async putIfAbsent(kind: string, key: string, value: unknown, ttlMs: number): Promise<boolean> {
    const now = this.#clock.now();
    const taken = await this.#database.changed(
      `INSERT INTO registry (kind, key, value, ends_at) VALUES ($kind, $key, $value, $endsAt)
       ON CONFLICT (kind, key) DO UPDATE SET value = excluded.value, ends_at = excluded.ends_at
       WHERE registry.ends_at <= $now
       RETURNING 1`,
      { $kind: kind, $key: key, $value: asJson(value), $endsAt: now + ttlMs, $now: now },
    );
    return taken > 0;
  }

  async delete(kind: string, key: string): Promise<boolean> {
    const removed = await this.#database.first(
      endRow,
      `DELETE FROM registry WHERE kind = $kind AND key = $key RETURNING ends_at`,
      { $kind: kind, $key: key },
    );
    // What was past its end had been absent already.
    return removed !== undefined && removed.ends_at > this.#clock.now();
  }
}

function asJson(value: unknown): string {
  return JSON.stringify(value ?? null);
}
