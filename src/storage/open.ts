import type { Clock } from '../clock.ts';
import type { Log } from '../ops/log.ts';
import { type Retention, type Store, StoreError } from './ports.ts';
import { DEFAULT_RETENTION } from './retention.ts';
import { createSeal } from './sealed/seal.ts';
import { sealStore } from './sealed/sealed-store.ts';

/** What every engine is opened with. */
export interface StoreParts {
  readonly clock: Clock;
  readonly log: Log;
  /** What is not given is `DEFAULT_RETENTION`. */
  readonly retention?: Retention;
  /** `STORE_KEY`: the key to seal secrets with, then earlier ones that may still be needed to read. */
  readonly keys?: readonly Buffer[];
}

/**
 * Opens what `STORE_URL` names. The engine is imported only when chosen, so that the embedded default never loads
 * the driver of a server. Rejects with `StoreError` at once when the place cannot be used.
 */
export async function openStore(storeUrl: string, parts: StoreParts): Promise<Store> {
  const store = await openEngine(storeUrl, parts);
  return parts.keys === undefined || parts.keys.length === 0
    ? store
    : sealStore(store, createSeal(parts.keys));
}

async function openEngine(storeUrl: string, parts: StoreParts): Promise<Store> {
  const all = { ...parts, retention: parts.retention ?? DEFAULT_RETENTION };
  const scheme = storeUrl.slice(0, storeUrl.indexOf(':') + 1).toLowerCase();
  switch (scheme) {
    case 'sqlite:':
      return (await import('./sqlite/sqlite-store.ts')).openSqliteStore(storeUrl, all);
    case 'redis:':
    case 'rediss:':
      return (await import('./redis/redis-store.ts')).openRedisStore(storeUrl, all);
    default:
      throw new StoreError(
        'STORE_UNAVAILABLE',
        'STORE_URL names no engine this bot knows',
        'Set STORE_URL to sqlite:<path>, redis://… or rediss://…',
      );
  }
}
