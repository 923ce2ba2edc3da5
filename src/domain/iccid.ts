import { z } from 'zod';

/**
 * An eSIM's number: 18 to 22 decimal digits (ITU-T E.118 allows 19, GSM stores 20, Airalo's SDKs accept up
 * to 22 and its sandbox hands out 18). Always a string: it is beyond 2^53.
 */
const iccidSchema = z
  .string()
  .regex(/^\d{18,22}$/)
  .brand<'Iccid'>();
export type Iccid = z.infer<typeof iccidSchema>;

export const ICCID_EXAMPLE = '8910000000001000019';
const SHORTEST = 18;
const LONGEST = 22;

/** Why a number looks mistyped. Only a hint: most of Airalo's sandbox numbers fail both tests. */
export type IccidHint = 'check-digit' | 'prefix';

export type IccidProblem =
  | { readonly kind: 'empty' }
  | { readonly kind: 'not-digits' }
  | { readonly kind: 'too-short'; readonly digits: number }
  | { readonly kind: 'too-long'; readonly digits: number }
  | { readonly kind: 'several'; readonly found: number };

export type IccidParse =
  | { readonly kind: 'ok'; readonly iccid: Iccid; readonly hint?: IccidHint }
  | { readonly kind: 'malformed'; readonly given: string; readonly problem: IccidProblem };

/**
 * A run of digits as people paste it: groups parted by a space, a dash, a dot or a slash, the filler `F` that some
 * tools show at the end. Letters or further digits on either side make it part of something else.
 */
const DIGIT_RUN = /(?<![\p{L}\p{N}])\d(?:[ \u00a0\u2009\u202f./\u2010-\u2015-]?\d)*[Ff]?(?![\p{L}\p{N}])/gu;
const SEPARATORS = /[\s./\u2010-\u2015-]/gu;

/** Shown back to the person, so bounded: nobody needs a pasted novel repeated. */
const LONGEST_ECHO = 60;

/** Reads the one ICCID in `text`, tolerating `ICCID:`, `tel:`, separators, a trailing `F` and words around it. */
export function parseIccid(text: string): IccidParse {
  const given = text.trim().slice(0, LONGEST_ECHO);
  const found = findIccids(text);
  const [first] = found;
  if (first !== undefined && found.length === 1) return accept(first);
  if (found.length > 1)
    return { kind: 'malformed', given, problem: { kind: 'several', found: found.length } };
  return { kind: 'malformed', given, problem: problemOf(text) };
}

/** Every distinct ICCID in a text, in order. For command arguments with several numbers and for whole messages. */
export function findIccids(text: string): Iccid[] {
  const found = new Set<Iccid>();
  for (const run of digitRuns(text)) {
    for (const candidate of splitRun(run)) {
      const parsed = iccidSchema.safeParse(candidate);
      if (parsed.success) found.add(parsed.data);
    }
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

/** Masks everything in a text that could be an ICCID; for log lines and error texts of foreign origin. */
export function maskIccidsIn(text: string): string {
  return text.replace(/\d{15,}[Ff]?/g, (digits) => maskIccid(digits.replace(/[Ff]$/, '')));
}

/** ISO/IEC 7812 check digit over all digits. */
export function luhnHolds(digits: string): boolean {
  let sum = 0;
  for (let fromRight = 0; fromRight < digits.length; fromRight++) {
    const digit = Number(digits[digits.length - 1 - fromRight]);
    const doubled = fromRight % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

function accept(iccid: Iccid): IccidParse {
  const hint = hintFor(iccid);
  return hint === undefined ? { kind: 'ok', iccid } : { kind: 'ok', iccid, hint };
}

function* digitRuns(text: string): Generator<string> {
  for (const match of text.matchAll(DIGIT_RUN)) yield match[0].replace(/[Ff]$/, '');
}

/** One run is one number in groups, or, when that would be too long, several numbers parted by single separators. */
function splitRun(run: string): string[] {
  const whole = run.replace(SEPARATORS, '');
  return whole.length <= LONGEST ? [whole] : run.split(SEPARATORS);
}

function problemOf(text: string): IccidProblem {
  const bare = text.replace(/iccid|tel/giu, '').replace(/[\s:.,;/\u2010-\u2015-]/gu, '');
  if (bare === '') return { kind: 'empty' };
  const longest = Math.max(0, ...[...digitRuns(text)].map((run) => run.replace(SEPARATORS, '').length));
  // A phone number or a year in a sentence is not an attempt at an ICCID; anything from ten digits on is.
  if (longest < 10 && !/^\d+$/.test(bare)) return { kind: 'not-digits' };
  return longest > LONGEST ? { kind: 'too-long', digits: longest } : tooShort(longest);
}

function tooShort(digits: number): IccidProblem {
  return digits >= SHORTEST ? { kind: 'not-digits' } : { kind: 'too-short', digits };
}
