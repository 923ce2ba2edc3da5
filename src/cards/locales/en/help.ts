import { ICCID_EXAMPLE } from '../../../domain/iccid.ts';
import type { Line } from '../../card.ts';
import { code, strong } from '../../spans.ts';
import { commandWords } from './commands.ts';

/** Words of the help. */
export interface HelpWords {
  readonly title: string;
  lines(command: string): readonly Line[];
}

/** How to ask. */
export const helpWords: HelpWords = {
  title: 'eSIM usage',
  lines: (command) => [
    [strong('Ask: '), code(`${command} ${ICCID_EXAMPLE}`), ' or send me the number in a direct message.'],
    ['Several numbers go into one question, parted by commas or line breaks, up to ten.'],
    ['For a message that names eSIMs, use its shortcut ', strong(commandWords.shortcut), '.'],
    [
      'In a channel only you see the answer; ',
      strong('Share here'),
      ' shows it to everybody with the number shortened to its last four digits.',
    ],
    [
      'Airalo lets each eSIM be read about every 15 minutes. In between I show the last reading with its age, ',
      'and answer by myself as soon as a new one can be had.',
    ],
  ],
};
