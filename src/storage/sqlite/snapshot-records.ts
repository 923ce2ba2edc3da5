import { KeyvSqlite } from '@keyv/sqlite';
import Keyv from 'keyv';
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import { type SnapshotRecords, UNREADABLE } from '../engine.ts';
import { inBatches } from '../in-batches.ts';
import { asRows } from './batches.ts';
import { BUSY_TIMEOUT_MS, type SqliteDatabase } from './database.ts';
import { asStoreError } from './faults.ts';

/** Keyv's adapter reads the values it is to delete: so many of them are in memory at once. */
const PRUNE_BATCH = 500;
const keyRow = z.object({ key: z.string() });

/** Of the own table: which key there is, and until when (epoch ms). */
type Indexed = Readonly<Record<'name', string> & Record<'keptUntil', number>>;

/** `keptMs`: how long a reading is kept after it was put in. */
export interface SnapshotRecordsParts {
  readonly database: SqliteDatabase;
  readonly clock: Clock;
  readonly log: Log;
  readonly keptMs: number;
}

/**
 * Keyv over the same file, on a connection of its own. Keyv's table is only touched through Keyv, which cannot list its keys
 * safely while rows come and go; so an own table remembers which keys there are and until when.
 */
export class SqliteSnapshotRecords implements SnapshotRecords {
  readonly #parts: SnapshotRecordsParts;
  readonly #keyv: Keyv<unknown>;
  readonly #stored = inBatches((names: readonly string[]) => this.#storedOf(names));
  readonly #index: (entry: Indexed) => Promise<void>;

  constructor(parts: SnapshotRecordsParts, keyv: Keyv<unknown>) {
    this.#parts = parts;
    this.#keyv = keyv;
    this.#index = inBatches((entries: readonly Indexed[]) => this.#indexAll(entries), parts.database.turns);
  }

  get(name: string): Promise<unknown> {
    return this.#ask(() => this.#stored(name));
  }

  async put(name: string, value: unknown): Promise<void> {
    const { clock, keptMs } = this.#parts;
    // The index first: a row of it without a snapshot is harmless, a snapshot without one would never be pruned.
    await this.#index({ name, keptUntil: clock.now() + keptMs });
    // Without a time to live: Keyv would measure it by the system's clock, and 0 would mean for ever.
    await this.#ask(() => this.#keyv.set(name, value));
  }

  /**
   * The reading first: an index row left over by a crash is pruned later, a reading without one
   * never.
   */
  async delete(name: string): Promise<void> {
    await this.#ask(() => this.#keyv.delete(name));
    await this.#parts.database.changed(`DELETE FROM snapshot_index WHERE key = $key RETURNING 1`, {
      $key: name,
    });
  }

  /** Removes what is past its age, in batches, and returns how many. */
  async prune(): Promise<number> {
    const { database, clock } = this.#parts;
    let pruned = 0;
    for (;;) {
      const now = clock.now();
      const rows = await database.all(
        keyRow,
        `SELECT key FROM snapshot_index WHERE kept_until <= $now ORDER BY kept_until LIMIT $limit`,
        { $now: now, $limit: PRUNE_BATCH },
      );
      const keys = rows.map((row) => row.key);
      if (keys.length > 0) await this.#ask(() => this.#keyv.delete(keys));
      pruned += await database.changed(
        `DELETE FROM snapshot_index WHERE kept_until <= $now
           AND key IN (SELECT value FROM json_each($keys)) RETURNING 1`,
        { $now: now, $keys: JSON.stringify(keys) },
      );
      if (keys.length < PRUNE_BATCH) return pruned;
    }
  }

  async #indexAll(entries: readonly Indexed[]): Promise<undefined[]> {
    await this.#parts.database.changed(
      `INSERT INTO snapshot_index (key, kept_until)
       SELECT value->>'name', value->>'keptUntil' FROM json_each($entries) WHERE true
       ON CONFLICT (key) DO UPDATE SET kept_until = excluded.kept_until RETURNING 1`,
      { $entries: asRows(entries) },
    );
    return entries.map(() => undefined);
  }

  /** Asked for by several at once, a name is read once. */
  async #storedOf(names: readonly string[]): Promise<unknown[]> {
    const different = [...new Set(names)];
    const found = await this.#keyv.get(different).catch((error: unknown) => {
      // One text that is no JSON must not hide the others.
      if (error instanceof SyntaxError) return Promise.all(different.map((name) => this.#storedSingly(name)));
      throw error;
    });
    const stored = new Map(different.map((name, index) => [name, found[index]]));
    return names.map((name) => stored.get(name));
  }

  async #storedSingly(name: string): Promise<unknown> {
    try {
      return await this.#keyv.get(name);
    } catch (error) {
      if (error instanceof SyntaxError) return UNREADABLE;
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.#ask(() => this.#keyv.disconnect());
  }

  /** Keyv throws what its adapter throws; callers know `StoreError` alone. */
  async #ask<T>(question: () => Promise<T>): Promise<T> {
    try {
      return await question();
    } catch (error) {
      throw asStoreError(error, this.#parts.database.path);
    }
  }
}

/** The file must be open already: an unopenable path would reject where nobody listens. */
export async function openSnapshotRecords(parts: SnapshotRecordsParts): Promise<SqliteSnapshotRecords> {
  const { database, log } = parts;
  const adapter = new KeyvSqlite({
    uri: `sqlite://${database.path}`,
    table: 'snapshot_cache',
    busyTimeout: BUSY_TIMEOUT_MS,
  });
  // Keyv's default turns an outage into "not there", which would have Airalo asked again.
  const keyv = new Keyv<unknown>({ store: adapter, namespace: 'snapshots', throwOnErrors: true });
  // Every error is thrown to the caller as well; without a listener it would end the process.
  keyv.on('error', (error: unknown) => log.debug({ err: error }, 'The snapshot cache reports an error'));
  const cache = new SqliteSnapshotRecords(parts, keyv);
  try {
    // A cache may lose its last commits when the power fails; the adapter has no option for it, only this handle.
    await adapter.query('PRAGMA synchronous = NORMAL');
    // What is sealed, or wiped, must not stay behind in the file as it was.
    await adapter.query('PRAGMA secure_delete = ON');
    await keyv.get('opened');
    return cache;
  } catch (error) {
    await cache.close().catch(() => undefined);
    throw asStoreError(error, database.path);
  }
}
