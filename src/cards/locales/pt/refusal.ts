import { ICCID_EXAMPLE, type IccidProblem } from '../../../domain/iccid.ts';
import type { AccessNeed } from '../../../usage/access.ts';
import type { Line, Span } from '../../card.ts';
import type { Figures } from '../../figures.ts';
import { code, mentions, preposed } from '../../spans.ts';
import type { RefusalWords } from '../en/refusal.ts';

/** Said wherever a number was expected. */
export const ICCID_FORM = 'Um ICCID tem de 18 a 22 dígitos e costuma começar com 89';
/** An ICCID nobody has: the demo's first. */
export const EXAMPLE: Line = ['Exemplo: ', code(ICCID_EXAMPLE)];

/** `a partir das 14:20`, or `agora` when that time has come. */
const from = (when: Span | 'now'): Line =>
  when === 'now' ? ['agora'] : preposed(when, 'a partir das ', 'a partir de ');

/** What stands on a card without a figure. */
export function refusalWords(figures: Figures): RefusalWords {
  return {
    titles: {
      'malformed-iccid': 'Qual eSIM?',
      'unknown-esim': 'eSIM desconhecido',
      'operator-needed': 'Fora de serviço',
      declined: 'Recusado pela Airalo',
      'not-allowed': 'Não permitido',
      'too-many': 'eSIMs demais',
      'store-unavailable': 'Fora de serviço',
      'promise-expired': 'Sem resposta',
      'promise-cancelled': 'Cancelado',
    },
    malformed: (problem, given) => whatIsWrong(problem, given, figures),
    example: EXAMPLE,
    unknownEsim: (iccid, checkDigitOff, again) => [
      iccid === undefined ? ['A Airalo não conhece este eSIM.'] : ['A Airalo não conhece este eSIM: ', iccid],
      checkDigitOff
        ? [
            'O dígito verificador não confere, então provavelmente há um erro de digitação. Compare cada dígito.',
          ]
        : ['Compare cada dígito e verifique se o eSIM foi pedido pela sua conta de parceiro da Airalo.'],
      ['O mesmo número pode ser consultado de novo ', ...from(again), '.'],
    ],
    operatorNeeded: [
      [
        'O bot não consegue acessar a Airalo: as credenciais dele precisam de atenção. O responsável por ele pode ver o que fazer.',
      ],
      ['Tente de novo mais tarde; não há nada de errado com a sua pergunta.'],
    ],
    declined: (detail) => [
      ['A Airalo entendeu a pergunta e a recusou. Ela diz:'],
      [detail],
      ['Se isso não ajudar, fale com o suporte a parceiros da Airalo.'],
    ],
    notAllowed: (need) => [whatIsNeeded(need, figures)],
    tooMany: (until) => [
      ['Você consultou muitos eSIMs diferentes em pouco tempo. Continue ', ...from(until), '.'],
      ['Os que já foram consultados podem ser consultados de novo.'],
    ],
    storeUnavailable: [
      ['O bot não consegue ler os próprios registros no momento. Tente de novo em alguns minutos.'],
      ['Se continuar assim, avise o responsável pelo bot.'],
    ],
    promiseExpired: (askedAt) => [
      [
        'A Airalo não respondeu à pergunta ',
        ...preposed(askedAt, 'das ', 'de '),
        ' e parei de tentar. Pergunte de novo.',
      ],
    ],
    promiseCancelled: [['Cancelado. Não vou mais responder a esta pergunta.']],
  };
}

function whatIsWrong(problem: IccidProblem, given: Span | undefined, { counted, number }: Figures): Line {
  const has = (digits: number) =>
    `Esse número tem ${counted(digits, { one: 'dígito', other: 'dígitos' })}; um ICCID tem de 18 a 22.`;
  switch (problem.kind) {
    case 'empty':
      return [`Informe o ICCID do eSIM. ${ICCID_FORM}.`];
    case 'not-digits':
      return given === undefined
        ? [`Não encontro um ICCID aí. ${ICCID_FORM}.`]
        : ['Não encontro um ICCID nisto: ', given, ` ${ICCID_FORM}.`];
    case 'rounded':
      return ['Uma planilha arredondou esse número. Formate a coluna como texto e copie o ICCID de novo.'];
    case 'too-short':
    case 'too-long':
      return [has(problem.digits), ...(given === undefined ? [] : [' Foi informado: ', given])];
    case 'several':
      return [`Encontrei ${number(problem.found)} ICCIDs, mas só um é esperado. Informe apenas um.`];
    default:
      return problem satisfies never;
  }
}

function whatIsNeeded(need: AccessNeed, { either }: Figures): Line {
  switch (need.kind) {
    case 'full-member':
      return [
        'Só membros efetivos podem consultar eSIMs aqui, não convidados nem pessoas de outras organizações.',
      ];
    case 'space':
      return ['Não é permitido consultar eSIMs neste espaço de trabalho ou servidor.'];
    case 'channel':
      return [
        'É permitido consultar eSIMs em ',
        ...either(mentions('channel', need.channelIds, 'outros')),
        '. Pergunte lá.',
      ];
    case 'group':
      return need.groupIds.length === 0
        ? [
            'Só as pessoas indicadas nas configurações do bot podem consultar eSIMs. Fale com o responsável por ele.',
          ]
        : [
            'Para consultar eSIMs é preciso ',
            ...either(mentions('group', need.groupIds, 'outros')),
            '. Fale com um administrador.',
          ];
    case 'steward':
      return [
        'Até que o responsável pelo bot diga quem pode consultar eSIMs, só quem gerencia este servidor pode.',
      ];
    case 'check-failed':
      if (need.because === 'credentials-refused')
        return [
          'Não consegui verificar se você pode consultar eSIMs: as credenciais do próprio bot são recusadas aqui. O responsável por ele pode ver o que fazer.',
        ];
      return ['Não consegui verificar se você pode consultar eSIMs. Tente de novo em um minuto.'];
    default:
      return need satisfies never;
  }
}
