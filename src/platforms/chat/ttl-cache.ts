import { LRUCache } from 'lru-cache';
import type { Clock } from '../../clock.ts';
import { roomFor } from '../../room-for.ts';

/** People and groups; far more than ask within some minutes. */
const MAX_KEPT = 5_000;
/** The most that a failure is believed. */
const MAX_FAILURE_KEPT_MS = 1_000;

/**
 * Remembers what was found for `keptMs`, so that a platform is not asked about the same person for every question,
 * and asks once for all who want to know at the same time. What could not be found (`undefined`) is believed for as
 * long as it took to learn, a second at most: one question asks twice about the same person, and a platform that is
 * silent is not waited for twice; but where it refuses at once, the next question tries anew, and so is answered in
 * the moment the platform is back. A rejection of `find` goes to all who wait, and is not kept.
 */
export function createTtlCache<T>(clock: Clock, keptMs: number) {
  const kept = new LRUCache<string, { readonly value: Promise<T | undefined>; until: number }>(
    roomFor(MAX_KEPT),
  );
  return async (key: string, find: () => Promise<T | undefined>): Promise<T | undefined> => {
    const known = kept.get(key);
    if (known && known.until > clock.now()) return known.value;
    const askedAt = clock.now();
    const entry = { value: find(), until: Number.POSITIVE_INFINITY };
    kept.set(key, entry);
    const value = await entry.value.catch((error: unknown) => {
      kept.delete(key);
      throw error;
    });
    const now = clock.now();
    entry.until = now + (value === undefined ? Math.min(MAX_FAILURE_KEPT_MS, now - askedAt) : keptMs);
    return value;
  };
}
