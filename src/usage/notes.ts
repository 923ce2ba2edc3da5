import { randomFillSync, randomInt } from 'node:crypto';
import type { Registry } from '../storage/ports.ts';

/** Small values of plain JSON behind short random ids, in the registry: see `UsageService`. */
export interface Notes {
  /** `valueAt`: what stands under the id that it gets. */
  remember(valueAt: (id: string) => unknown, ttlMs: number): Promise<string>;
  keep(id: string, value: unknown, ttlMs: number): Promise<void>;
  recall(id: string): Promise<unknown>;
}

/** See `Notes`. */
export function createNotes(registry: Pick<Registry, 'get' | 'put'>): Notes {
  const newId = createIds();
  const keep = (id: string, value: unknown, ttlMs: number) => registry.put('note', id, value, ttlMs);
  return {
    keep,
    async remember(valueAt, ttlMs) {
      const id = newId();
      await keep(id, valueAt(id), ttlMs);
      return id;
    },
    recall: (id) => registry.get('note', id),
  };
}

/** 72 bits: nobody guesses the note of somebody else's card. */
const CHANCE_BYTES = 9;
/** Before it, so that notes of the same minute stand side by side in a store that keeps them in order: each alone would change a page of its own. */
const ORDER_BYTES = 3;
const ID_BYTES = ORDER_BYTES + CHANCE_BYTES;
/** To ask the system for chance takes as long for a hundred ids as for one: most of what an id costs. */
const IDS_AT_ONCE = 100;

function createIds(): () => string {
  const bytes = Buffer.alloc(ID_BYTES * IDS_AT_ONCE);
  // Each process begins somewhere.
  let order = randomInt(2 ** (8 * ORDER_BYTES));
  let at = bytes.length;
  return () => {
    if (at === bytes.length) {
      randomFillSync(bytes);
      at = 0;
    }
    order = (order + 1) % 2 ** (8 * ORDER_BYTES);
    bytes.writeUIntBE(order, at, ORDER_BYTES);
    at += ID_BYTES;
    return bytes.toString('base64url', at - ID_BYTES, at);
  };
}
