import { maskIccid } from '../../../domain/iccid.ts';
import type { Figures } from '../../figures.ts';
import { code, copyables, instant, mention } from '../../spans.ts';
import type { ChatWords } from '../en/chat.ts';
import { EXAMPLE, ICCID_FORM } from './refusal.ts';

/** What is said outside a card. */
export function chatWords({ number, counted }: Figures): ChatWords {
  return {
    checking(iccids, audience) {
      const [only] = iccids;
      if (only === undefined) return ['Um momento …'];
      if (iccids.length > 1)
        return [`Consultando ${counted(iccids.length, { one: 'eSIM', other: 'eSIMs' })} …`];
      return ['Consultando o eSIM ', audience === 'public' ? maskIccid(only) : code(only), ' …'];
    },
    tooMany: (found, most) => [
      `Encontrei ${number(found)} ICCIDs e posso consultar ${number(most)} por vez. Envie menos.`,
    ],
    leftOut: (most, which) => [
      `Consulto ${number(most)} por vez. Omitidos, pergunte por eles de novo: `,
      ...copyables(which),
      '.',
    ],
    changed: (given) => ['Omitidos, porque uma planilha os alterou: ', ...copyables(given), '.'],
    nothingReadable: [`Não encontro um ICCID aí. ${ICCID_FORM}. `, ...EXAMPLE],
    cardTooOld: (command) => [
      'Esta resposta é antiga demais para isso. Pergunte de novo: ',
      code(`${command} ICCID`),
    ],
    notYours: ['Só quem perguntou pode fazer isso. Você pode fazer a sua própria pergunta.'],
    refreshNotBefore: (time) => [
      'A Airalo permite consultar este eSIM de novo a partir das ',
      instant(time, 'time'),
      '.',
    ],
    promiseMade: (time) => ['Vou avisar às ', instant(time, 'time'), '.'],
    promiseCancelled: ['Cancelado. Não vou mais responder a esta pergunta.'],
    promiseNotCancelled: ['Não foi possível cancelar: já tinha sido respondida ou cancelada.'],
    alreadyWorking: ['Já estou cuidando disso.'],
    sharedBy: (personId) => ['Compartilhado por ', mention('person', personId)],
    answerReady: (personId) => [
      ...(personId === undefined ? [] : [mention('person', personId), ' ']),
      'A resposta sobre o eSIM está pronta.',
    ],
    failure: (reference) => [
      'Algo deu errado do meu lado. Tente de novo em um minuto.',
      ...(reference === undefined
        ? []
        : [' Se acontecer de novo, informe esta referência ao responsável pelo bot: ', code(reference)]),
    ],
    inviteFirst: [
      'Não estou neste canal, por isso não posso compartilhar aqui. Convide-me com ',
      code('/invite'),
      ' e pressione de novo.',
    ],
    mayNotPost: [
      'Não posso escrever neste canal. Um administrador pode me permitir “Ver canal”, “Enviar mensagens” e “Inserir links”.',
    ],
    privately: ['Respondo em particular: pressione o botão, e só você verá a resposta.'],
    notShared: ['Não foi possível compartilhar agora. Tente de novo em um minuto.'],
    notUnderstood: ['Não encontrei um ICCID nisso.'],
  };
}
