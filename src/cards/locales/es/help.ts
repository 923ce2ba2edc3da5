import { ICCID_EXAMPLE } from '../../../domain/iccid.ts';
import { code, strong } from '../../spans.ts';
import type { HelpWords } from '../en/help.ts';
import { actionWords } from './actions.ts';

/** How to ask. */
export const helpWords: HelpWords = {
  title: 'Uso de eSIM',
  lines: (command, shortcut) => [
    [
      strong('Preguntar: '),
      code(`${command} ${ICCID_EXAMPLE}`),
      ' o enviarme el número en un mensaje directo.',
    ],
    ['En una pregunta caben varios números, separados por comas o saltos de línea, hasta diez.'],
    ['Para un mensaje que menciona eSIM, está su acción ', strong(shortcut), '.'],
    [
      'En un canal la respuesta solo la ve quien preguntó; ',
      strong(actionWords.share),
      ' la muestra a todos, con el número reducido a sus cuatro últimas cifras.',
    ],
    [
      'Airalo permite consultar cada eSIM cada 15 minutos aproximadamente. Entretanto muestro la última lectura con su antigüedad ',
      'y respondo por mi cuenta en cuanto hay una nueva.',
    ],
  ],
};
