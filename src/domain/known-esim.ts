import type { Iccid } from './iccid.ts';
import { topicOf } from './topic.ts';

/** An eSIM that somebody may find again: they asked about it, or the team gave it a name. */
export interface KnownEsim {
  readonly iccid: Iccid;
  readonly name?: string;
  /** When the person last asked about it; epoch ms. Absent for what they know by its name alone. */
  readonly askedAt?: number;
}

/** How much of a query must fit: all of it, or a part of the name as well. */
export type Fit = 'exact' | 'part';

const MAX_NAME = 40;
/** Letters and digits of any script, parted by single blanks, dashes or underscores. */
const NAME = /^[\p{L}\p{N}\p{M}]+(?:[ _-][\p{L}\p{N}\p{M}]+)*$/u;
/** Would be taken for something else where a name is typed. */
const RESERVED = new Set(['help', 'remove', 'stop', 'quit', 'exit', 'tell', 'cancel']);
/** Fewer digits fit too many eSIMs; as many as an ICCID has are one. */
const LAST_DIGITS = /^\d{4,17}$/;
const SHORTEST_PART = 2;

/**
 * A name as people write it, tidied: 1 to 40 letters and digits, with blanks, dashes or underscores in between. Undefined for what could be
 * mistaken for a number or a command, and for any other text.
 */
export function readName(text: string): string | undefined {
  const name = text.normalize('NFKC').trim().replace(/\s+/gu, ' ');
  if (name.length > MAX_NAME || !NAME.test(name)) return undefined;
  const spoken = name.split(/[ _-]/u);
  if (spoken.every((part) => /^\p{N}+$/u.test(part))) return undefined;
  const words = name.toLowerCase().split(' ');
  const [first = ''] = words;
  const mistaken = topicOf(first) !== undefined || topicOf(words.at(-1) ?? '') !== undefined;
  return mistaken || RESERVED.has(name.toLowerCase()) ? undefined : name;
}

/** Two names with the same key are the same name. */
export function nameKey(name: string): string {
  return name.normalize('NFKC').trim().replace(/\s+/gu, ' ').toLowerCase();
}

/** Whether a text may be a way to name an eSIM at all: most of what people write is not, and need not be looked up. */
export function mayNameEsim(text: string): boolean {
  const asked = text.trim();
  return LAST_DIGITS.test(asked) || (asked.length <= MAX_NAME && NAME.test(asked.normalize('NFKC')));
}

/** Those that a query fits, the most recently asked about first: by their last digits (four or more) or by their name. */
export function fitting(query: string, known: readonly KnownEsim[], fit: Fit): KnownEsim[] {
  const asked = nameKey(query);
  const fits = ({ iccid, name }: KnownEsim): boolean => {
    if (LAST_DIGITS.test(asked) && iccid.endsWith(asked)) return true;
    if (name === undefined) return false;
    if (nameKey(name) === asked) return true;
    return fit === 'part' && asked.length >= SHORTEST_PART && nameKey(name).includes(asked);
  };
  return known.filter(fits).toSorted((a, b) => (b.askedAt ?? 0) - (a.askedAt ?? 0));
}
