import { ICCID_EXAMPLE, type IccidProblem } from '../../../domain/iccid.ts';
import type { AccessNeed } from '../../../usage/access.ts';
import type { Line, Span } from '../../card.ts';
import type { Figures } from '../../figures.ts';
import { code, mentions, preposed } from '../../spans.ts';
import type { RefusalWords } from '../en/refusal.ts';

/** Said wherever a number was expected. */
export const ICCID_FORM = 'Un ICCID a de 18 à 22 chiffres et commence en général par 89';
/** An ICCID nobody has: the demo's first. */
export const EXAMPLE: Line = ['Exemple : ', code(ICCID_EXAMPLE)];

/** `à partir de 14:20`, or `dès maintenant` when that time has come. */
const from = (when: Span | 'now'): Line =>
  when === 'now' ? ['dès maintenant'] : preposed(when, 'à partir de ', 'à partir du ');

/** What stands on a card without a figure. */
export function refusalWords(figures: Figures): RefusalWords {
  return {
    titles: {
      'malformed-iccid': 'Quelle eSIM ?',
      'unknown-esim': 'eSIM inconnue',
      'operator-needed': 'Hors service',
      declined: 'Refusé par Airalo',
      'not-allowed': 'Non autorisé',
      'too-many': 'Trop d’eSIM',
      'store-unavailable': 'Hors service',
      'promise-expired': 'Sans réponse',
      'promise-cancelled': 'Annulé',
    },
    malformed: (problem, given) => whatIsWrong(problem, given, figures),
    example: EXAMPLE,
    unknownEsim: (iccid, checkDigitOff, again) => [
      iccid === undefined
        ? ['Airalo ne connaît pas cette eSIM.']
        : ['Airalo ne connaît pas cette eSIM : ', iccid],
      checkDigitOff
        ? [
            'Le chiffre de contrôle ne correspond pas : il y a sans doute une faute de frappe. Comparez chaque chiffre.',
          ]
        : [
            'Comparez chaque chiffre et vérifiez que l’eSIM a été commandée par votre compte partenaire Airalo.',
          ],
      ['Vous pourrez redemander le même numéro ', ...from(again), '.'],
    ],
    operatorNeeded: [
      [
        'Le bot n’arrive pas à joindre Airalo : ses identifiants sont à vérifier. Son exploitant peut voir comment y remédier.',
      ],
      ['Veuillez réessayer plus tard ; votre question n’est pas en cause.'],
    ],
    declined: (detail) => [
      ['Airalo a compris la question et l’a refusée. Voici sa réponse :'],
      [detail],
      ['Si cela ne suffit pas, adressez-vous à l’assistance partenaires d’Airalo.'],
    ],
    notAllowed: (need) => [whatIsNeeded(need, figures)],
    tooMany: (until) => [
      [
        'Vous avez demandé un très grand nombre d’eSIM différentes en peu de temps. Vous pourrez continuer ',
        ...from(until),
        '.',
      ],
      ['Celles que vous avez déjà demandées restent disponibles.'],
    ],
    storeUnavailable: [
      [
        'Le bot ne peut pas lire ses propres données pour le moment. Veuillez réessayer dans quelques minutes.',
      ],
      ['Si cela dure, prévenez son exploitant.'],
    ],
    promiseExpired: (askedAt) => [
      [
        'Airalo n’a pas répondu à la question ',
        ...preposed(askedAt, 'de ', 'du '),
        ' et j’ai cessé d’essayer. Veuillez redemander.',
      ],
    ],
    promiseCancelled: [['Annulé. Je ne répondrai plus à cette question.']],
  };
}

function whatIsWrong(problem: IccidProblem, given: Span | undefined, { counted, number }: Figures): Line {
  const has = (digits: number) =>
    `Ce numéro a ${counted(digits, { one: 'chiffre', other: 'chiffres' })} ; un ICCID en a de 18 à 22.`;
  switch (problem.kind) {
    case 'empty':
      return [`Veuillez indiquer l’ICCID de l’eSIM. ${ICCID_FORM}.`];
    case 'not-digits':
      return given === undefined
        ? [`Je n’y trouve pas d’ICCID. ${ICCID_FORM}.`]
        : ['Je ne trouve pas d’ICCID ici : ', given, ` ${ICCID_FORM}.`];
    case 'rounded':
      return [
        'Un tableur a arrondi ce numéro. Mettez la colonne au format texte, puis copiez à nouveau l’ICCID.',
      ];
    case 'too-short':
    case 'too-long':
      return [has(problem.digits), ...(given === undefined ? [] : [' Vous avez indiqué : ', given])];
    case 'several':
      return [
        `J’ai trouvé ${number(problem.found)} ICCID alors qu’un seul est attendu. Indiquez-en un seul.`,
      ];
    default:
      return problem satisfies never;
  }
}

function whatIsNeeded(need: AccessNeed, { either }: Figures): Line {
  switch (need.kind) {
    case 'full-member':
      return [
        'Seuls les membres à part entière peuvent consulter des eSIM ici, pas les invités ni les personnes d’autres organisations.',
      ];
    case 'space':
      return ['La consultation des eSIM n’est pas autorisée dans cet espace de travail ou sur ce serveur.'];
    case 'channel':
      return [
        'La consultation des eSIM est autorisée dans ',
        ...either(mentions('channel', need.channelIds, 'd’autres')),
        '. Posez-y votre question.',
      ];
    case 'group':
      return need.groupIds.length === 0
        ? [
            'Seules les personnes nommées dans les réglages du bot peuvent consulter des eSIM. Adressez-vous à son exploitant.',
          ]
        : [
            'Pour consulter des eSIM, il faut ',
            ...either(mentions('group', need.groupIds, 'd’autres')),
            '. Adressez-vous à l’administration.',
          ];
    case 'steward':
      return [
        'Tant que l’exploitant du bot n’a pas dit qui peut consulter des eSIM, seules les personnes qui gèrent ce serveur le peuvent.',
      ];
    case 'check-failed':
      if (need.because === 'credentials-refused')
        return [
          'Je n’ai pas pu vérifier si vous pouvez consulter des eSIM : les identifiants du bot lui-même sont refusés ici. Son exploitant peut voir comment y remédier.',
        ];
      return [
        'Je n’ai pas pu vérifier si vous pouvez consulter des eSIM. Veuillez réessayer dans une minute.',
      ];
    default:
      return need satisfies never;
  }
}
