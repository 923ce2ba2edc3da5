import type { Tone } from './card.ts';

/** A sign for those who do not see the colour, and where there is none; what it means is said in words as well. */
export const SIGNS: Readonly<Record<Tone, string>> = {
  good: '🟢',
  low: '🟠',
  attention: '🟡',
  bad: '🔴',
  neutral: '⚪',
  waiting: '🕒',
};
