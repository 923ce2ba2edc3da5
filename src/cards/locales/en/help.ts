import { ICCID_EXAMPLE } from '../../../domain/iccid.ts';
import type { Line } from '../../card.ts';
import { code, strong } from '../../spans.ts';
import { actionWords } from './actions.ts';

/** Words of the help. */
export interface HelpWords {
  readonly title: string;
  /** `command` with its slash, and the `shortcut` on a message, as the platform shows them. */
  lines(command: string, shortcut: string): readonly Line[];
}

/** How to ask. */
export const helpWords: HelpWords = {
  title: 'eSIM usage',
  lines: (command, shortcut) => [
    [strong('Ask: '), code(`${command} ${ICCID_EXAMPLE}`), ' or send me the number in a direct message.'],
    ['Several numbers go into one question, parted by commas or line breaks, up to ten.'],
    ['For a message that names eSIMs, use its shortcut ', strong(shortcut), '.'],
    [
      'In a channel only you see the answer; ',
      strong(actionWords.share),
      ' shows it to everybody with the number shortened to its last four digits.',
    ],
    [
      'Airalo lets each eSIM be read about every 15 minutes. In between I show the last reading with its age, ',
      'and answer by myself as soon as a new one can be had.',
    ],
  ],
};
