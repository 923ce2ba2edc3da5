import { ICCID_EXAMPLE } from '../../../domain/iccid.ts';
import { code, strong } from '../../spans.ts';
import type { HelpWords } from '../en/help.ts';
import { actionWords } from './actions.ts';

/** How to ask. */
export const helpWords: HelpWords = {
  title: 'Uso de eSIM',
  lines: (command, shortcut) => [
    [
      strong('Perguntar: '),
      code(`${command} ${ICCID_EXAMPLE}`),
      ' ou envie-me o número em uma mensagem direta.',
    ],
    ['Vários números cabem em uma pergunta, separados por vírgulas ou quebras de linha, até dez.'],
    ['Para uma mensagem que cita eSIMs, use o atalho dela: ', strong(shortcut), '.'],
    [
      'Em um canal, só você vê a resposta; ',
      strong(actionWords.share),
      ' mostra a todos, com o número reduzido aos quatro últimos dígitos.',
    ],
    [
      'A Airalo permite consultar cada eSIM a cada 15 minutos, aproximadamente. Nesse intervalo mostro a última leitura com a idade dela ',
      'e respondo sozinho assim que houver uma nova.',
    ],
  ],
};
