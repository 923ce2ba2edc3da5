import type { Clock } from '../../clock.ts';
import type { Log } from '../../ops/log.ts';
import type { StoreHealth } from '../health.ts';
import type { Retention, Store } from '../ports.ts';
import { SqliteAuditLog } from './audit-log.ts';
import { SqliteCallGate } from './call-gate.ts';
import { SqliteCallPace } from './call-pace.ts';
import { openDatabase, type SqliteDatabase } from './database.ts';
import { identityOf, sqliteHealth } from './health.ts';
import { prepareFile, storePath } from './location.ts';
import { migrate } from './migrations.ts';
import { SqliteOutbox } from './outbox.ts';
import { pruneRows } from './pruning.ts';
import { SqliteReadingHistory } from './reading-history.ts';
import { SqliteRegistry } from './registry.ts';
import { openSnapshotCache, type SqliteSnapshotCache } from './snapshot-cache.ts';

/** What the engine is opened with. */
export interface SqliteStoreParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly retention: Retention;
}

/**
 * Everything in one file, for one machine; any number of processes on it may share the file, not over a network share
 * (SQLite's docs, WAL: all of them must have the same memory). Throws `StoreError` with the setting to change.
 */
export async function openSqliteStore(storeUrl: string, parts: SqliteStoreParts): Promise<Store> {
  const path = storePath(storeUrl);
  await prepareFile(path);
  const database = await openDatabase(path);
  try {
    await migrate(database);
    const { clock, log, retention } = parts;
    const snapshots = await openSnapshotCache({ database, clock, log, keptMs: retention.snapshotMs });
    // After the migration, which wants the file for itself.
    const light = await openDatabase(path, 'crash');
    const fileId = await identityOf(path);
    return new SqliteStore({ ...parts, database, light, snapshots, fileId });
  } catch (error) {
    await database.close();
    throw error;
  }
}

interface OpenParts extends SqliteStoreParts {
  readonly database: SqliteDatabase;
  /** For what need not outlive a power failure: claims, notes, the audit, the history. It saves a command three waits for the disk. */
  readonly light: SqliteDatabase;
  readonly snapshots: SqliteSnapshotCache;
  readonly fileId: string | undefined;
}

class SqliteStore implements Store {
  readonly kind = 'sqlite';
  readonly snapshots: SqliteSnapshotCache;
  readonly gate: SqliteCallGate;
  readonly pace: SqliteCallPace;
  readonly outbox: SqliteOutbox;
  readonly registry: SqliteRegistry;
  readonly audit: SqliteAuditLog;
  readonly history: SqliteReadingHistory;
  readonly #parts: OpenParts;
  #closed: Promise<void> | undefined;

  constructor(parts: OpenParts) {
    const { database, light, clock, snapshots } = parts;
    this.#parts = parts;
    this.snapshots = snapshots;
    this.gate = new SqliteCallGate(database, clock);
    this.pace = new SqliteCallPace(database, clock);
    this.outbox = new SqliteOutbox(database, clock);
    this.registry = new SqliteRegistry(light, clock);
    this.audit = new SqliteAuditLog(light);
    this.history = new SqliteReadingHistory(light);
  }

  health(): Promise<StoreHealth> {
    const { database, clock, fileId } = this.#parts;
    return sqliteHealth(database, clock.now(), fileId);
  }

  async prune(): Promise<number> {
    const { database, clock, retention } = this.#parts;
    return (await this.snapshots.prune()) + (await pruneRows(database, clock.now(), retention));
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    // First those who write, then what they write to.
    await this.outbox.close();
    await this.snapshots.close();
    await this.#parts.light.close();
    await this.#parts.database.close();
  }
}
