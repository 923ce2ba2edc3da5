import { access, chmod, constants, copyFile, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { StoreError } from '../ports.ts';
import { openDatabase, type SqliteDatabase } from './database.ts';
import { asStoreError, tooNew } from './faults.ts';
import { prepareFile, storePath } from './location.ts';
import { MIGRATIONS, migrate, schemaVersion } from './migrations.ts';
import { inUse, isAlone } from './sole-use.ts';

/** A copy holds what the store holds: credentials, unless `STORE_KEY` seals them. */
const OWNER_ONLY = 0o600;
const anything = z.unknown();
const verdict = z.object({ integrity_check: z.string() });
const count = z.object({ rows: z.number() });

/** What a copy holds, for people. */
export interface CopyFacts {
  /** Of the file, once its log is folded into it. */
  readonly bytes: number;
  /** Promised answers in it, also those that were being sent. */
  readonly pending: number;
}

/** What came of a restore. */
export interface Restored extends CopyFacts {
  /** Where the former file lies now; undefined when there was none. */
  readonly former: string | undefined;
  /** False when the former file could not be read: what Airalo was asked since the backup is not known then. */
  readonly windowsKept: boolean;
}

/**
 * Writes the whole store into `file`, while bots work on it: a single moment of it, checked before it gets its name, readable by this
 * account alone. Throws `StoreError`; an existing file is never written over.
 */
export async function backupSqlite(storeUrl: string, file: string): Promise<CopyFacts> {
  if (await stat(file).catch(() => undefined))
    throw new StoreError('STORE_UNAVAILABLE', `${file} exists already`, 'Name a file that is not there yet');
  const path = storePath(storeUrl);
  const part = `${file}.part`;
  await makeEmpty(part, file);
  try {
    const source = await openDatabase(path);
    try {
      await source.all(anything, 'VACUUM INTO $file', { $file: part });
    } finally {
      await source.close();
    }
    const facts = await checkCopy(part);
    await rename(part, file);
    return facts;
  } catch (error) {
    await rm(part, { force: true });
    throw asStoreError(error, file);
  }
}

/** Made first, and empty, for the mode: what `VACUUM INTO` makes itself is readable by others. */
async function makeEmpty(part: string, file: string): Promise<void> {
  try {
    await rm(part, { force: true });
    await (await open(part, 'wx', OWNER_ONLY)).close();
  } catch (error) {
    throw new StoreError(
      'STORE_UNAVAILABLE',
      `The backup cannot be written: ${file}`,
      `Name a file in a folder that is there and that this account may write to: ${dirname(file)} is not`,
      { cause: error },
    );
  }
}

/**
 * Puts a backup in the place of the store. Windows at Airalo and answers given since the backup are taken over from the file that is
 * replaced, so that nobody asks too early and nobody is answered twice; that file stays beside it. Throws `StoreError` when a bot, or
 * any other program, has the store open, and when the backup is damaged or of a later version.
 */
export async function restoreSqlite(storeUrl: string, file: string, now: number): Promise<Restored> {
  const path = storePath(storeUrl);
  const isReadable = await access(file, constants.R_OK).then(
    () => true,
    () => false,
  );
  if (!isReadable || !(await stat(file)).isFile())
    throw new StoreError(
      'STORE_UNAVAILABLE',
      `There is no file ${file} that this account may read`,
      'Name the backup to restore',
    );
  const had = ((await stat(path).catch(() => undefined))?.size ?? 0) > 0;
  await prepareFile(path);
  if (!(await isAlone(path))) throw inUse(path);
  const part = `${path}.part`;
  try {
    // Beside the store, not over it: a rename within one directory is all or nothing, a copy is
    // not.
    await copyFile(file, part);
    await chmod(part, OWNER_ONLY);
    const facts = await checkCopy(part, file);
    const windowsKept = had ? await takeOver(part, path) : true;
    await removeBeside(part);
    const former = had ? `${path}.before-restore-${now}` : undefined;
    // Asked again, for a bot may have been started meanwhile.
    if (!(await isAlone(path))) throw inUse(path);
    if (former !== undefined) await rename(path, former);
    await rename(part, path);
    return { ...facts, former, windowsKept };
  } catch (error) {
    await rm(part, { force: true });
    await removeBeside(part);
    throw asStoreError(error, path);
  }
}

/**
 * Reads every page: a copy that cannot be relied on is worse than none. Throws `STORE_CORRUPT` or
 * `STORE_TOO_NEW`. Leaves the copy out of WAL mode, so that it is one file.
 */
async function checkCopy(file: string, named = file): Promise<CopyFacts> {
  if (!(await isSqlite(file)))
    throw new StoreError(
      'STORE_CORRUPT',
      `${named} is not a backup of the bot`,
      'Use a file that "backup" has written',
    );
  const database = await openDatabase(file);
  try {
    const version = await schemaVersion(database);
    if (version > MIGRATIONS.length) throw tooNew(named, version, MIGRATIONS.length);
    const [first] = await database.all(verdict, 'PRAGMA integrity_check');
    if (first?.integrity_check !== 'ok')
      throw new StoreError('STORE_CORRUPT', `${named} is damaged`, 'Use another backup, and check the disk');
    const pending = await database.first(
      count,
      `SELECT count(*) AS rows FROM outbox WHERE state IN ('ready', 'leased')`,
    );
    await database.all(anything, 'PRAGMA journal_mode = DELETE');
    return { bytes: (await stat(file)).size, pending: pending?.rows ?? 0 };
  } finally {
    await database.close();
  }
}

/**
 * False when the former file cannot be read, which is why one restores. Takes over from `former`:
 * the later end of each window, and which of the backup's promises have ended since.
 */
async function takeOver(part: string, former: string): Promise<boolean> {
  let database: SqliteDatabase | undefined;
  try {
    database = await openDatabase(part);
    await migrate(database);
    await database.all(anything, 'ATTACH DATABASE $former AS former', { $former: former });
    await database.all(
      anything,
      `INSERT INTO gate (key, open_at, owner) SELECT key, open_at, NULL FROM former.gate WHERE true
       ON CONFLICT (key) DO UPDATE SET open_at = max(gate.open_at, excluded.open_at), owner = NULL`,
    );
    await database.all(
      anything,
      `UPDATE outbox SET state = ended.state, payload = NULL, holder = NULL, due_at = NULL, ended_at = ended.ended_at
       FROM former.outbox AS ended WHERE ended.id = outbox.id AND ended.state IN ('done', 'cancelled')`,
    );
    await database.all(anything, 'DETACH DATABASE former');
    await database.all(anything, 'PRAGMA journal_mode = DELETE');
    return true;
  } catch (error) {
    if (error instanceof StoreError) return false;
    throw error;
  } finally {
    await database?.close();
  }
}

/**
 * By the first 16 bytes (sqlite.org/fileformat.html). SQLite itself would take an empty file for a
 * database.
 */
async function isSqlite(file: string): Promise<boolean> {
  const handle = await open(file, 'r');
  try {
    const { buffer } = await handle.read(Buffer.alloc(16), 0, 16, 0);
    return buffer.toString('latin1').startsWith('SQLite format 3');
  } finally {
    await handle.close();
  }
}

/** A log left beside a file of another content would be played into it. */
async function removeBeside(file: string): Promise<void> {
  for (const end of ['-wal', '-shm', '-journal']) await rm(`${file}${end}`, { force: true });
}
