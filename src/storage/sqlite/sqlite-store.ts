import { type Clock, systemClock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { Engine } from '../engine.ts';
import type { StoreHealth } from '../health.ts';
import type { Retention } from '../ports.ts';
import { createPresence, type Presence } from '../presence.ts';
import { SqliteAuditLog } from './audit-log.ts';
import { SqliteCallGate } from './call-gate.ts';
import { SqliteCallPace } from './call-pace.ts';
import { openDatabase, type SqliteDatabase } from './database.ts';
import { identityOf, sqliteHealth } from './health.ts';
import { SqliteInstanceBook } from './instance-book.ts';
import { prepareFile, storePath } from './location.ts';
import { migrate } from './migrations.ts';
import { SqliteOutbox } from './outbox.ts';
import { pruneRows } from './pruning.ts';
import { SqliteReadingHistory } from './reading-history.ts';
import { SqliteRegistry } from './registry.ts';
import { openSnapshotRecords, type SqliteSnapshotRecords } from './snapshot-records.ts';
import { SqliteStoredRows } from './stored-rows.ts';

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
export async function openSqliteStore(storeUrl: string, parts: SqliteStoreParts): Promise<Engine> {
  const path = storePath(storeUrl);
  await prepareFile(path);
  const database = await openDatabase(path);
  try {
    await migrate(database);
    const { clock, log, retention } = parts;
    const snapshots = await openSnapshotRecords({ database, clock, log, keptMs: retention.snapshotMs });
    // After the migration, which wants the file for itself.
    const light = await openDatabase(path, 'crash');
    const fileId = await identityOf(path);
    return new SqliteEngine({ ...parts, database, light, snapshots, fileId });
  } catch (error) {
    await database.close();
    throw error;
  }
}

interface OpenParts extends SqliteStoreParts {
  readonly database: SqliteDatabase;
  /** For what need not outlive a power failure: claims, notes, the audit, the history. It saves a command three waits for the disk. */
  readonly light: SqliteDatabase;
  readonly snapshots: SqliteSnapshotRecords;
  /**
   * Device and inode when it was opened, to tell a file that was replaced since; undefined where
   * the system does not tell.
   */
  readonly fileId: string | undefined;
}

/**
 * Two connections of ours and one of Keyv's on one file: one waits for the disk with each commit,
 * one does not.
 */
class SqliteEngine implements Engine {
  readonly kind = 'sqlite';
  readonly snapshots: SqliteSnapshotRecords;
  readonly gate: SqliteCallGate;
  readonly pace: SqliteCallPace;
  readonly outbox: SqliteOutbox;
  readonly registry: SqliteRegistry;
  readonly audit: SqliteAuditLog;
  readonly history: SqliteReadingHistory;
  readonly rows: SqliteStoredRows;
  readonly instances: SqliteInstanceBook;
  readonly presence: Presence;
  readonly #parts: OpenParts;
  #sealsWith: string | undefined;
  #closed: Promise<void> | undefined;

  constructor(parts: OpenParts) {
    const { database, light, clock, snapshots } = parts;
    this.#parts = parts;
    this.snapshots = snapshots;
    this.instances = new SqliteInstanceBook(light, systemClock, clock);
    this.presence = createPresence({
      book: this.instances,
      clock: systemClock,
      about: () => ({ sealsWith: this.#sealsWith }),
      onFreed: () => this.outbox.wakeAll(),
      onLost: () => this.outbox.checkLeases(),
    });
    const instanceId = () => this.presence.id;
    this.gate = new SqliteCallGate(database, clock, instanceId);
    this.pace = new SqliteCallPace(database, clock);
    this.outbox = new SqliteOutbox(database, clock, instanceId);
    this.rows = new SqliteStoredRows(database, snapshots);
    this.registry = new SqliteRegistry(light, clock);
    this.audit = new SqliteAuditLog(light);
    this.history = new SqliteReadingHistory(light);
  }

  /** Told with the next beat, so that others know which key this process writes with. */
  sealsWith(keyId: string | undefined): void {
    this.#sealsWith = keyId;
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
    // First those who write, then what they write to. The instance leaves when it holds no lease
    // any more.
    await this.outbox.close();
    await this.presence.leave();
    await this.snapshots.close();
    await this.audit.settled();
    await this.#parts.light.close();
    await this.#parts.database.close();
  }
}
