import { ICCID_EXAMPLE, type IccidProblem } from '../../../domain/iccid.ts';
import type { AccessNeed } from '../../../usage/access.ts';
import type { Refusal } from '../../../usage/reply.ts';
import type { Line, Span } from '../../card.ts';
import type { Figures } from '../../figures.ts';
import { code, mentions, preposed } from '../../spans.ts';

/** Words on a card without one. */
export interface RefusalWords {
  /** The title where no eSIM is named. */
  readonly titles: Readonly<Record<Refusal['reason'], string>>;
  /** `given` is absent in public. */
  malformed(problem: IccidProblem, given: Span | undefined): Line;
  readonly example: Line;
  unknownEsim(iccid: Span | undefined, checkDigitOff: boolean, again: Span | 'now'): readonly Line[];
  readonly operatorNeeded: readonly Line[];
  declined(detail: Span): readonly Line[];
  notAllowed(need: AccessNeed): readonly Line[];
  tooMany(until: Span): readonly Line[];
  readonly storeUnavailable: readonly Line[];
  promiseExpired(askedAt: Span): readonly Line[];
  readonly promiseCancelled: readonly Line[];
}

/** Said wherever a number was expected. */
export const ICCID_FORM = 'An ICCID has 18 to 22 digits and usually begins with 89';
/** An ICCID nobody has: the demo's first. */
export const EXAMPLE: Line = ['Example: ', code(ICCID_EXAMPLE)];

/** `at 14:20`, or `now` when that time has come. */
const at = (when: Span | 'now'): Line => (when === 'now' ? ['now'] : preposed(when, 'at ', 'on '));

/** What stands on a card without a figure. */
export function refusalWords(figures: Figures): RefusalWords {
  return {
    titles: {
      'malformed-iccid': 'Which eSIM?',
      'unknown-esim': 'Unknown eSIM',
      'operator-needed': 'Out of order',
      declined: 'Airalo declined',
      'not-allowed': 'Not allowed',
      'too-many': 'Too many eSIMs',
      'store-unavailable': 'Out of order',
      'promise-expired': 'No answer',
      'promise-cancelled': 'Cancelled',
    },
    malformed: (problem, given) => whatIsWrong(problem, given, figures),
    example: EXAMPLE,
    unknownEsim: (iccid, checkDigitOff, again) => [
      iccid === undefined ? ['Airalo does not know this eSIM.'] : ['Airalo does not know this eSIM: ', iccid],
      checkDigitOff
        ? ['The check digit does not match, so there is probably a typing error. Please compare every digit.']
        : [
            'Please compare every digit, and check that the eSIM was ordered through your Airalo partner account.',
          ],
      ['The same number can be asked for again ', ...at(again), '.'],
    ],
    operatorNeeded: [
      ['The bot cannot reach Airalo: its credentials need attention. Its operator can see how to mend it.'],
      ['Please try again later; nothing is wrong with your question.'],
    ],
    declined: (detail) => [
      ['Airalo understood the question and declined it. It says:'],
      [detail],
      ['If that does not help, please ask Airalo partner support.'],
    ],
    notAllowed: (need) => [whatIsNeeded(need, figures)],
    tooMany: (until) => [
      ['You have asked for very many different eSIMs in a short time. Please go on ', ...at(until), '.'],
      ['Those you have asked for already can be asked for again.'],
    ],
    storeUnavailable: [
      ['The bot cannot read its own records at the moment. Please try again in a few minutes.'],
      ['If it stays like this, please tell its operator.'],
    ],
    promiseExpired: (askedAt) => [
      [
        'Airalo gave no answer to the question of ',
        askedAt,
        ', and I have stopped trying. Please ask again.',
      ],
    ],
    promiseCancelled: [['Cancelled. I will not answer this question any more.']],
  };
}

function whatIsWrong(problem: IccidProblem, given: Span | undefined, { counted, number }: Figures): Line {
  const has = (digits: number) =>
    `That number has ${counted(digits, { one: 'digit', other: 'digits' })}; an ICCID has 18 to 22.`;
  switch (problem.kind) {
    case 'empty':
      return [`Please give the ICCID of the eSIM. ${ICCID_FORM}.`];
    case 'not-digits':
      return given === undefined
        ? [`I cannot read an ICCID in that. ${ICCID_FORM}.`]
        : ['I cannot read an ICCID in this: ', given, ` ${ICCID_FORM}.`];
    case 'rounded':
      return [
        'A spreadsheet has rounded that number. Please format the column as text and copy the ICCID again.',
      ];
    case 'too-short':
    case 'too-long':
      return [has(problem.digits), ...(given === undefined ? [] : [' You gave: ', given])];
    case 'several':
      return [`I found ${number(problem.found)} ICCIDs where one is expected. Please give one.`];
    default:
      return problem satisfies never;
  }
}

function whatIsNeeded(need: AccessNeed, { either }: Figures): Line {
  switch (need.kind) {
    case 'full-member':
      return ['Only full members can look up eSIMs here, not guests or people of other organisations.'];
    case 'space':
      return ['Looking up eSIMs is not allowed in this workspace or server.'];
    case 'channel':
      return [
        'Looking up eSIMs is allowed in ',
        ...either(mentions('channel', need.channelIds, 'others')),
        '. Please ask there.',
      ];
    case 'group':
      return need.groupIds.length === 0
        ? ["Only people named in the bot's settings can look up eSIMs. Please ask its operator."]
        : [
            'Looking up eSIMs needs ',
            ...either(mentions('group', need.groupIds, 'others')),
            '. Please ask an administrator.',
          ];
    case 'steward':
      return ["Until the bot's operator says who may look up eSIMs, only people who manage this server can."];
    case 'check-failed':
      if (need.because === 'credentials-refused')
        return [
          'I could not check whether you may look up eSIMs: the bot’s own credentials are refused here. Its operator can see how to mend it.',
        ];
      return ['I could not check whether you may look up eSIMs. Please try again in a minute.'];
    default:
      return need satisfies never;
  }
}
