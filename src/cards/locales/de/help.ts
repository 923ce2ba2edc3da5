import { ICCID_EXAMPLE } from '../../../domain/iccid.ts';
import { code, strong } from '../../spans.ts';
import type { HelpWords } from '../en/help.ts';
import { actionWords } from './actions.ts';

/** How to ask. */
export const helpWords: HelpWords = {
  title: 'eSIM-Nutzung',
  lines: (command, shortcut) => [
    [
      strong('Fragen: '),
      code(`${command} ${ICCID_EXAMPLE}`),
      ' oder mir die Nummer als Direktnachricht senden.',
    ],
    ['Mehrere Nummern passen in eine Frage, durch Kommas oder Zeilenumbrüche getrennt, bis zu zehn.'],
    ['Für eine Nachricht, in der eSIMs stehen, gibt es an der Nachricht den Eintrag ', strong(shortcut), '.'],
    [
      'In einem Kanal sieht die Antwort nur, wer gefragt hat; ',
      strong(actionWords.share),
      ' zeigt sie allen, mit der Nummer auf die letzten vier Ziffern gekürzt.',
    ],
    [
      'Airalo lässt jede eSIM etwa alle 15 Minuten abfragen. Dazwischen zeige ich den letzten Stand mit seinem Alter ',
      'und antworte von selbst, sobald es einen neuen gibt.',
    ],
  ],
};
