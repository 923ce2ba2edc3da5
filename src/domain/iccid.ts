import { z } from 'zod';
import {
  GAP,
  LONGEST,
  longestNumberIn,
  luhnHolds,
  numbersIn,
  SHORTEST,
  saysNothingElse,
} from './digit-runs.ts';

export { luhnHolds };

/**
 * An eSIM's number: 18 to 22 decimal digits (ITU-T E.118 allows 19, GSM stores 20, Airalo's SDKs accept up
 * to 22 and its sandbox hands out 18). Always a string: it is beyond 2^53.
 */
const iccidSchema = z
  .string()
  .regex(/^\d{18,22}$/)
  .brand<'Iccid'>();
/** A number that is one for sure: 18 to 22 digits, nothing else. Only the parser makes them. */
export type Iccid = z.infer<typeof iccidSchema>;

/** For examples: nobody has it, and the simulator does. */
export const ICCID_EXAMPLE = '8910000000001000019';

/** Why a number looks mistyped. Only a hint: most of Airalo's sandbox numbers fail both tests. */
export type IccidHint = 'check-digit' | 'prefix';

/** Why a text is no ICCID, for the words that say so. */
export type IccidProblem =
  | { readonly kind: 'empty' }
  | { readonly kind: 'not-digits' }
  | { readonly kind: 'too-short'; readonly digits: number }
  | { readonly kind: 'too-long'; readonly digits: number }
  | { readonly kind: 'several'; readonly found: number }
  /** `8.91E+18`: a spreadsheet has thrown digits away. */
  | { readonly kind: 'rounded' };

/** What a text that should be one ICCID comes to. */
export type IccidParse =
  | { readonly kind: 'ok'; readonly iccid: Iccid; readonly hint?: IccidHint }
  | { readonly kind: 'malformed'; readonly given: string; readonly problem: IccidProblem };

/** Shown back to the person, so bounded: nobody needs a pasted novel repeated. */
const LONGEST_ECHO = 60;
/** Fewer digits than this among words are a year or a price, no attempt at an ICCID. */
const SHORTEST_ATTEMPT = 10;
const ROUNDED = /\d[.,]\d+\s?E\+?\d\d/iu;

/** Reads the one ICCID in `text`, tolerating `ICCID:`, `tel:`, separators, a trailing `F` and words around it. */
export function parseIccid(text: string): IccidParse {
  const found = findIccids(text);
  const [first] = found;
  if (first !== undefined && found.length === 1) return accept(first);
  const problem: IccidProblem = found.length > 1 ? { kind: 'several', found: found.length } : problemOf(text);
  return { kind: 'malformed', given: beginningOf(text), problem };
}

/**
 * Every distinct ICCID in a text, in order. For command arguments with several numbers and for whole messages. Digits may
 * be grouped by spaces, dashes or dots; newlines, commas and semicolons always part two numbers.
 */
export function findIccids(text: string): Iccid[] {
  const found = new Set<Iccid>();
  for (const candidate of numbersIn(text)) {
    const parsed = iccidSchema.safeParse(candidate);
    if (parsed.success) found.add(parsed.data);
  }
  return [...found];
}

/** What a check of the number itself would remark, if anything. */
export function hintFor(iccid: Iccid): IccidHint | undefined {
  if (!luhnHolds(iccid)) return 'check-digit';
  return iccid.startsWith('89') ? undefined : 'prefix';
}

/** The form for public places, logs and metrics: the last four digits. */
export function maskIccid(iccid: string): string {
  return `…${iccid.slice(-4)}`;
}

/** From 15 digits in one piece, or 18 in groups. */
const MASKABLE = new RegExp(`(?:\\d(?:${GAP}{0,3}\\d){17,}|\\d{15,})F?`, 'giu');

/** Masks everything in a text that could be an ICCID; for log lines and error texts of foreign origin. */
export function maskIccidsIn(text: string): string {
  return text.replace(MASKABLE, (number) => maskIccid(number.replace(/\D/gu, '')));
}

function accept(iccid: Iccid): IccidParse {
  const hint = hintFor(iccid);
  return hint === undefined ? { kind: 'ok', iccid } : { kind: 'ok', iccid, hint };
}

/** Counted in code points, so that no character is cut in two. */
function beginningOf(text: string): string {
  return [...text.trim().slice(0, 2 * LONGEST_ECHO)].slice(0, LONGEST_ECHO).join('');
}

function problemOf(text: string): IccidProblem {
  if (saysNothingElse(text)) return { kind: 'empty' };
  if (ROUNDED.test(text)) return { kind: 'rounded' };
  const digits = longestNumberIn(text);
  const onlyDigits = !/\p{L}/u.test(text.replace(/iccid|tel/giu, ''));
  if (digits === 0 || (digits < SHORTEST_ATTEMPT && !onlyDigits)) return { kind: 'not-digits' };
  if (digits < SHORTEST) return { kind: 'too-short', digits };
  return digits > LONGEST ? { kind: 'too-long', digits } : { kind: 'not-digits' };
}
