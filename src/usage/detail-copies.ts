import { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { Registry } from '../storage/ports.ts';

/** What Airalo last said, and when. That it knows no such eSIM is worth keeping as well. */
export type DetailCopy<T> =
  | { readonly kind: 'found'; readonly value: T; readonly asOf: number }
  | { readonly kind: 'unknown-esim' | 'recycled'; readonly asOf: number };

/** Copies of one kind of detail, each kept for a fixed time. */
export interface DetailCopies<T> {
  get(key: string): Promise<DetailCopy<T> | undefined>;
  put(key: string, copy: DetailCopy<T>): Promise<void>;
}

const MOST_IN_MEMORY = 500;

/** For all processes, in the store: nothing that activates an eSIM may be put there. Another shape counts as none. */
export function storedCopies<T>(
  registry: Registry,
  kind: string,
  shape: z.ZodType<T>,
  keptMs: number,
): DetailCopies<T> {
  const copy = z.union([
    z.object({ kind: z.literal('found'), value: shape, asOf: z.number() }),
    z.object({ kind: z.enum(['unknown-esim', 'recycled']), asOf: z.number() }),
  ]);
  return {
    get: async (key) => copy.safeParse(await registry.get(kind, key)).data,
    put: (key, value) => registry.put(kind, key, value, keptMs),
  };
}

/** In this process alone, and no longer than `keptMs`: for what must not be written down. */
export function memoryCopies<T>(clock: Clock, keptMs: number): DetailCopies<T> {
  const copies = new Map<string, DetailCopy<T>>();
  function forget(): void {
    for (const [key, { asOf }] of copies)
      if (asOf + keptMs <= clock.now() || copies.size > MOST_IN_MEMORY) copies.delete(key);
  }
  return {
    async get(key) {
      forget();
      return copies.get(key);
    },
    async put(key, copy) {
      copies.delete(key);
      copies.set(key, copy);
      forget();
    },
  };
}
