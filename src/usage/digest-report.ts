import type { DigestConcern } from '../domain/digest.ts';
import type { Iccid } from '../domain/iccid.ts';
import type { LastReading } from './reply.ts';

/** An eSIM that somebody should look at. */
export interface DigestRow {
  readonly iccid: Iccid;
  readonly concern: DigestConcern;
  readonly last: LastReading;
}

/** The eSIMs to look at, the worst first. */
export interface DigestRows {
  /** At most as many as one answer takes. */
  readonly rows: readonly DigestRow[];
  /** How many there are beside. */
  readonly more: number;
}

/** What a digest has to tell. Plain JSON; instants epoch ms. */
export type DigestReport =
  | (DigestRows & { readonly kind: 'digest' })
  /** To whoever set it: it was due while the bot was away, and its day is over. */
  | { readonly kind: 'missed'; readonly dueAt: number }
  /** To whoever set it: the channel takes no message of the bot's, and the digest is paused. */
  | { readonly kind: 'closed'; readonly channelId: string };
