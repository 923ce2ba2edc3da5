import { stat } from 'node:fs/promises';
import { z } from 'zod';
import { StoreError } from '../ports.ts';
import { openDatabase } from './database.ts';

const journalMode = z.object({ journal_mode: z.string() });

/**
 * Whether nobody else has the file open, in any process: SQLite lets a file leave WAL only for its sole user. Seen by its locks, so it
 * holds for a bot that is stopped, stuck or of an earlier version too. The file is left whole, without anything beside it.
 * True for a file that is not there. May wait for the busy timeout; throws `StoreError` for a file
 * that cannot be opened at all.
 */
export async function isAlone(path: string): Promise<boolean> {
  if (!(await stat(path).catch(() => undefined))) return true;
  const database = await openDatabase(path);
  try {
    const row = await database.first(journalMode, 'PRAGMA journal_mode = DELETE');
    return row?.journal_mode === 'delete';
  } catch (error) {
    if (error instanceof StoreError && error.code === 'STORE_UNAVAILABLE') return false;
    throw error;
  } finally {
    await database.close();
  }
}

/** What a command says that must have the file for itself. */
export function inUse(path: string): StoreError {
  return new StoreError(
    'STORE_IN_USE',
    `The store ${path} is in use: a bot, or another program, has it open`,
    'Stop it, and run the command again',
  );
}
