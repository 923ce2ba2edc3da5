import { open, rm, stat, statfs } from 'node:fs/promises';
import { z } from 'zod';
import { type StoreHealth, type StoreWarning, unusable } from '../health.ts';
import { StoreError } from '../ports.ts';
import { currentJournalMode, type SqliteDatabase } from './database.ts';
import { asStoreError } from './faults.ts';
import { MIGRATIONS, schemaVersion } from './migrations.ts';

/** A store of a year has some tens of megabytes; its log and a backup want room too. */
const LITTLE_ROOM_MB = 100;

/** As much as a busy second writes. */
const PROBE_BYTES = 64 * 1024;

const beat = z.object({ at: z.number() });

/**
 * Writes a heartbeat at `now` (epoch ms), then looks at the file. `fileId` is what it was when it
 * was opened. `ok: false` with the remedy when the write fails; warnings are for what still works
 * and will not for long.
 */
export async function sqliteHealth(
  database: SqliteDatabase,
  now: number,
  fileId: string | undefined,
): Promise<StoreHealth> {
  try {
    await database.first(
      beat,
      `INSERT INTO heartbeat (id, at) VALUES (1, $now)
       ON CONFLICT (id) DO UPDATE SET at = excluded.at RETURNING at`,
      { $now: now },
    );
    await tryToGrow(database.path);
    return await lookAt(database, fileId);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return unusable(error);
  }
}

/** The log of the file has room that is written again and again: on a full disk a small write succeeds, and the next larger one does not. */
async function tryToGrow(path: string): Promise<void> {
  const probe = `${path}.probe`;
  try {
    const file = await open(probe, 'w', 0o600);
    try {
      await file.writeFile(Buffer.alloc(PROBE_BYTES));
    } finally {
      await file.close();
    }
  } catch (error) {
    throw asStoreError(error, path);
  } finally {
    await rm(probe, { force: true }).catch(() => undefined);
  }
}

/** The file by its device and inode: another one under the same name is not ours. */
export async function identityOf(path: string): Promise<string | undefined> {
  const file = await stat(path).catch(() => undefined);
  return file && `${file.dev}:${file.ino}`;
}

/** Looks only: nothing here changes the file. */
async function lookAt(database: SqliteDatabase, fileId: string | undefined): Promise<StoreHealth> {
  const { path } = database;
  // SQLite falls back silently where a file system cannot do WAL.
  const mode = await currentJournalMode(database);
  const freeMb = await freeMbBeside(path);
  const warnings: StoreWarning[] = [];
  if (mode !== 'wal')
    warnings.push({
      what: `The store file ${path} is in ${mode} mode, not WAL: slow, and not for several processes`,
      remedy: `Put it on a local disk (STORE_URL): a network share cannot hold it`,
    });
  // On POSIX an open file lives on without a name: all goes well until the process ends.
  if ((await identityOf(path)) !== fileId)
    warnings.push({
      what: `The store file ${path} was removed or replaced while open: what is written is lost`,
      remedy: 'Start the bot again',
    });
  if (await readableByOthers(path))
    warnings.push({
      what: `The store file ${path} holds credentials and can be read by other accounts`,
      remedy: `chmod 600 ${path}`,
    });
  if (freeMb !== undefined && freeMb < LITTLE_ROOM_MB)
    warnings.push({
      what: `Only ${freeMb} MB are free on the disk of the store file ${path}`,
      remedy: 'Free some space',
    });
  const facts = [
    `schema version ${await schemaVersion(database)}; this build knows ${MIGRATIONS.length}`,
    ...(mode === 'wal' ? ['WAL mode'] : []),
    ...(freeMb === undefined ? [] : [`${freeMb} MB free on its disk`]),
  ];
  return { ok: true, facts, warnings };
}

/** Undefined where the system does not tell. */
async function freeMbBeside(path: string): Promise<number | undefined> {
  const disk = await statfs(path).catch(() => undefined);
  return disk && Math.floor((disk.bavail * disk.bsize) / (1024 * 1024));
}

/** Windows keeps no such bits. */
async function readableByOthers(path: string): Promise<boolean> {
  if (process.platform === 'win32') return false;
  const file = await stat(path).catch(() => undefined);
  return file !== undefined && (file.mode & 0o077) !== 0;
}
