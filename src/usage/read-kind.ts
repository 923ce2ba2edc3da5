import type { Copies } from './copies.ts';

/** One kind of question to Airalo. */
export interface ReadKind<T> {
  /** Names its gates: `usage:8910…`. */
  readonly name: string;
  /** How long Airalo must not be asked again after it has answered; 0 where it has no such rule. */
  readonly windowMs: number;
  /** For a 429 that does not say until when. */
  readonly waitMs: number;
  readonly copies: Copies<T>;
}

/** The gate of one question, the same for every process. */
export const gateKeyOf = (kind: string, key: string): string => `${kind}:${key}`;
