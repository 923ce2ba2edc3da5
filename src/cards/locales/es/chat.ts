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
      if (only === undefined) return ['Un momento …'];
      if (iccids.length > 1) return [`Consultando ${counted(iccids.length, { other: 'eSIM' })} …`];
      return ['Consultando la eSIM ', audience === 'public' ? maskIccid(only) : code(only), ' …'];
    },
    tooMany: (found, most) => [
      `He encontrado ${number(found)} ICCID y puedo consultar ${number(most)} a la vez. Por favor, envíe menos.`,
    ],
    leftOut: (most, which) => [
      `Consulto ${number(most)} a la vez. Omitidos, pregunte de nuevo por ellos: `,
      ...copyables(which),
      '.',
    ],
    changed: (given) => ['Omitidos, porque una hoja de cálculo los ha cambiado: ', ...copyables(given), '.'],
    nothingReadable: [`No encuentro ningún ICCID ahí. ${ICCID_FORM}. `, ...EXAMPLE],
    cardTooOld: (command) => [
      'Esta respuesta es demasiado antigua para eso. Por favor, pregunte de nuevo: ',
      code(`${command} ICCID`),
    ],
    notYours: ['Solo puede hacerlo quien preguntó. Se puede hacer una pregunta propia.'],
    refreshNotBefore: (time) => [
      'Airalo permite volver a consultar esta eSIM a partir de las ',
      instant(time, 'time'),
      '.',
    ],
    promiseMade: (time) => ['Avisaré a las ', instant(time, 'time'), '.'],
    promiseCancelled: ['Cancelado. Ya no responderé a esta pregunta.'],
    promiseNotCancelled: ['No se pudo cancelar: ya estaba respondida o cancelada.'],
    alreadyWorking: ['Ya estoy en ello.'],
    sharedBy: (personId) => ['Compartido por ', mention('person', personId)],
    answerReady: (personId) => [
      ...(personId === undefined ? [] : [mention('person', personId), ' ']),
      'La respuesta sobre la eSIM está lista.',
    ],
    failure: (reference) => [
      'Algo ha fallado por mi parte. Por favor, inténtelo en un minuto.',
      ...(reference === undefined
        ? []
        : [' Si vuelve a ocurrir, dé esta referencia al responsable del bot: ', code(reference)]),
    ],
    inviteFirst: [
      'No estoy en este canal, así que no puedo compartir aquí. Invíteme con ',
      code('/invite'),
      ' y pulse otra vez.',
    ],
    mayNotPost: [
      'No puedo escribir en este canal. Un administrador puede permitirme «Ver canal», «Enviar mensajes» e «Insertar enlaces».',
    ],
    privately: ['Respondo en privado: solo quien pulse el botón verá la respuesta.'],
    notShared: ['No se pudo compartir. Por favor, inténtelo en un minuto.'],
    notUnderstood: ['No he encontrado ningún ICCID en eso.'],
  };
}
