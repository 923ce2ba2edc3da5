import { distance } from 'fastest-levenshtein';
import type { Cleaned } from './cleaned.ts';

/** So many letters off, and it is one of ours misspelt. */
const MAX_LETTERS = 2;
/** A short name has neighbours that mean something else (`STORE_URI`, `LOGLEVEL`): one letter, and the same beginning. */
const LONG = 10;
/** Too short to be told from other words. */
const NEVER = new Set(['HOST', 'PORT']);
/** Widely used names of other programs that are within two letters of ours. */
const OTHERS = new Set(['SLACK_API_TOKEN', 'LOGLEVEL', 'LOG_LEVELS']);

/**
 * A sentence for each name that is nearly one of `names`: a setting that is ignored for its spelling can leave access open. Every
 * other name is left alone: it may be another program's.
 */
export function misspeltNames(env: Cleaned, names: readonly string[]): string[] {
  return Object.keys(env).flatMap((name) => {
    if (names.includes(name) || OTHERS.has(name)) return [];
    const meant = nearest(name, names);
    return meant === undefined
      ? []
      : [`${name} is no setting: did you mean ${meant}? Rename it, or take it away`];
  });
}

/** The nearest name of ours that is near enough; undefined for a word of its own. */
function nearest(given: string, names: readonly string[]): string | undefined {
  const name = given.toUpperCase();
  const near = names
    .filter((ours) => !NEVER.has(ours))
    .map((ours) => ({ ours, off: distance(name, ours) }))
    .filter(({ ours, off }) =>
      ours.length >= LONG
        ? off <= MAX_LETTERS
        : off <= 1 && (firstWord(name) === firstWord(ours) || name === ours.replace('_', '')),
    )
    .sort((a, b) => a.off - b.off);
  return near[0]?.ours;
}

function firstWord(name: string): string {
  return name.split('_', 1).join();
}
