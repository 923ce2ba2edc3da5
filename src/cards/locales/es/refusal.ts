import { ICCID_EXAMPLE, type IccidProblem } from '../../../domain/iccid.ts';
import type { AccessNeed } from '../../../usage/access.ts';
import type { Line, Span } from '../../card.ts';
import type { Figures } from '../../figures.ts';
import { code, mentions, preposed } from '../../spans.ts';
import type { RefusalWords } from '../en/refusal.ts';

/** Said wherever a number was expected. */
export const ICCID_FORM = 'Un ICCID tiene de 18 a 22 cifras y suele empezar por 89';
/** An ICCID nobody has: the demo's first. */
export const EXAMPLE: Line = ['Ejemplo: ', code(ICCID_EXAMPLE)];

/** `a partir de las 14:20`, or `ahora` when that time has come. */
const from = (when: Span | 'now'): Line =>
  when === 'now' ? ['ahora'] : preposed(when, 'a partir de las ', 'a partir del ');

/** What stands on a card without a figure. */
export function refusalWords(figures: Figures): RefusalWords {
  return {
    titles: {
      'malformed-iccid': '¿Qué eSIM?',
      'unknown-esim': 'eSIM desconocida',
      'operator-needed': 'Fuera de servicio',
      declined: 'Rechazado por Airalo',
      'not-allowed': 'No permitido',
      'too-many': 'Demasiadas eSIM',
      'store-unavailable': 'Fuera de servicio',
      'promise-expired': 'Sin respuesta',
      'promise-cancelled': 'Cancelado',
    },
    malformed: (problem, given) => whatIsWrong(problem, given, figures),
    example: EXAMPLE,
    unknownEsim: (iccid, checkDigitOff, again) => [
      iccid === undefined ? ['Airalo no conoce esta eSIM.'] : ['Airalo no conoce esta eSIM: ', iccid],
      checkDigitOff
        ? [
            'El dígito de control no coincide, así que probablemente hay un error al escribir. Conviene comparar cada cifra.',
          ]
        : [
            'Conviene comparar cada cifra y comprobar que la eSIM se pidió con la propia cuenta de socio de Airalo.',
          ],
      ['Se puede volver a preguntar por el mismo número ', ...from(again), '.'],
    ],
    operatorNeeded: [
      [
        'El bot no puede conectar con Airalo: hay que revisar sus credenciales. Su responsable puede ver cómo corregirlo.',
      ],
      ['Por favor, inténtelo más tarde; la pregunta es correcta.'],
    ],
    declined: (detail) => [
      ['Airalo entendió la pregunta y la rechazó. Dice:'],
      [detail],
      ['Si eso no ayuda, consulte al soporte para socios de Airalo.'],
    ],
    notAllowed: (need) => [whatIsNeeded(need, figures)],
    tooMany: (until) => [
      [
        'Se han consultado muchísimas eSIM distintas en poco tiempo. Se puede continuar ',
        ...from(until),
        '.',
      ],
      ['Las que ya se consultaron se pueden volver a consultar.'],
    ],
    storeUnavailable: [
      ['El bot no puede leer sus propios datos en este momento. Por favor, inténtelo en unos minutos.'],
      ['Si sigue así, avise a su responsable.'],
    ],
    promiseExpired: (askedAt) => [
      [
        'Airalo no respondió a la pregunta ',
        ...preposed(askedAt, 'de las ', 'del '),
        ' y he dejado de intentarlo. Por favor, pregunte de nuevo.',
      ],
    ],
    promiseCancelled: [['Cancelado. Ya no responderé a esta pregunta.']],
  };
}

function whatIsWrong(problem: IccidProblem, given: Span | undefined, { counted, number }: Figures): Line {
  const has = (digits: number) =>
    `Ese número tiene ${counted(digits, { one: 'cifra', other: 'cifras' })}; un ICCID tiene de 18 a 22.`;
  switch (problem.kind) {
    case 'empty':
      return [`Por favor, indique el ICCID de la eSIM. ${ICCID_FORM}.`];
    case 'not-digits':
      return given === undefined
        ? [`No encuentro ningún ICCID ahí. ${ICCID_FORM}.`]
        : ['No encuentro ningún ICCID en esto: ', given, ` ${ICCID_FORM}.`];
    case 'rounded':
      return [
        'Una hoja de cálculo ha redondeado ese número. Dé a la columna formato de texto y copie de nuevo el ICCID.',
      ];
    case 'too-short':
    case 'too-long':
      return [has(problem.digits), ...(given === undefined ? [] : [' Se indicó: ', given])];
    case 'several':
      return [`He encontrado ${number(problem.found)} ICCID y se espera uno. Por favor, indique solo uno.`];
    default:
      return problem satisfies never;
  }
}

function whatIsNeeded(need: AccessNeed, { either }: Figures): Line {
  switch (need.kind) {
    case 'full-member':
      return [
        'Solo los miembros de pleno derecho pueden consultar eSIM aquí, no los invitados ni personas de otras organizaciones.',
      ];
    case 'space':
      return ['No se permite consultar eSIM en este espacio de trabajo o servidor.'];
    case 'channel':
      return [
        'Se permite consultar eSIM en ',
        ...either(mentions('channel', need.channelIds, 'otros')),
        '. Por favor, pregunte allí.',
      ];
    case 'group':
      return need.groupIds.length === 0
        ? [
            'Solo las personas indicadas en los ajustes del bot pueden consultar eSIM. Por favor, hable con su responsable.',
          ]
        : [
            'Para consultar eSIM hace falta ',
            ...either(mentions('group', need.groupIds, 'otros')),
            '. Por favor, hable con un administrador.',
          ];
    case 'steward':
      return [
        'Hasta que el responsable del bot diga quién puede consultar eSIM, solo pueden hacerlo quienes gestionan este servidor.',
      ];
    case 'check-failed':
      if (need.because === 'credentials-refused')
        return [
          'No pude comprobar si se le permite consultar eSIM: aquí se rechazan las credenciales del propio bot. Su responsable puede ver cómo corregirlo.',
        ];
      return ['No pude comprobar si se le permite consultar eSIM. Por favor, inténtelo en un minuto.'];
    default:
      return need satisfies never;
  }
}
