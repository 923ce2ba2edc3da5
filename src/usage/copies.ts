import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { Registry } from '../storage/ports.ts';

/** What Airalo last said, and when. That it knows no such eSIM is worth keeping as well. */
export type Copy<T> =
  | { readonly kind: 'found'; readonly value: T; readonly asOf: number }
  | { readonly kind: 'unknown-esim'; readonly asOf: number }
  | { readonly kind: 'recycled'; readonly asOf: number };

/** What is kept of one kind of question. */
export interface Copies<T> {
  get(key: string): Promise<Copy<T> | undefined>;
  put(key: string, copy: Copy<T>): Promise<void>;
}

const MAX_IN_MEMORY = 500;

/** For all processes, in the store: nothing that activates an eSIM may be put there. Another shape counts as none. */
export function storedCopies<T>(
  registry: Registry,
  kind: string,
  shape: z.ZodType<T>,
  keptMs: number,
): Copies<T> {
  const copy = z.union([
    z.object({ kind: z.literal('found'), value: shape, asOf: z.number() }),
    z.object({ kind: z.literal('unknown-esim'), asOf: z.number() }),
    z.object({ kind: z.literal('recycled'), asOf: z.number() }),
  ]);
  return {
    get: async (key) => copy.safeParse(await registry.get(kind, key)).data,
    put: (key, value) => registry.put(kind, key, value, keptMs),
  };
}

/** In this process alone, and no longer than `keptMs`: for what must not be written down. */
export function memoryCopies<T>(clock: Clock, keptMs: number): Copies<T> {
  const copies = new LRUCache<string, Copy<T>>({
    max: MAX_IN_MEMORY,
    ttl: keptMs,
    ttlResolution: 0,
    perf: clock,
  });
  return {
    async get(key) {
      // Not only what is asked for: nothing stays in memory beyond its time.
      copies.purgeStale();
      return copies.get(key);
    },
    async put(key, copy) {
      copies.purgeStale();
      copies.set(key, copy, { start: copy.asOf });
    },
  };
}
