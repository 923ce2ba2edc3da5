import { dirname } from 'node:path';
import { ZodError } from 'zod';
import { StoreError } from '../ports.ts';

/** A sentence of what happened, and one of what to do. */
interface Fault {
  readonly code: StoreError['code'];
  /** Without the path, which is added behind a colon. */
  readonly what: string;
  remedy(path: string): string;
}

/** Each fault with what the operator does about it; paths are told, for only the operator reads them. */
const READ_ONLY: Fault = {
  code: 'STORE_READ_ONLY',
  what: 'The store file cannot be written',
  remedy: (path) =>
    `Give the account the bot runs as write access to ${path} (STORE_URL) and to its directory ${dirname(path)}`,
};
const FULL: Fault = {
  code: 'STORE_FULL',
  what: 'There is no room left for the store file',
  remedy: (path) =>
    `Free space on the disk of ${path} (STORE_URL), or raise its quota; the bot goes on by itself`,
};
const CORRUPT: Fault = {
  code: 'STORE_CORRUPT',
  what: 'The store file is damaged or is not a SQLite file',
  remedy: (path) =>
    `Stop the bot, move ${path} (STORE_URL) aside together with its -wal and -shm files, and put back a backup or start empty`,
};
const NO_PLACE: Fault = {
  code: 'STORE_UNAVAILABLE',
  what: 'The store file cannot be opened or created',
  remedy: (path) => `Check that STORE_URL is meant to be ${path}, and that ${dirname(path)} is a directory`,
};
const BUSY: Fault = {
  code: 'STORE_UNAVAILABLE',
  what: 'Another program holds the store file locked',
  remedy: (path) =>
    `End what keeps ${path} (STORE_URL) open for long, such as a backup or a database browser; WAL does not work on a network share`,
};
const OTHER: Fault = {
  code: 'STORE_UNAVAILABLE',
  what: 'The store file cannot be read or written',
  remedy: (path) => `Check the disk of ${path} (STORE_URL) and that no other program changes the file`,
};

/** SQLite's primary result codes (sqlite.org/rescode.html) and the system's error codes. */
const FAULTS: Readonly<Record<string, Fault>> = {
  SQLITE_READONLY: READ_ONLY,
  SQLITE_PERM: READ_ONLY,
  EACCES: READ_ONLY,
  EPERM: READ_ONLY,
  EROFS: READ_ONLY,
  SQLITE_FULL: FULL,
  ENOSPC: FULL,
  EDQUOT: FULL,
  SQLITE_CORRUPT: CORRUPT,
  SQLITE_NOTADB: CORRUPT,
  SQLITE_CANTOPEN: NO_PLACE,
  ENOTDIR: NO_PLACE,
  ENOENT: NO_PLACE,
  EEXIST: NO_PLACE,
  EISDIR: NO_PLACE,
  SQLITE_BUSY: BUSY,
  SQLITE_LOCKED: BUSY,
};

/** What went wrong below, as the operator needs it. The message of the driver stays in `cause`. */
export function asStoreError(error: unknown, path: string): StoreError {
  if (error instanceof StoreError) return error;
  const fault = faultOf(error);
  return new StoreError(fault.code, `${fault.what}: ${path}`, fault.remedy(path), { cause: error });
}

/** A file of a later version: its rows may mean things this one does not know, so it is left alone. */
export function tooNew(path: string, found: number, known: number): StoreError {
  return new StoreError(
    'STORE_TOO_NEW',
    `The store file ${path} has schema version ${found}; this version of the bot knows ${known}`,
    `Run the newer version of the bot, or point STORE_URL to another file than ${path}`,
  );
}

/** By the code alone: the driver's messages are for people. */
function faultOf(error: unknown): Fault {
  // A row of another shape than we write is damage, or another program's work on our file.
  if (error instanceof ZodError) return CORRUPT;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return FAULTS[code] ?? OTHER;
}
