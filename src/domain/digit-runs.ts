/**
 * Finds numbers of an ICCID's length in what people paste. Pure and linear in the length of the text: it reads whole chat
 * messages from strangers.
 */

/** ITU-T E.118 has 19 digits at most; Airalo's own SDK takes 18 to 22, and sandbox eSIMs have had 18. */
export const SHORTEST = 18;
/** See `SHORTEST`. */
export const LONGEST = 22;

/** Pattern of what parts the groups of one number: spaces, dashes and dots. Newlines, tabs, commas, semicolons, bars and slashes never do. */
export const GAP = '[ .\\u00a0\\u2007\\u2009\\u202f\\u3000\\u2010-\\u2015\\u2212\\uff0d-]';
const GAPS = new RegExp(`${GAP}+`, 'u');
const CELL_ENDS = /[\n\r\t,;|\u2028\u2029、，；]/u;

/**
 * Groups of digits, with a glued `ICCID` before them and the filler `F` after them. Letters or further digits on either
 * side make the number part of something else.
 */
const RUN = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:iccid)?(?<digits>\\d+(?:${GAP}{1,3}\\d+)*)F?(?![\\p{L}\\p{N}])`,
  'giu',
);

/** Words that may stand beside a number without making a sentence of it. */
const LABELS = /(?<!\p{L})(?:iccid|e?sim|tel|card|no|nr|number|f)(?!\p{L})/giu;

/** What chat clients write for mentions, emoji and links to messages: full of ids as long as an ICCID. */
const CHAT_MARKUP = /<(?:[@#!:]|a:|t:|id:)[^<>\s]*>|https?:\/\/(?:\w+\.)?discord(?:app)?\.com\/\S*/giu;

/** Every number of 18 to 22 digits in the text, in order, as digits only. */
export function numbersIn(text: string): string[] {
  return cellsOf(text).flatMap((cell) => {
    const runs = [...cell.matchAll(RUN)];
    // Looked at only for a single run: else a cell full of runs would be read once for each of them.
    const [only] = runs;
    const alone = only !== undefined && runs.length === 1 && standsAlone(only, cell);
    return runs.flatMap((run) => numbersInRun(digitsOf(run), alone));
  });
}

/** How many digits the longest number has, of any length; 0 when there is no number. */
export function longestNumberIn(text: string): number {
  let longest = 0;
  for (const run of tidy(text).matchAll(RUN)) {
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

function cellsOf(text: string): string[] {
  return tidy(text).split(CELL_ENDS);
}

/** Full-width digits become plain ones; marks that cannot be seen go (phones put them around a copied number). */
function tidy(text: string): string {
  return text
    .replace(/\p{Cf}/gu, '')
    .replace(/[\uff10-\uff19]/gu, (digit) => String(digit.charCodeAt(0) - 0xff10))
    .replace(CHAT_MARKUP, '\n');
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
 */
function numbersInRun(run: string, alone: boolean): string[] {
  const groups = run.split(GAPS);
  const parts = partsOf(groups);
  const whole = groups.join('');
  if (!fits(whole) || !alone) return parts;
  const long = groups.find((group) => group.length >= SHORTEST);
  if (whole.startsWith('89')) return long && luhnHolds(long) && !luhnHolds(whole) ? parts : [whole];
  return parts.length === 0 && evenlyParted(run) ? [whole] : parts;
}

/** Numbers one after the other: each a long group by itself, or short groups that begin with 89. */
function partsOf(groups: readonly string[]): string[] {
  const parts: string[] = [];
  for (let start = 0; start < groups.length; ) {
    const end = endOfNumber(groups, start);
    if (end !== undefined) parts.push(groups.slice(start, end).join(''));
    start = end ?? start + 1;
  }
  return parts;
}

function endOfNumber(groups: readonly string[], start: number): number | undefined {
  const first = groups[start] ?? '';
  if (first.length >= SHORTEST) return fits(first) ? start + 1 : undefined;
  const ends: number[] = [];
  let digits = '';
  for (let next = start; next < groups.length; next++) {
    const group = groups[next] ?? '';
    digits += group;
    if (group.length >= SHORTEST || digits.length > LONGEST || !'89'.startsWith(digits.slice(0, 2))) break;
    if (!fits(digits)) continue;
    if (luhnHolds(digits)) return next + 1;
    ends.push(next + 1);
  }
  return ends.find((end) => end === groups.length || groups[end]?.startsWith('89')) ?? ends[0];
}

function fits(digits: string): boolean {
  return digits.length >= SHORTEST && digits.length <= LONGEST;
}

/** `8730 0000 …` or `8730-0000-…`, but not `2026-11-23 4711 …`. */
function evenlyParted(run: string): boolean {
  const gaps = run.split(/\d+/u).filter((gap) => gap !== '');
  return gaps.every((gap) => gap === gaps[0]);
}
