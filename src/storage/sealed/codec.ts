import { createHmac } from 'node:crypto';
import type { Seal } from './seal.ts';

/**
 * How names and values stand in the store. Two there are: `PLAIN`, and the one of `createCodec`.
 */
export interface Codec {
  /** What `key` is called in `place`; the same for the same key, and nothing of it without the store's own secret. */
  name(place: string, key: string): string;
  /** `context` names the place, by its stored name. */
  close(value: unknown, context: string): unknown;
  /** Throws `StoreError` with `STORE_SEALED` when no key fits. */
  open(stored: unknown, context: string): unknown;
}

/** Without `STORE_KEY`: everything stands as it is. */
export const PLAIN: Codec = {
  name: (_place, key) => key,
  close: (value) => value,
  open: (stored) => stored,
};

/** Before every name that is a hash, so that a clear one is told from it. */
const HASHED = '~';
/** 132 bits of it: no two names of a store are ever the same. */
const NAME_LENGTH = 22;

/**
 * `indexKey` is made once for a store and lives in it, sealed: names outlive every change of `STORE_KEY`, and so do the windows, claims
 * and lists that are found by them.
 */
export function createCodec(seal: Seal, indexKey: Buffer): Codec {
  return {
    name(place, key) {
      const hash = createHmac('sha256', indexKey).update(`${place}\n`).update(key).digest('base64url');
      return `${HASHED}${hash.slice(0, NAME_LENGTH)}`;
    },
    close: (value, context) => seal.close(value, context),
    open: (stored, context) => seal.open(stored, context),
  };
}

export function isHashed(name: string): boolean {
  return name.startsWith(HASHED);
}
