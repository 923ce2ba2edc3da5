import type { Clock } from '../clock.ts';

/** People and groups; far more than ask within some minutes. */
const MOST_KEPT = 5_000;

/**
 * Remembers what was found for `keptMs`, so that a platform is not asked about the same person for every question. What
 * could not be found (`undefined`) is asked for again.
 */
export function createShortMemory<T>(clock: Clock, keptMs: number) {
  const kept = new Map<string, { readonly value: T; readonly until: number }>();
  return async (key: string, find: () => Promise<T | undefined>): Promise<T | undefined> => {
    const known = kept.get(key);
    if (known && known.until > clock.now()) return known.value;
    const value = await find();
    kept.delete(key);
    if (value === undefined) return undefined;
    // To forget costs a call each, no more: it is not worth keeping an order.
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(key, { value, until: clock.now() + keptMs });
    return value;
  };
}
