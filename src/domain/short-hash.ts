import { createHash } from 'node:crypto';

/** 22 characters of base64url, 132 bits: no two texts of a store ever share one. For ids made of what must not be read in them. */
export function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}
