import { stat, statfs } from 'node:fs/promises';
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../ops/log.ts';
import { type Retention, type Store, StoreError } from '../ports.ts';
import { SqliteAuditLog } from './audit-log.ts';
import { SqliteCallGate } from './call-gate.ts';
import { SqliteCallPace } from './call-pace.ts';
import { currentJournalMode, openDatabase, type SqliteDatabase } from './database.ts';
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

/** A store of a year has some tens of megabytes; its log and a backup want room too. */
const LITTLE_ROOM_MB = 100;

const beat = z.object({ at: z.number() });

/** Everything in one file, for one machine; any number of processes on it may share the file. */
export async function openSqliteStore(storeUrl: string, parts: SqliteStoreParts): Promise<Store> {
  const path = storePath(storeUrl);
  await prepareFile(path);
  const database = await openDatabase(path);
  try {
    await migrate(database);
    const { clock, log, retention } = parts;
    const snapshots = await openSnapshotCache({ database, clock, log, keptMs: retention.snapshotMs });
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

  async health(): Promise<{ ok: boolean; warnings: readonly string[] }> {
    const { database, clock } = this.#parts;
    try {
      await database.first(
        beat,
        `INSERT INTO heartbeat (id, at) VALUES (1, $now)
         ON CONFLICT (id) DO UPDATE SET at = excluded.at RETURNING at`,
        { $now: clock.now() },
      );
      return { ok: true, warnings: await this.#warnings() };
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      return { ok: false, warnings: [`${error.message}. ${error.remedy}`] };
    }
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
    await this.outbox.close();
    await this.snapshots.close();
    await this.#parts.light.close();
    await this.#parts.database.close();
  }

  async #warnings(): Promise<string[]> {
    const { database, fileId } = this.#parts;
    const { path } = database;
    const warnings: string[] = [];
    const mode = await currentJournalMode(database);
    if (mode !== 'wal')
      warnings.push(
        `The store file ${path} is in ${mode} mode, not WAL: slow, and not for several processes`,
      );
    if ((await identityOf(path)) !== fileId)
      warnings.push(
        `The store file ${path} was removed or replaced while open: restart the bot, what it writes is lost`,
      );
    if (await readableByOthers(path))
      warnings.push(
        `The store file ${path} holds credentials and can be read by other accounts: chmod 600 ${path}`,
      );
    const freeMb = await freeMbBeside(path);
    if (freeMb !== undefined && freeMb < LITTLE_ROOM_MB)
      warnings.push(`Only ${freeMb} MB are free on the disk of the store file ${path}: free some space`);
    return warnings;
  }
}

async function freeMbBeside(path: string): Promise<number | undefined> {
  const disk = await statfs(path).catch(() => undefined);
  return disk && Math.floor((disk.bavail * disk.bsize) / (1024 * 1024));
}

async function identityOf(path: string): Promise<string | undefined> {
  const file = await stat(path).catch(() => undefined);
  return file && `${file.dev}:${file.ino}`;
}

/** Windows keeps no such bits. */
async function readableByOthers(path: string): Promise<boolean> {
  if (process.platform === 'win32') return false;
  const file = await stat(path).catch(() => undefined);
  return file !== undefined && (file.mode & 0o077) !== 0;
}
