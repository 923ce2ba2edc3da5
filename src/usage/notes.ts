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

/** Twelve characters of base64url: of Telegram's 64 bytes for a button every one counts. */
const ID_BYTES = 9;
/** The first two of the characters; the other 60 bits are chance: nobody guesses the note of somebody else's card. */
const ORDER_BITS = 12;
/**
 * So many ids in a row begin alike: in a store that keeps its rows in order they stand side by side, where each alone would change a page of
 * its own.
 */
const ALIKE = 64;
/** To ask the system for chance takes as long for a hundred ids as for one: most of what an id costs. */
const IDS_AT_ONCE = 100;

function createIds(): () => string {
  const bytes = Buffer.alloc(ID_BYTES * IDS_AT_ONCE);
  let at = bytes.length;
  // Each process begins somewhere.
  let made = randomInt(ALIKE * 2 ** ORDER_BITS);
  return () => {
    if (at === bytes.length) {
      randomFillSync(bytes);
      at = 0;
    }
    made = (made + 1) % (ALIKE * 2 ** ORDER_BITS);
    const order = Math.floor(made / ALIKE) << (16 - ORDER_BITS);
    const chance = bytes.readUInt16BE(at) % 2 ** (16 - ORDER_BITS);
    bytes.writeUInt16BE(order | chance, at);
    at += ID_BYTES;
    return bytes.toString('base64url', at - ID_BYTES, at);
  };
}
