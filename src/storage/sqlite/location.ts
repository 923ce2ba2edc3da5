import { access, constants, mkdir, open, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { StoreError } from '../ports.ts';
import { asStoreError } from './faults.ts';

const OWNER_ONLY_FILE = 0o600;
/** The mode counts for directories that are made here; those that are there keep theirs. */
const OWNER_ONLY_DIRECTORY = 0o700;

/**
 * The absolute path in `sqlite:<path>` or `sqlite://<path>`; a relative one starts at the working
 * directory. Throws `STORE_UNAVAILABLE` for memory and for nothing. `openSqliteStore` and every
 * command that touches the file go through here.
 */
export function storePath(storeUrl: string): string {
  const place = storeUrl.replace(/^sqlite:(\/\/)?/i, '');
  if (place === '' || place.includes(':memory:') || place.includes('\0'))
    throw new StoreError(
      'STORE_UNAVAILABLE',
      'STORE_URL names no file: what is promised to people must survive a restart, so memory is not enough',
      'Set STORE_URL to sqlite:<path>, for example sqlite:./data/esim-usage.sqlite',
    );
  return resolve(place);
}

/**
 * Makes the directory and an empty file for the owner alone, since the file will hold credentials, and finds out whether
 * they can be used. SQLite gives the files beside it (`-wal`, `-shm`) the same mode.
 */
export async function prepareFile(path: string): Promise<void> {
  const directory = dirname(path);
  try {
    await makeDirectory(directory);
    // SQLite keeps its write-ahead log beside the file: the directory itself has to be writable.
    await access(directory, constants.W_OK | constants.X_OK);
    await createIfMissing(path);
    // Found out now, with the remedy, and not with the first promise.
    await access(path, constants.R_OK | constants.W_OK);
  } catch (error) {
    throw asStoreError(error, path);
  }
}

/** Step by step: Node's own recursive `mkdir` tries for ever where a directory takes no new ones, as below `/proc`. */
async function makeDirectory(directory: string): Promise<void> {
  if (await isDirectory(directory)) return;
  const parent = dirname(directory);
  if (parent !== directory) await makeDirectory(parent);
  try {
    await mkdir(directory, { mode: OWNER_ONLY_DIRECTORY });
  } catch (error) {
    // Another process may have made it in between.
    if (!(await isDirectory(directory))) throw error;
  }
}

async function isDirectory(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}

/** Never opens a file that is there: closing it would drop the locks SQLite holds on it in this process (POSIX). */
async function createIfMissing(path: string): Promise<void> {
  try {
    const file = await open(path, 'wx', OWNER_ONLY_FILE);
    await file.close();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}
