import { LONGEST, plainText, SHORTEST } from './digit-text.ts';

/**
 * Finds numbers of an ICCID's length in what people paste. Pure and linear in the length of the text: it reads whole chat
 * messages from strangers.
 */

/**
 * Pattern of what parts the groups of one number: spaces, dashes, dots and the marks of bold, italic and code. Newlines, tabs, commas,
 * semicolons, bars and slashes never do.
 */
export const GAP =
  '[ .*`~_\\u00a0\\u1680\\u2000-\\u200a\\u202f\\u205f\\u3000\\u2010-\\u2015\\u2212\\ufe63\\uff0d-]';
/** `**8944** - **5001**`: the widest gap there is. */
export const WIDEST_GAP = 7;
const GAPS = new RegExp(`${GAP}+`, 'u');
const CELL_ENDS = /[\n\r\t\v\f,;|\u0085\u2028\u2029、，；،؛]/u;

/**
 * Groups of digits, with a glued `ICCID` or the like before them and the filler after them (`F`, for each digit that is missing). Letters or
 * further digits on either side make the number part of something else.
 */
const RUN = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:(?:icc|cc)id|e?sim|sn)?(?<digits>\\d+(?:${GAP}{1,${WIDEST_GAP}}\\d+)*)[FＦ]{0,4}(?![\\p{L}\\p{N}])`,
  'giu',
);

/** Words that may stand beside a number without making a sentence of it. */
const LABELS = /(?<!\p{L})(?:iccid|e?sim|tel|card|no|nr|number|f)(?!\p{L})/giu;

/** What stands in a text: numbers of 18 to 22 digits in order, as digits only, and those that a spreadsheet has changed. */
export interface NumbersRead {
  readonly numbers: readonly string[];
  /** As they were written. Their digits cannot be had back. */
  readonly changed: readonly string[];
}

/** What most people type, and what they paste out of a table. */
const ONE_NUMBER = new RegExp(`^[0-9]{${SHORTEST},${LONGEST}}$`);

/** See `NumbersRead`. */
export function numbersIn(given: string): NumbersRead {
  if (ONE_NUMBER.test(given)) return { numbers: [given], changed: [] };
  const { text, changed } = plainText(given);
  const numbers = text.split(CELL_ENDS).flatMap((cell) => {
    const runs = [...cell.matchAll(RUN)];
    // Looked at only for a single run: else a cell full of runs would be read once for each of them.
    const [only] = runs;
    const alone = only !== undefined && runs.length === 1 && standsAlone(only, cell);
    return runs.flatMap((run) => numbersInRun(digitsOf(run), alone));
  });
  return { numbers, changed };
}

/** How many digits the longest number has, of any length; 0 when there is no number. */
export function longestNumberIn(text: string): number {
  let longest = 0;
  for (const run of plainText(text).text.matchAll(RUN)) {
    longest = Math.max(longest, digitsOf(run).split(GAPS).join('').length);
  }
  return longest;
}

/** Nothing but punctuation and labels is left beside the number: an argument, or one cell of a list. */
export function saysNothingElse(text: string): boolean {
  return !/[\p{L}\p{N}]/u.test(text.replace(LABELS, ''));
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

function digitsOf(run: RegExpMatchArray): string {
  return run.groups?.digits ?? '';
}

function standsAlone(run: RegExpMatchArray, cell: string): boolean {
  const start = run.index ?? 0;
  return saysNothingElse(`${cell.slice(0, start)} ${cell.slice(start + run[0].length)}`);
}

/**
 * One run of groups may be one number in groups, several numbers, or a number beside a date or a price. A number that
 * stands alone is taken whole; in a sentence a grouped number must begin with 89, so that phone numbers are not taken.
 * What is a complete number by itself is never made longer.
 */
function numbersInRun(run: string, alone: boolean): string[] {
  const groups = run.split(GAPS);
  const whole = groups.join('');
  const parts = partsOf(groups);
  if (!alone || !fits(whole)) return parts;
  const long = groups.find((group) => group.length >= SHORTEST);
  if (long !== undefined) return partedBeforeItsEnd(run, whole, long) ? [whole] : parts;
  if (!whole.startsWith('89')) return parts.length === 0 && evenlyParted(run, groups) ? [whole] : parts;
  return oneTooMany(groups, whole) ? [groups.slice(0, -1).join('')] : [whole];
}

/** A card's print sets the check digit apart; and no complete number begins in the middle of one that begins with 89. */
function partedBeforeItsEnd(run: string, whole: string, long: string): boolean {
  if (!whole.startsWith('89')) return false;
  if (!long.startsWith('89')) return run.startsWith(whole.slice(0, whole.length - long.length));
  return /^\d{18} \d$/u.test(run) && luhnHolds(whole) && !luhnHolds(long);
}

/** A lone digit behind groups that are a number without it: a quantity, or the column after it. */
function oneTooMany(groups: readonly string[], whole: string): boolean {
  const rest = groups.slice(0, -1);
  if (groups.at(-1)?.length !== 1 || !fits(rest.join('')) || luhnHolds(whole)) return false;
  return luhnHolds(rest.join('')) || (rest.at(-1)?.length ?? 0) < (rest[0]?.length ?? 0);
}

/** Numbers one after the other: each a long group by itself, or short groups that begin with 89. */
function partsOf(groups: readonly string[]): string[] {
  const parts: string[] = [];
  for (let start = 0; start < groups.length; ) {
    const eid = endOfEid(groups, start);
    if (eid !== undefined) {
      start = eid;
      continue;
    }
    const end = endOfNumber(groups, start);
    if (end !== undefined) parts.push(groups.slice(start, end).join(''));
    start = end ?? start + 1;
  }
  return parts;
}

/** SGP.02: the number of the chip (EID) has 32 digits, and begins with 89 as well. In groups it must not be taken for shorter numbers. */
const EID_DIGITS = 32;

function endOfEid(groups: readonly string[], start: number): number | undefined {
  if (!groups[start]?.startsWith('89')) return undefined;
  let digits = 0;
  for (let end = start; end < groups.length && digits < EID_DIGITS; end++) {
    const length = groups[end]?.length ?? 0;
    if (length >= SHORTEST) return undefined;
    digits += length;
    if (digits !== EID_DIGITS) continue;
    // Where short groups go on, these are numbers in a row.
    const ends = end + 1 === groups.length || (groups[end + 1]?.length ?? 0) >= SHORTEST;
    return ends && evenly(groups.slice(start, end + 1)) ? end + 1 : undefined;
  }
  return undefined;
}

function endOfNumber(groups: readonly string[], start: number): number | undefined {
  const first = groups[start] ?? '';
  if (first.length >= SHORTEST) return fits(first) ? start + 1 : undefined;
  const ends: { readonly end: number; readonly holds: boolean; readonly closed: boolean }[] = [];
  let digits = '';
  for (let next = start; next < groups.length; next++) {
    const group = groups[next] ?? '';
    digits += group;
    if (group.length >= SHORTEST || digits.length > LONGEST || !'89'.startsWith(digits.slice(0, 2))) break;
    if (!fits(digits)) continue;
    const closed = next + 1 === groups.length || mayBegin(groups, next + 1);
    ends.push({ end: next + 1, holds: luhnHolds(digits), closed });
  }
  const even = ends.find(({ end, holds, closed }) => holds && closed && evenly(groups.slice(start, end)));
  const best = even ?? ends.find(({ holds }) => holds) ?? ends.find(({ closed }) => closed) ?? ends[0];
  return best?.end;
}

/** A group that begins with 89 may be the middle of a number, unless there are digits enough for one behind it. */
function mayBegin(groups: readonly string[], at: number): boolean {
  // No more groups than there are digits in a number: the rest may be a text of any length.
  return groups[at]?.startsWith('89') === true && groups.slice(at, at + SHORTEST).join('').length >= SHORTEST;
}

/** All as long as the first, the last one perhaps shorter. */
function evenly(groups: readonly string[]): boolean {
  const size = groups[0]?.length ?? 0;
  return groups.every(
    ({ length }, place) => length === size || (place === groups.length - 1 && length < size),
  );
}

function fits(digits: string): boolean {
  return digits.length >= SHORTEST && digits.length <= LONGEST;
}

/** `8730 0000 …` or `8730-0000-…`, but not `2026-11-23 4711 …` nor `2026-11-23-14-20-05-1234`. */
function evenlyParted(run: string, groups: readonly string[]): boolean {
  const gaps = run.split(/\d+/u).filter((gap) => gap !== '');
  return evenly(groups) && gaps.every((gap) => gap === gaps[0]);
}
