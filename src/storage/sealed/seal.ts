import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { StoreError } from '../ports.ts';

/** AES-256-GCM under the first key; whatever an older one of the list has sealed can still be read. */
export interface Seal {
  /** Of the key that seals; undefined without one. */
  readonly keyId: string | undefined;
  /** Of every key of the list. */
  readonly keyIds: readonly string[];
  /** `context` names the place (`outbox reply-1`): what was sealed for one place opens in no other. */
  close(value: unknown, context: string): unknown;
  /** Values from before there was a key are returned as they are. Throws `StoreError` when no key of the list fits. */
  open(stored: unknown, context: string): unknown;
}

/** NIST SP 800-38D: 96 bits, at random for each value. */
const IV_BYTES = 12;
/** AES-256. */
const KEY_BYTES = 32;
/** A sealed value as it stands in the store: id of the key, then base64. */
const sealed = z.object({ sealedBy: z.string(), iv: z.string(), tag: z.string(), text: z.string() });

/** A key from the setting: 32 bytes as base64 or as 64 hex digits; undefined for anything else. */
export function readKey(text: string): Buffer | undefined {
  const key = /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, 'hex') : Buffer.from(text, 'base64');
  return key.length === KEY_BYTES ? key : undefined;
}

/** `keys`: 32 bytes each; the first one seals. With none, values pass as they are. */
export function createSeal(keys: readonly Buffer[]): Seal {
  const named = keys.map((key) => ({ key, name: nameOf(key) }));
  return {
    keyId: named[0]?.name,
    keyIds: named.map(({ name }) => name),
    close(value, context) {
      const [current] = named;
      if (!current) return value;
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', current.key, iv).setAAD(Buffer.from(context));
      const text = Buffer.concat([cipher.update(JSON.stringify(value ?? null), 'utf8'), cipher.final()]);
      return {
        sealedBy: current.name,
        iv: iv.toString('base64'),
        tag: cipher.getAuthTag().toString('base64'),
        text: text.toString('base64'),
      };
    },
    open(stored, context) {
      // From before there was a key.
      const parsed = sealed.safeParse(stored);
      if (!parsed.success) return stored;
      const { sealedBy, iv, tag, text } = parsed.data;
      const found = named.find(({ name }) => name === sealedBy);
      if (!found) throw wrongKey();
      try {
        const decipher = createDecipheriv('aes-256-gcm', found.key, Buffer.from(iv, 'base64'))
          .setAAD(Buffer.from(context))
          .setAuthTag(Buffer.from(tag, 'base64'));
        const plain = Buffer.concat([decipher.update(Buffer.from(text, 'base64')), decipher.final()]);
        return JSON.parse(plain.toString('utf8'));
      } catch (error) {
        throw wrongKey(error);
      }
    },
  };
}

/** Which key a stored value is sealed with; undefined for one that is not sealed. */
export function keyIdOfSealed(stored: unknown): string | undefined {
  return sealed.safeParse(stored).data?.sealedBy;
}

/** The same for the same text, and of no use to whoever has not got the key: ICCIDs are too few to be hashed without one. */
export function keyedHash(key: Buffer, text: string): string {
  return createHmac('sha256', key).update('esim-usage-bot audit').update(text).digest('hex').slice(0, 16);
}

/** Says which key, and nothing of it. */
function nameOf(key: Buffer): string {
  return createHash('sha256').update('esim-usage-bot store key').update(key).digest('hex').slice(0, 8);
}

function wrongKey(cause?: unknown): StoreError {
  return new StoreError(
    'STORE_SEALED',
    'A stored value was sealed with a key that STORE_KEY does not hold, or was changed',
    'Put the earlier key behind the new one in STORE_KEY (new,earlier)',
    { cause },
  );
}
