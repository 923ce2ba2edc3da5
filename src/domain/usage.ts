/** The statuses Airalo documents, `RECYCLED`, which it sends without documenting it, and whatever comes next. */
export const KNOWN_STATUSES = ['NOT_ACTIVE', 'ACTIVE', 'FINISHED', 'UNKNOWN', 'EXPIRED', 'RECYCLED'] as const;
/** One of the documented statuses, or RECYCLED, which is not. */
export type KnownStatus = (typeof KNOWN_STATUSES)[number];
/** A status Airalo may send tomorrow is shown as it is, not refused. The empty name: none was reported. */
export type UsageStatus =
  | { readonly kind: 'known'; readonly name: KnownStatus }
  | { readonly kind: 'unseen'; readonly name: string };

/** What is left of one allowance and what it was at the start, in the unit of its place in `UsageReading`. */
export interface Allowance {
  readonly remaining: number;
  readonly total: number;
}

/** One reading of an eSIM, free of wire quirks. Plain JSON, so it can be stored as it is. */
export interface UsageReading {
  readonly status: UsageStatus;
  /**
   * `unlimited` carries no numbers: Airalo fills them with zeros that mean nothing. `unknown`: the answer did not say how much is left;
   * `total` in MB where it said that.
   */
  readonly data:
    | { readonly kind: 'unlimited' }
    | ({ readonly kind: 'megabytes' } & Allowance)
    | { readonly kind: 'unknown'; readonly total?: number };
  /** Absent when the plan has none. */
  readonly voiceMinutes?: Allowance;
  readonly textMessages?: Allowance;
  /** End of validity, epoch ms; absent when unknown or not begun. Airalo's zone-less form is read as UTC. */
  readonly expiresAt?: number;
  /** What the answer held in a form that cannot be read: not known, which is not the same as none. */
  readonly unread?: readonly UnreadPart[];
}

/** A part of a reading beside its data. */
export type UnreadPart = 'voice' | 'texts' | 'end';

/** 1 GB = 1024 MB in Airalo's catalogue (`data: "3 GB"` beside `amount: 3072`). */
export const MB_PER_GB = 1024;
const LOW_PERCENT = 20;
/** From here on a card says that the plan ends soon. */
export const EXPIRING_WITHIN_MS = 3 * 24 * 60 * 60 * 1000;

/** Share left, 0 to 100, unrounded; `undefined` when there is nothing to divide by. */
export function percentLeft(allowance: Allowance): number | undefined {
  if (allowance.total <= 0) return undefined;
  return Math.min(100, Math.max(0, (allowance.remaining / allowance.total) * 100));
}

/** At most `LOW_PERCENT` is left: worth a word. False where there is no total to reckon by. */
export function isLow(allowance: Allowance): boolean {
  const percent = percentLeft(allowance);
  return percent !== undefined && percent <= LOW_PERCENT;
}

/** How near the end of a plan is. */
export type Expiry = 'none' | 'past' | 'soon' | 'later';

/** Where the end of validity lies, seen from `now`. */
export function expiryOf(reading: UsageReading, now: number): Expiry {
  if (reading.expiresAt === undefined) return 'none';
  if (reading.expiresAt <= now) return 'past';
  return reading.expiresAt - now <= EXPIRING_WITHIN_MS ? 'soon' : 'later';
}

/**
 * Whether the numbers are facts to show. Airalo sends zeros for an eSIM it took back, and for one whose
 * operator reports nothing.
 */
export function hasFigures(reading: UsageReading): boolean {
  return !(reading.status.kind === 'known' && ['RECYCLED', 'UNKNOWN'].includes(reading.status.name));
}
