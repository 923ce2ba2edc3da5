import { ICCID_EXAMPLE } from '../../../domain/iccid.ts';
import { code, strong } from '../../spans.ts';
import type { HelpWords } from '../en/help.ts';
import { actionWords } from './actions.ts';

/** How to ask. */
export const helpWords: HelpWords = {
  title: 'Usage eSIM',
  lines: (command, shortcut) => [
    [
      strong('Demander : '),
      code(`${command} ${ICCID_EXAMPLE}`),
      ' ou envoyez-moi le numéro en message privé.',
    ],
    ['Une question peut contenir jusqu’à dix numéros, séparés par des virgules ou des retours à la ligne.'],
    ['Pour un message qui cite des eSIM, utilisez son raccourci ', strong(shortcut), '.'],
    [
      'Dans un canal, vous seul voyez la réponse ; ',
      strong(actionWords.share),
      ' la montre à tous, avec le numéro réduit à ses quatre derniers chiffres.',
    ],
    [
      'Airalo permet de consulter chaque eSIM environ toutes les 15 minutes. Entre-temps, j’affiche le dernier relevé avec son âge ',
      'et je réponds de moi-même dès qu’un nouveau est disponible.',
    ],
  ],
};
