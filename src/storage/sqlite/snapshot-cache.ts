import { KeyvSqlite } from '@keyv/sqlite';
import Keyv from 'keyv';
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../ops/log.ts';
import type { Snapshot, SnapshotCache } from '../ports.ts';
import { readSnapshot, UNREADABLE } from '../snapshot-record.ts';
import { inBatches } from './batches.ts';
import { BUSY_TIMEOUT_MS, type SqliteDatabase } from './database.ts';
import { asStoreError } from './faults.ts';

const PRUNE_BATCH = 500;
const keyRow = z.object({ key: z.string() });

/** `keptMs`: how long a reading is kept after it was put in. */
export interface SnapshotCacheParts {
  readonly database: SqliteDatabase;
  readonly clock: Clock;
  readonly log: Log;
  readonly keptMs: number;
}

/**
 * Keyv over the same file, on a connection of its own. Keyv's table is only touched through Keyv, which cannot list its keys
 * safely while rows come and go; so an own table remembers which keys there are and until when.
 */
export class SqliteSnapshotCache implements SnapshotCache {
  readonly #parts: SnapshotCacheParts;
  readonly #keyv: Keyv<unknown>;
  readonly #stored = inBatches((iccids: readonly string[]) => this.#storedOf(iccids));

  constructor(parts: SnapshotCacheParts, keyv: Keyv<unknown>) {
    this.#parts = parts;
    this.#keyv = keyv;
  }

  async get(iccid: string): Promise<Snapshot | undefined> {
    const stored = await this.#ask(() => this.#stored(iccid));
    return readSnapshot(stored, iccid, this.#parts.log, () => this.#ask(() => this.#keyv.delete(iccid)));
  }

  async put(iccid: string, snapshot: Snapshot): Promise<void> {
    const { database, clock, keptMs } = this.#parts;
    // The index first: a row of it without a snapshot is harmless, a snapshot without one would never be pruned.
    await database.changed(
      `INSERT INTO snapshot_index (key, kept_until) VALUES ($key, $keptUntil)
       ON CONFLICT (key) DO UPDATE SET kept_until = excluded.kept_until RETURNING 1`,
      { $key: iccid, $keptUntil: clock.now() + keptMs },
    );
    // Without a time to live: Keyv would measure it by the system's clock, and 0 would mean for ever.
    await this.#ask(() => this.#keyv.set(iccid, snapshot));
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

  async #storedOf(iccids: readonly string[]): Promise<unknown[]> {
    const different = [...new Set(iccids)];
    const found = await this.#keyv.get(different).catch((error: unknown) => {
      // One text that is no JSON must not hide the others.
      if (error instanceof SyntaxError)
        return Promise.all(different.map((iccid) => this.#storedSingly(iccid)));
      throw error;
    });
    const stored = new Map(different.map((iccid, index) => [iccid, found[index]]));
    return iccids.map((iccid) => stored.get(iccid));
  }

  async #storedSingly(iccid: string): Promise<unknown> {
    try {
      return await this.#keyv.get(iccid);
    } catch (error) {
      if (error instanceof SyntaxError) return UNREADABLE;
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.#ask(() => this.#keyv.disconnect());
  }

  async #ask<T>(question: () => Promise<T>): Promise<T> {
    try {
      return await question();
    } catch (error) {
      throw asStoreError(error, this.#parts.database.path);
    }
  }
}

/** The file must be open already: an unopenable path would reject where nobody listens. */
export async function openSnapshotCache(parts: SnapshotCacheParts): Promise<SqliteSnapshotCache> {
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
  const cache = new SqliteSnapshotCache(parts, keyv);
  try {
    // A cache may lose its last commits when the power fails; the adapter has no option for it, only this handle.
    await adapter.query('PRAGMA synchronous = NORMAL');
    await keyv.get('opened');
    return cache;
  } catch (error) {
    await cache.close().catch(() => undefined);
    throw asStoreError(error, database.path);
  }
}
