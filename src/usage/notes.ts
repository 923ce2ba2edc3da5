import { randomFillSync, randomInt } from 'node:crypto';
import type { Log } from '../log.ts';
import { inBatches } from '../storage/in-batches.ts';
import type { Registry } from '../storage/ports.ts';
import type { KeptMeanwhile } from './platform.ts';

/** Small values behind short random ids, for the buttons of messages. See `UsageService`. */
export interface Notes {
  remember(valueAt: (id: string) => unknown, ttlMs: number): Promise<string>;
  rememberMeanwhile(value: unknown, ttlMs: number): KeptMeanwhile;
  keep(id: string, value: unknown, ttlMs: number): Promise<void>;
  recall(id: string): Promise<unknown>;
}

/** The fewest milliseconds between two writes of notes that nobody waits for: far less than a person needs to press a button. */
const GATHER_MS = 25;

/** Notes stand in the registry. */
export function createNotes({ registry, log }: { readonly registry: Registry; readonly log: Log }): Notes {
  const newId = createIds();
  /** What is on its way to the store. */
  const underway = new Map<string, unknown>();
  const keep = (id: string, value: unknown, ttlMs: number) => registry.put('note', id, value, ttlMs);
  // Begun at once, they go to the store together.
  const write = inBatches(
    (notes: readonly Parameters<Notes['keep']>[]) => Promise.all(notes.map((note) => keep(...note))),
    undefined,
    { gatherMs: GATHER_MS },
  );

  return {
    keep,
    async remember(valueAt, ttlMs) {
      const id = newId();
      await keep(id, valueAt(id), ttlMs);
      return id;
    },
    rememberMeanwhile(value, ttlMs) {
      const id = newId();
      underway.set(id, value);
      const kept = write([id, value, ttlMs])
        .catch((error: unknown) => log.warn({ err: error }, 'The buttons of a card will not work'))
        .finally(() => underway.delete(id));
      return { id, kept };
    },
    recall: async (id) => (underway.has(id) ? underway.get(id) : registry.get('note', id)),
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
