/**
 * Turns a text as chats, mail programs and spreadsheets write it into one whose numbers are plain digits. Pure and linear: every
 * pattern is bounded, since the text comes from strangers.
 */

/** A text made plain, and the numbers in it that have lost digits. */
export interface PlainText {
  readonly text: string;
  /** As they were written: `8.91E+18`, `8,944,500,102,198,760,000`. They are not in `text` any more. */
  readonly changed: readonly string[];
}

/** ITU-T E.118 has 19 digits at most; Airalo's own SDK takes 18 to 22, and sandbox eSIMs have had 18. */
export const SHORTEST = 18;
/** See `SHORTEST`. */
export const LONGEST = 22;

/** Marks that nobody sees, and what makes an emoji of a digit: phones and mail programs put them into a copied number. */
const UNSEEN = /\p{Cf}|\p{Variation_Selector}|\u034f|\u115f|\u1160|\u20e3|\u3164|\uffa0/gu;
const FOREIGN_DIGIT = /[^\P{Nd}0-9]/gu;
const DECIMAL = /\p{Nd}/u;

/** What mail programs leave in a text: only the entities that can part digits. */
const ENTITIES =
  /&(?:(?:nbsp|thinsp|ensp|emsp|#160|#8201|#8239|#x0*a0|#x202f)|(zwnj|zwj|shy|#8203|#x200b|#173)|(ndash|mdash|#8211|#45));/giu;
/** What parts things in an address: `%3A`, `%20`, but no letter and no digit. */
const ESCAPED = /%(?:0[9AD]|2[0-9A-F]|3[A-F]|5[B-F]|7[B-E])/giu;
/** A part of a number that the client took for a telephone number, as Slack and Markdown write it. */
const TELEPHONE = /<tel:([^<>|\s]{0,60})(?:\|([^<>|]{0,60}))?>|\[([^[\]]{0,60})\]\(tel:[^()\s]{0,60}\)/giu;
/** Tags that say how a text looks part no number; any other tag does. */
const INLINE_TAG = /<\/?(?:b|i|u|s|em|strong|span|font|code|mark|wbr|small)(?:\s[^<>]{0,200})?\/?>/giu;
const BLOCK_TAG = /<\/?(?:br|p|div|t[dhr]|li|ul|ol|table|tbody|h[1-6])(?:\s[^<>]{0,200})?\/?>/giu;
/** What chat clients write for mentions, emoji and links to messages: full of ids as long as an ICCID. */
const CHAT_MARKUP =
  /<(?:[@#!:]|a:|t:|id:)[^<>\s]*>|https?:\/\/(?:\w{1,20}\.)?discord(?:app)?\.(?:com|net)\/\S*/giu;

/** `8.91E+18`, `8,91e18`, `8.91 × 10^18`, `8.91*10**18`, `8.91·10¹⁸`. */
const SCIENTIFIC =
  /(?<![\p{L}\p{N}]|\d[.,٫．])(?<whole>\d{1,22})(?:[.,٫．](?<part>\d{0,22}))?(?:\s?[EＥ]\s?[+＋]?\s?0{0,3}(?<power>\d{1,2})|\s?[×x*·⋅]\s?10(?:\s?(?:\^|\*\*)\s?\+?(?<raised>\d{1,2})|(?<above>[⁰¹²³⁴-⁹]{1,2})))(?![\p{L}\p{N}])/giu;
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';
/** Groups as programs write numbers: by threes, by fours (East Asia), by twos with a last three (South Asia); with decimals or none. */
const GROUPED =
  /(?<![\p{L}\p{N}]|\d[,'’٬. \u00a0\u202f])(?<number>\d{1,3}(?:(?<by>[,'’٬. \u00a0\u2009\u202f])\d{3})(?:\k<by>\d{3}){4,6}|\d{1,4}(?:,\d{4}){4,5}|\d{1,2}(?:,\d{2}){7,9},\d{3})(?<decimals>[.,٫]0{1,6})?(?![\p{L}\p{N}]|[,'’٬.]\d)/giu;
/** `8910000000001000019.0`, as programs write a number that went through floating point. */
const WITH_DECIMALS = /(?<![\p{L}\p{N}]|\d[.,])(?<number>\d{18,22})[.,٫]0{1,6}(?![\p{L}\p{N}])/giu;
/** Between groups of a number these are also how people write; all others are a program's. */
const PEOPLES_GAP = /^[. \u00a0\u2009\u202f]$/u;

/** See `PlainText`. */
export function plainText(given: string): PlainText {
  const changed: string[] = [];
  const text = plainDigits(given)
    .replace(ENTITIES, (_, unseen?: string, dash?: string) => (unseen ? '' : dash ? '-' : ' '))
    .replace(ESCAPED, (sign) => (sign === '%20' ? ' ' : '\n'))
    .replace(TELEPHONE, (_, bare = '', label?: string, markdown?: string) => label ?? markdown ?? bare)
    .replace(CHAT_MARKUP, '\n')
    .replace(INLINE_TAG, '')
    .replace(BLOCK_TAG, '\n')
    .replace(SCIENTIFIC, (match: string, ...rest: unknown[]) => scientific(match, rest, changed))
    .replace(GROUPED, (match: string, ...rest: unknown[]) => grouped(match, rest, changed))
    .replace(WITH_DECIMALS, (match: string, number: string) =>
      wentThroughFloat(number) ? lost(match, changed) : number,
    );
  return { text, changed };
}

/** Digits of any script as plain ones; marks that cannot be seen go. */
export function plainDigits(text: string): string {
  return text.replace(UNSEEN, '').replace(FOREIGN_DIGIT, (digit) => String(decimalOf(digit)));
}

/** Unicode keeps the decimal digits of each script together and in order (stability policy), so the place tells the value. */
function decimalOf(digit: string): number {
  const code = digit.codePointAt(0) ?? 0;
  let first = code;
  while (DECIMAL.test(String.fromCodePoint(first - 1))) first--;
  return (code - first) % 10;
}

function lost(match: string, changed: string[]): string {
  changed.push(match.trim());
  return '\n';
}

function scientific(match: string, rest: readonly unknown[], changed: string[]): string {
  const { whole = '', part = '', power, raised, above } = namedOf(rest);
  const exponent = Number(
    power ?? raised ?? [...(above ?? '')].map((one) => SUPERSCRIPTS.indexOf(one)).join(''),
  );
  const length = whole.length + exponent;
  if (length < SHORTEST || length > LONGEST) return match;
  // Every digit is there: written so by a database, and nothing is lost.
  return whole.length + part.length === length ? `${whole}${part}` : lost(match, changed);
}

function grouped(match: string, rest: readonly unknown[], changed: string[]): string {
  const { number = '', by = ',', decimals } = namedOf(rest);
  const digits = number.replace(/\D/gu, '');
  // No program writes both with the same sign: it is a last group.
  if (decimals?.startsWith(by)) return match;
  const peoples = PEOPLES_GAP.test(by) && decimals === undefined;
  // Six numbers of three digits in a row are a list; the number of an eSIM begins with 89.
  if (!digits.startsWith('89') || digits.length < SHORTEST || digits.length > LONGEST) return match;
  if (wentThroughFloat(digits) && !(peoples && evenFromTheLeft(number))) return lost(match, changed);
  return peoples ? match : digits;
}

/** `891 000 …` may be somebody's groups of three; `8 910 000 …` is a program's. */
function evenFromTheLeft(number: string): boolean {
  return /^\d{3}/u.test(number);
}

/**
 * Whether a number of that many digits is one that floating point can hold exactly (one in a hundred to a thousand by chance), or has
 * at most 16 digits before its zeros, as spreadsheets cut it. Asked only of numbers that a program has formatted as an amount.
 */
function wentThroughFloat(digits: string): boolean {
  return digits.replace(/0+$/u, '').length <= 16 || BigInt(Number(digits)) === BigInt(digits);
}

function namedOf(rest: readonly unknown[]): Record<string, string | undefined> {
  const groups = rest.at(-1);
  if (typeof groups !== 'object' || groups === null) return {};
  return Object.fromEntries(
    Object.entries(groups).map(([name, value]) => [name, typeof value === 'string' ? value : undefined]),
  );
}
