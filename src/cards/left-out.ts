import { type Iccid, readIccids } from '../domain/iccid.ts';
import type { Line } from './card.ts';
import type { Words } from './words.ts';

/**
 * What of a question is not answered, and why: beyond the first `most`, or changed by a spreadsheet (`8.94E+18`).
 * Undefined where nothing is. `text` is the whole question.
 */
export function leftOutLine(
  { chat }: Pick<Words, 'chat'>,
  leftOut: readonly Iccid[],
  most: number,
  text: string,
): Line | undefined {
  const { changed } = readIccids(text);
  const more = leftOut.length === 0 ? [] : chat.leftOut(most, leftOut);
  const lost = changed.length === 0 ? [] : chat.changed(changed);
  const parted = more.length > 0 && lost.length > 0 ? [' '] : [];
  return more.length + lost.length === 0 ? undefined : [...more, ...parted, ...lost];
}
