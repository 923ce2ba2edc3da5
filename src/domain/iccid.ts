import { z } from 'zod';
import { GAP, longestNumberIn, luhnHolds, numbersIn, saysNothingElse, WIDEST_GAP } from './digit-runs.ts';
import { LONGEST, plainDigits, SHORTEST } from './digit-text.ts';

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
  /** `8.91E+18`, `8,944,500,102,198,760,000.00`: a spreadsheet has changed digits. */
  | { readonly kind: 'rounded' };

/** What a text that should be one ICCID comes to. */
export type IccidParse =
  | { readonly kind: 'ok'; readonly iccid: Iccid; readonly hint?: IccidHint }
  | { readonly kind: 'malformed'; readonly given: string; readonly problem: IccidProblem };

/** Shown back to the person, so bounded: nobody needs a pasted novel repeated. */
const MAX_ECHO = 60;
/** Fewer digits than this among words are a year or a price, no attempt at an ICCID. */
const SHORTEST_ATTEMPT = 10;

/** Every ICCID of a text, and the numbers in it that cannot be one any more. */
export interface IccidsRead {
  /** Distinct, in order. */
  readonly iccids: readonly Iccid[];
  /** What a spreadsheet has changed, as it was written (`8.91E+18`); foreign, unescaped, bounded. */
  readonly changed: readonly string[];
}

/** A text that is an ICCID and nothing else, as the parser leaves it; undefined for any other. */
export function asIccid(text: string): Iccid | undefined {
  return iccidSchema.safeParse(text).data;
}

/** Reads the one ICCID in `text`, tolerating `ICCID:`, `tel:`, separators, a trailing `F` and words around it. */
export function parseIccid(text: string): IccidParse {
  const { iccids, changed } = readIccids(text);
  const [first] = iccids;
  if (first !== undefined && iccids.length === 1) return accept(first);
  const problem: IccidProblem =
    iccids.length > 1
      ? { kind: 'several', found: iccids.length }
      : changed.length > 0
        ? { kind: 'rounded' }
        : problemOf(text);
  return { kind: 'malformed', given: beginningOf(text), problem };
}

/** See `findIccids`; tells as well what looks like an ICCID and has lost its digits. */
export function readIccids(text: string): IccidsRead {
  const { numbers, changed } = numbersIn(text);
  const found = new Set<Iccid>();
  for (const candidate of numbers) {
    const parsed = iccidSchema.safeParse(candidate);
    if (parsed.success) found.add(parsed.data);
  }
  return { iccids: [...found], changed: changed.map(beginningOf) };
}

/**
 * Every distinct ICCID in a text, in order. For command arguments with several numbers and for whole messages. Digits of any script
 * may be grouped by spaces, dashes, dots or marks of emphasis, or as a program groups an amount; newlines, other commas and semicolons
 * always part two numbers.
 */
export function findIccids(text: string): Iccid[] {
  return [...readIccids(text).iccids];
}

/** The first `most` of several, and how many are left for another question: nothing is refused for being too much at once. */
export function takeFirst(
  iccids: readonly Iccid[],
  most: number,
): { readonly asked: readonly Iccid[]; readonly leftOut: readonly Iccid[] } {
  return { asked: iccids.slice(0, most), leftOut: iccids.slice(most) };
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

/** From 15 digits in one piece, or 18 in groups; of any script. */
const MASKABLE = new RegExp(
  `(?:\\p{Nd}(?:[\\p{Cf}${GAP.slice(1)}{0,${WIDEST_GAP}}\\p{Nd}){17,}|\\p{Nd}{1,4}(?:[,'’٬]\\p{Nd}{3,4}){4,7}|\\p{Nd}{1,2}(?:,\\p{Nd}{2}){7,9},\\p{Nd}{3}|\\p{Nd}{15,})F?`,
  'giu',
);

/** The fewest digits of a `MASKABLE`: an amount in groups. */
const FEWEST_DIGITS = 13;

/**
 * False for a text that holds nothing `MASKABLE`, which most log lines are: the pattern takes a twentieth of a cached answer's time. No form
 * of a number has a letter, a colon or a quotation mark in it; what is not ASCII may be a digit.
 */
function mayBeMaskable(text: string): boolean {
  let digits = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > 127 || (code >= 48 && code <= 57)) digits++;
    else if (code === 34 || code === 58 || (code >= 65 && code <= 90) || (code >= 97 && code <= 122))
      digits = 0;
    if (digits === FEWEST_DIGITS) return true;
  }
  return false;
}

/** Masks everything in a text that could be an ICCID; for log lines and error texts of foreign origin. */
export function maskIccidsIn(text: string): string {
  if (!mayBeMaskable(text)) return text;
  return text.replace(MASKABLE, (number) => maskIccid(plainDigits(number).replace(/\D/gu, '')));
}

function accept(iccid: Iccid): IccidParse {
  const hint = hintFor(iccid);
  return hint === undefined ? { kind: 'ok', iccid } : { kind: 'ok', iccid, hint };
}

/** Counted in code points, so that no character is cut in two. */
function beginningOf(text: string): string {
  return [...text.trim().slice(0, 2 * MAX_ECHO)].slice(0, MAX_ECHO).join('');
}

function problemOf(text: string): IccidProblem {
  if (saysNothingElse(text)) return { kind: 'empty' };
  const digits = longestNumberIn(text);
  const onlyDigits = !/\p{L}/u.test(text.replace(/iccid|tel/giu, ''));
  if (digits === 0 || (digits < SHORTEST_ATTEMPT && !onlyDigits)) return { kind: 'not-digits' };
  if (digits < SHORTEST) return { kind: 'too-short', digits };
  return digits > LONGEST ? { kind: 'too-long', digits } : { kind: 'not-digits' };
}
