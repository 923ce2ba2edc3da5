import type { Clock } from '../clock.ts';
import { StoreError } from './ports.ts';
import type { CopyFacts, Restored } from './sqlite/backup.ts';

export type { CopyFacts, Restored };

/** Writes the store of `storeUrl` into a new file, while bots work on it. Throws `StoreError`. */
export async function backupStore(storeUrl: string, file: string): Promise<CopyFacts> {
  refuseRedis(storeUrl);
  return (await import('./sqlite/backup.ts')).backupSqlite(storeUrl, file);
}

/** Puts a backup in the place of the store; `STORE_IN_USE` while anybody has it open. Throws `StoreError`. */
export async function restoreStore(storeUrl: string, file: string, clock: Clock): Promise<Restored> {
  refuseRedis(storeUrl);
  return (await import('./sqlite/backup.ts')).restoreSqlite(storeUrl, file, clock.now());
}

function refuseRedis(storeUrl: string): void {
  if (storeUrl.startsWith('sqlite:')) return;
  throw new StoreError(
    'STORE_UNAVAILABLE',
    'STORE_URL names a Redis, which is backed up by its own means',
    'Copy its append-only directory (appenddir), or use the snapshots of whoever runs it for you',
  );
}
