import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { inTurn } from '../storage/in-turn.ts';
import type { CallGate, Registry } from '../storage/ports.ts';
import { SCOPES, type Scope } from './scopes.ts';

const keyRecord = z.object({
  id: z.string(),
  name: z.string(),
  /** SHA-256 in hex of a key of 256 random bits: nothing slower is needed against guessing. */
  hash: z.string(),
  /** Signs the callbacks; made of the key, and of no use as one. */
  callbackSecret: z.string(),
  scopes: z.array(z.enum(SCOPES)),
  createdAt: z.number(),
});
/** A key as it is kept: without the key. */
export type ApiKey = z.infer<typeof keyRecord>;

/** The keys of the HTTP API and of MCP. All of it throws `StoreError` on an outage: then nobody is let in. */
export interface ApiKeys {
  /** The key is in the result alone, and nowhere after it. Undefined: the name is taken. */
  add(name: string, scopes: readonly Scope[]): Promise<NewKey | undefined>;
  list(): Promise<readonly ApiKey[]>;
  /** False when there is none of that name. Every process refuses it from the next request on. */
  revoke(name: string): Promise<boolean>;
  /** Whose key this is; undefined for one that nobody gave, or that was revoked. */
  holderOf(key: string): Promise<ApiKey | undefined>;
  /** By `ApiKey.id`. */
  find(id: string): Promise<ApiKey | undefined>;
}

/** Shown once. */
interface NewKey {
  readonly key: string;
  readonly callbackSecret: string;
}

/** Letters and digits, dashes and underscores: it stands in the audit as a part of the asker's name. */
export const KEY_NAME = /^[a-z0-9][a-z0-9_-]{0,39}$/i;
/** Known by its beginning to scanners of secrets, and to the log's own. */
const KEY_PREFIX = 'eub_';
const KEY_BYTES = 32;
/** The registry wants an end; each change moves it. */
const KEPT_MS = 10 * 365 * 24 * 60 * 60 * 1000;
const KIND = 'api-keys';
const records = z.array(keyRecord);

/** One list for the deployment, read with every request: that is what makes a revocation hold at once in every process. */
export function createApiKeys(parts: {
  readonly registry: Registry;
  readonly gate: CallGate;
  readonly clock: Clock;
}): ApiKeys {
  const { registry } = parts;
  const list = async () => records.parse((await registry.get(KIND, 'all')) ?? []);
  const keep = (all: readonly ApiKey[]) => registry.put(KIND, 'all', all, KEPT_MS);

  return {
    list,
    add: (name, scopes) =>
      inTurn(parts, KIND, async () => {
        const all = await list();
        if (all.some((one) => one.name === name)) return undefined;
        const key = `${KEY_PREFIX}${randomBytes(KEY_BYTES).toString('base64url')}`;
        const callbackSecret = callbackSecretOf(key);
        const id = randomBytes(9).toString('base64url');
        const createdAt = parts.clock.now();
        await keep([...all, { id, name, hash: hashOf(key), callbackSecret, scopes: [...scopes], createdAt }]);
        return { key, callbackSecret };
      }),
    revoke: (name) =>
      inTurn(parts, KIND, async () => {
        const all = await list();
        const kept = all.filter((one) => one.name !== name);
        if (kept.length === all.length) return false;
        await keep(kept);
        return true;
      }),
    async holderOf(key) {
      const hash = Buffer.from(hashOf(key));
      const all = await list();
      // Hashes are compared, in constant time: how far two of them agree says nothing of a key.
      return all.find((one) => {
        const kept = Buffer.from(one.hash);
        return kept.length === hash.length && timingSafeEqual(kept, hash);
      });
    },
    find: async (id) => (await list()).find((one) => one.id === id),
  };
}

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

/** HMAC-SHA256 of the word `callback` under the key, in hex: its holder can reckon it again. */
function callbackSecretOf(key: string): string {
  return createHmac('sha256', key).update('callback').digest('hex');
}
