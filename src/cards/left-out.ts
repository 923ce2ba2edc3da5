import type { Iccid } from '../domain/iccid.ts';
import type { Line } from './card.ts';
import type { Words } from './words.ts';

/** What of a question is not answered, and why. */
export interface LeftOut {
  /** Beyond what one answer takes. */
  readonly iccids: readonly Iccid[];
  /** Changed by a spreadsheet (`8.94E+18`); as they were written, foreign. */
  readonly changed: readonly string[];
}

/** Says what is left out beside answers about `most` eSIMs; undefined where nothing is. */
export function leftOutLine(
  { chat }: Pick<Words, 'chat'>,
  { iccids, changed }: LeftOut,
  most: number,
): Line | undefined {
  const more = iccids.length === 0 ? [] : chat.leftOut(most, iccids);
  const lost = changed.length === 0 ? [] : chat.changed(changed);
  const parted = more.length > 0 && lost.length > 0 ? [' '] : [];
  return more.length + lost.length === 0 ? undefined : [...more, ...parted, ...lost];
}
