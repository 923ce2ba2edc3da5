import { luhnHolds } from '../../domain/iccid.ts';

/** An invented eSIM: what `GET usage` says of it, and what that shows in the demo. */
export interface SimulatedEsim {
  /** 18 to 22 digits, invented; two have 20 digits, as many real ones do. */
  readonly iccid: string;
  /** One line for the demo's list. */
  readonly shows: string;
  /** The `data` of a 200; `reads` counts those before this one, so that a figure can move. */
  usage(reads: number): Readonly<Record<string, unknown>>;
  /**
   * The first question is refused, as when another system of the company has just asked. Absent: it
   * is answered.
   */
  readonly usedUp?: boolean;
}

/** Every key that Airalo marks as required; zeros where a plan has nothing. */
const BASE = {
  remaining: 0,
  total: 0,
  expired_at: null,
  is_unlimited: false,
  status: 'ACTIVE',
  remaining_voice: 0,
  remaining_text: 0,
  total_voice: 0,
  total_text: 0,
} as const;
const DAY_MS = 24 * 60 * 60 * 1000;
/** Begins with 89, as every ICCID does; no operator has this number. */
const GENERATED_PREFIX = '89100000000020';

/**
 * Airalo's zone-less form. Its zone is not documented; package history gives the same instants in
 * UTC.
 */
function inDays(startAt: number, days: number): string {
  return new Date(startAt + days * DAY_MS).toISOString().slice(0, 19).replace('T', ' ');
}

/** The documented body of every status, and the undocumented ones that were seen. Dates lie around `startAt`. */
export function demoEsims(startAt: number): SimulatedEsim[] {
  const fixed = (iccid: string, shows: string, data: Record<string, unknown>): SimulatedEsim => ({
    iccid,
    shows,
    usage: () => ({ ...BASE, ...data }),
  });
  return [
    {
      iccid: '8910000000001000019',
      shows: 'a data plan in use; a little less each time it is read',
      usage: (reads) => ({
        ...BASE,
        remaining: Math.max(0, 1331 - 53 * reads),
        total: 5120,
        expired_at: inDays(startAt, 11),
      }),
    },
    {
      ...fixed('8910000000001000092', 'refused at first: a promise, and the answer arrives by itself', {
        remaining: 2662,
        total: 3072,
        expired_at: inDays(startAt, 6),
      }),
      usedUp: true,
    },
    fixed('8910000000001000027', 'an unlimited plan (zeros that mean nothing)', {
      is_unlimited: true,
      expired_at: inDays(startAt, 7),
    }),
    fixed('8910000000001000035', 'data, calls and texts', {
      remaining: 8192,
      total: 10_240,
      remaining_voice: 63,
      total_voice: 100,
      remaining_text: 41,
      total_text: 50,
      expired_at: inDays(startAt, 26),
    }),
    fixed('8910000000001000043', 'not started yet', { status: 'NOT_ACTIVE', remaining: 3072, total: 3072 }),
    fixed('8910000000001000050', 'used up', {
      status: 'FINISHED',
      total: 1024,
      expired_at: inDays(startAt, 3),
    }),
    fixed('8910000000001000068', 'withdrawn by its operator (RECYCLED)', {
      status: 'RECYCLED',
      is_unlimited: null,
    }),
    fixed('8910000000001000076', 'expired', {
      status: 'EXPIRED',
      remaining: 204,
      total: 3072,
      expired_at: inDays(startAt, -9),
    }),
    fixed('8910000000001000084', 'an operator that reports nothing (UNKNOWN)', { status: 'UNKNOWN' }),
    fixed('89852000000000100014', 'unlimited, with numbers that mean nothing', {
      is_unlimited: true,
      remaining: 911,
      total: 2048,
      expired_at: inDays(startAt, 2),
    }),
    fixed('89852000000000100022', 'a status nobody knows (SUSPENDED)', {
      status: 'SUSPENDED',
      remaining: 700,
      total: 1024,
      // Airalo's docs: fields may be added at any time.
      suspended_by: 'operator',
      expired_at: inDays(startAt, 20),
    }),
  ];
}

/**
 * The `index`-th of any number of further eSIMs, 19 digits with a true check digit. Below 10,000,
 * or the number grows longer. They all answer the same figures: for load, not for looking at.
 */
export function generatedEsim(index: number): SimulatedEsim {
  const stem = `${GENERATED_PREFIX}${String(index).padStart(4, '0')}`;
  const iccid = [...'0123456789'].map((digit) => stem + digit).find(luhnHolds) ?? `${stem}0`;
  const usage = { ...BASE, remaining: 500, total: 1024 };
  return { iccid, shows: 'one of many', usage: () => usage };
}
