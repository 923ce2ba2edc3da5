import { LRUCache } from 'lru-cache';
import type { Clock } from '../../clock.ts';

/** People and groups; far more than ask within some minutes. */
const MAX_KEPT = 5_000;
/** One question asks twice about the same person: a platform that is silent is not waited for twice. */
const NOT_FOUND_KEPT_MS = 1_000;

/**
 * Remembers what was found for `keptMs`, so that a platform is not asked about the same person for every question,
 * and asks once for all who want to know at the same time. What could not be found (`undefined`) is asked for again a
 * moment later. A rejection of `find` goes to all who wait, and is not kept.
 */
export function createTtlCache<T>(clock: Clock, keptMs: number) {
  const kept = new LRUCache<string, Promise<T | undefined>>({
    max: MAX_KEPT,
    ttl: keptMs,
    ttlResolution: 0,
    perf: clock,
  });
  return async (key: string, find: () => Promise<T | undefined>): Promise<T | undefined> => {
    const known = kept.get(key);
    if (known) return known;
    const finding = find();
    // Its time begins when it is found, however long that takes.
    kept.set(key, finding, { ttl: 0 });
    const value = await finding.catch((error: unknown) => {
      kept.delete(key);
      throw error;
    });
    kept.set(key, finding, { ttl: value === undefined ? NOT_FOUND_KEPT_MS : keptMs });
    return value;
  };
}
