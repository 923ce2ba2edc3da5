import { z } from 'zod';
import type { SqliteDatabase } from './database.ts';
import { tooNew } from './faults.ts';

/** The statements that lead from one schema version to the next; the list's length is the version known. */
export type Migration = readonly string[];

const FIRST: Migration = [
  // open_at: end of the lease while owner is set, else the instant the window opens.
  `CREATE TABLE gate (key TEXT PRIMARY KEY, open_at INTEGER NOT NULL, owner TEXT) STRICT, WITHOUT ROWID`,
  // free_at: from when the next slot may be booked.
  `CREATE TABLE pace (key TEXT PRIMARY KEY, free_at INTEGER NOT NULL) STRICT, WITHOUT ROWID`,
  // due_at: when a worker may take the job: its time while ready, the end of the lease while leased, null once ended.
  // attempts: those that failed. holder: the fencing token of the lease.
  `CREATE TABLE outbox (
    id TEXT PRIMARY KEY, type TEXT NOT NULL, owner TEXT NOT NULL, payload TEXT,
    run_at INTEGER NOT NULL, deadline INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('ready', 'leased', 'done', 'cancelled', 'dead')),
    due_at INTEGER, holder TEXT, attempts INTEGER NOT NULL DEFAULT 0,
    last_error TEXT, ended_at INTEGER
  ) STRICT, WITHOUT ROWID`,
  `CREATE INDEX outbox_by_due ON outbox (type, due_at) WHERE due_at IS NOT NULL`,
  `CREATE INDEX outbox_by_owner ON outbox (owner, run_at) WHERE due_at IS NOT NULL`,
  `CREATE INDEX outbox_by_end ON outbox (state, ended_at) WHERE ended_at IS NOT NULL`,
  // ends_at: epoch ms; a row past it counts as absent, and is removed with the next pruning.
  `CREATE TABLE registry (
    kind TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, ends_at INTEGER NOT NULL,
    PRIMARY KEY (kind, key)
  ) STRICT, WITHOUT ROWID`,
  `CREATE INDEX registry_by_end ON registry (ends_at)`,
  `CREATE TABLE audit (
    number INTEGER PRIMARY KEY, at INTEGER NOT NULL, asker TEXT NOT NULL, place TEXT NOT NULL,
    iccid_masked TEXT NOT NULL, outcome TEXT NOT NULL
  ) STRICT`,
  `CREATE INDEX audit_by_time ON audit (at)`,
  `CREATE INDEX audit_by_asker ON audit (asker, at)`,
  // Which snapshots the cache holds and until when: the cache itself cannot be listed safely.
  `CREATE TABLE snapshot_index (key TEXT PRIMARY KEY, kept_until INTEGER NOT NULL) STRICT, WITHOUT ROWID`,
  `CREATE INDEX snapshot_by_end ON snapshot_index (kept_until)`,
  `CREATE TABLE heartbeat (id INTEGER PRIMARY KEY CHECK (id = 1), at INTEGER NOT NULL) STRICT`,
];

/** Which eSIM, as a keyed hash, where there is a key. */
const AUDIT_HASH: Migration = [`ALTER TABLE audit ADD COLUMN esim_hash TEXT`];

/** One point of an eSIM for each hour (`slot`, hours since the epoch): asked for by eSIM, removed by age. */
const READING_HISTORY: Migration = [
  `CREATE TABLE reading_history (
    iccid TEXT NOT NULL, slot INTEGER NOT NULL, at INTEGER NOT NULL,
    remaining_mb INTEGER NOT NULL, total_mb INTEGER NOT NULL, status TEXT NOT NULL,
    PRIMARY KEY (iccid, slot)
  ) STRICT, WITHOUT ROWID`,
  `CREATE INDEX reading_history_by_time ON reading_history (at)`,
];

/**
 * Who works on the file; leases bear the id of their instance (`<instance>.<token>`), and end with it in one statement. `/` is the
 * character after `.`: a range that an index answers. set_at: when a window or lease was set, to tell a clock that was set back since.
 */
const INSTANCES: Migration = [
  `CREATE TABLE instance (
    id TEXT PRIMARY KEY, beat_at INTEGER NOT NULL, beats INTEGER NOT NULL, about TEXT NOT NULL, gone_at INTEGER
  ) STRICT, WITHOUT ROWID`,
  `ALTER TABLE gate ADD COLUMN set_at INTEGER`,
  `CREATE INDEX gate_by_owner ON gate (owner) WHERE owner IS NOT NULL`,
  `CREATE INDEX outbox_by_holder ON outbox (holder) WHERE holder IS NOT NULL`,
  `CREATE TRIGGER instance_gone AFTER UPDATE OF gone_at ON instance WHEN new.gone_at IS NOT NULL BEGIN
    UPDATE outbox SET due_at = min(due_at, new.gone_at)
      WHERE holder > new.id || '.' AND holder < new.id || '/' AND state = 'leased';
    UPDATE gate SET open_at = min(open_at, new.gone_at) WHERE owner > new.id || '.' AND owner < new.id || '/';
    DELETE FROM instance WHERE id = new.id;
  END`,
];

/** In order, never changed once released: files in the field have gone through them. */
export const MIGRATIONS: readonly Migration[] = [FIRST, AUDIT_HASH, READING_HISTORY, INSTANCES];

const version = z.object({ user_version: z.number().int() });
const anything = z.unknown();

/**
 * Brings the file to the version this program knows, all or nothing, and one process at a time. Throws
 * `STORE_TOO_NEW` for a file of a later version, which stays as it is.
 * To be called before the connection is used by anybody else: the transaction spans several statements.
 */
export async function migrate(
  database: SqliteDatabase,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<void> {
  const found = await schemaVersion(database);
  if (found > migrations.length) throw tooNew(database.path, found, migrations.length);
  if (found === migrations.length) return;
  await database.all(anything, 'BEGIN IMMEDIATE');
  try {
    // Asked again under the lock: another process may have done the work meanwhile.
    const missing = migrations.slice(await schemaVersion(database)).flat();
    // In one go: a new file takes dozens of statements, and each alone costs several turns of the loop.
    await database.script([...missing, `PRAGMA user_version = ${migrations.length}`, 'COMMIT']);
  } catch (error) {
    await database.all(anything, 'ROLLBACK').catch(() => undefined);
    throw error;
  }
}

/** 0 for a new file. Kept by SQLite in the file's header (`user_version`). */
export async function schemaVersion(database: SqliteDatabase): Promise<number> {
  return (await database.first(version, 'PRAGMA user_version'))?.user_version ?? 0;
}
