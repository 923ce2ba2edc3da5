import { systemClock } from '../clock.ts';
import { readConfig } from '../config.ts';
import { createLog } from '../log.ts';
import { openStore } from '../storage/open.ts';
import type { Store } from '../storage/ports.ts';

/**
 * Runs `work` on the store of the settings and closes it, whatever comes of it. For commands beside a running bot: only
 * errors are logged. Throws `ConfigError` for settings, `StoreError` for a store that cannot be used.
 */
export async function withStore<T>(work: (store: Store) => Promise<T>): Promise<T> {
  const { storeUrl, storeKeys: keys } = readConfig(process.env);
  const store = await openStore(storeUrl, {
    clock: systemClock,
    log: createLog('error'),
    keys,
    visiting: true,
  });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
