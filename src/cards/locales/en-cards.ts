import { ICCID_EXAMPLE, type IccidProblem } from '../../domain/iccid.ts';
import type { AccessNeed } from '../../usage/access.ts';
import type { Line, Span } from '../card.ts';
import type { Figures } from '../figures.ts';
import { MOST_NAMED } from '../limits.ts';
import { code, mention } from '../spans.ts';
import type { CardWords, RefusalWords } from '../words.ts';

type When = Span | 'now';

/** Said wherever a number was expected. */
export const ICCID_FORM = 'An ICCID has 18 to 22 digits and usually begins with 89';
/** An ICCID nobody has: the demo's first. */
export const EXAMPLE: Line = ['Example: ', code(ICCID_EXAMPLE)];
const AIRALO_SILENT = 'Airalo does not answer at the moment.';
const MANY_AT_ONCE = 'Many eSIMs are being checked at the moment.';
const OUT_OF_STEP = 'The two can be out of step for a while; refresh later to be sure.';

/** `at 14:20`, or `soon` when that time has come. */
const at = (when: When, soon: string): Line => (when === 'now' ? [soon] : ['at ', when]);

/** What stands on a card about a reading or a wait. */
export function cardWords({ data, minutes, counted, number, percent, list }: Figures): CardWords {
  const names = { data: 'data', calls: 'call minutes', texts: 'texts' } as const;
  return {
    esim: (masked) => `eSIM ${masked}`,
    labels: {
      iccid: 'ICCID',
      status: 'Status',
      ends: 'Ends',
      ended: 'Ended',
      data: 'Data',
      calls: 'Calls',
      texts: 'Texts',
    },
    statuses: {
      NOT_ACTIVE: 'Not started',
      ACTIVE: 'Active',
      FINISHED: 'Used up',
      UNKNOWN: 'Not reported',
      EXPIRED: 'Expired',
      RECYCLED: 'Withdrawn',
    },
    nextSteps: {
      NOT_ACTIVE: [
        'The plan has not started yet. Most plans start when the eSIM first connects to a supported network: ',
        'check that it is installed, switched on and allowed to roam.',
      ],
      FINISHED: ['The allowance is used up. A top-up may be possible.'],
      UNKNOWN: [
        'The mobile operator reports no usage for this eSIM. The customer can read it on the phone. ',
        'iPhone: Settings → Mobile Data or Cellular. Samsung: Settings → Connections → Data usage. ',
        'Pixel: Settings → Network and internet → SIMs → App data usage.',
      ],
      EXPIRED: [
        'The plan has ended and unused data is lost. ',
        'A top-up of the same eSIM may be possible; otherwise the customer needs a new one.',
      ],
      RECYCLED: [
        'The operator has withdrawn this eSIM. It cannot be used or topped up again: ',
        'the customer needs a new eSIM.',
      ],
    },
    unseenStatus: ['Airalo reports a status I do not know. Everything is shown as it was reported.'],
    low: (kinds) => [`Running low on ${list(kinds.map((kind) => names[kind]))}. A top-up may be possible.`],
    endingSoon: ['The plan ends soon. What is left by then is lost.'],
    activeButEmpty: [`Airalo reports this eSIM as active, with no data left. ${OUT_OF_STEP}`],
    activeButPast: [`Airalo reports this eSIM as active, with an end date in the past. ${OUT_OF_STEP}`],
    unlimited: 'Unlimited',
    noAllowance: 'No allowance reported',
    left(kind, { remaining, total }, share) {
      if (kind === 'data') {
        const amounts = data({ remaining, total });
        return share === undefined
          ? `${amounts.remaining} left`
          : `${amounts.remaining} of ${amounts.total} left (${percent(share)})`;
      }
      const inUnit = (value: number) =>
        kind === 'calls' ? minutes(value) : counted(value, { one: 'message', other: 'messages' });
      if (share === undefined) return `${inUnit(remaining)} left`;
      return `${number(remaining)} of ${inUnit(total)} left (${percent(share)})`;
    },
    asOf(asOf, refreshable) {
      if (refreshable === undefined) return ['As of ', asOf, '.'];
      return ['As of ', asOf, ', can be refreshed ', ...at(refreshable, 'now'), '.'];
    },
    asOfRetry: (asOf, retry) => ['As of ', asOf, ', can be tried again ', ...at(retry, 'now'), '.'],
    upstreamLag: (minutesBehind) => [`Airalo's own figure can be up to ${minutes(minutesBehind)} older.`],
    lastReading: [`${AIRALO_SILENT} This is the last reading.`],
    willUpdate: (because, when) => {
      const promise: Line = ['I will update this ', ...at(when, 'in a moment'), '.'];
      return {
        'rate-limited': promise,
        'airalo-unavailable': [`${AIRALO_SILENT} `, ...promise],
        busy: [`${MANY_AT_ONCE} `, ...promise],
      }[because];
    },
    willAnswer: (because, when) => {
      const promise: Line = ['I will answer here ', ...at(when, 'in a moment'), '.'];
      return {
        'rate-limited': ['Airalo lets this eSIM be read again ', ...at(when, 'now'), '. I will answer here.'],
        'airalo-unavailable': [
          `${AIRALO_SILENT} I will try again `,
          ...at(when, 'in a moment'),
          ' and answer here.',
        ],
        busy: [`${MANY_AT_ONCE} `, ...promise],
      }[because];
    },
    askLater: (because, when) =>
      ({
        'rate-limited': ['Airalo lets this eSIM be read again ', ...at(when, 'now'), '.'],
        'airalo-unavailable': [`${AIRALO_SILENT} Please ask again `, ...at(when, 'now'), '.'],
        busy: [`${MANY_AT_ONCE} Please ask again `, ...at(when, 'now'), '.'],
      })[because],
    notNoted: (when) => [
      'I could not note this down, so nothing will come by itself. Please ask again ',
      ...at(when, 'now'),
      '.',
    ],
  };
}

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
      ['The same number can be asked for again ', ...at(again, 'now'), '.'],
    ],
    operatorNeeded: [
      ['The bot cannot reach Airalo, its operator has been told.'],
      ['Please try again later; nothing is wrong with your question.'],
    ],
    declined: (detail) => [
      ['Airalo understood the question and declined it. It says:'],
      [detail],
      ['If that does not help, please ask Airalo partner support.'],
    ],
    notAllowed: (need) => [whatIsNeeded(need)],
    tooMany: (until) => [
      ['You have asked for very many different eSIMs in a short time. Please go on at ', until, '.'],
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

function whatIsNeeded(need: AccessNeed): Line {
  switch (need.kind) {
    case 'full-member':
      return ['Only full members can look up eSIMs here, not guests or people of other organisations.'];
    case 'space':
      return ['Looking up eSIMs is not allowed in this workspace or server.'];
    case 'channel':
      return ['Looking up eSIMs is allowed in ', ...named('channel', need.channelIds), '. Please ask there.'];
    case 'group':
      return need.groupIds.length === 0
        ? ["Only people named in the bot's settings can look up eSIMs. Please ask its operator."]
        : ['Looking up eSIMs needs ', ...named('group', need.groupIds), '. Please ask an administrator.'];
    case 'steward':
      return ["Until the bot's operator says who may look up eSIMs, only people who manage this server can."];
    case 'check-failed':
      return ['I could not check whether you may look up eSIMs. Please try again in a minute.'];
    default:
      return need satisfies never;
  }
}

/** `#a, #b or #c`, and `others` beyond a few. */
function named(kind: 'channel' | 'group', ids: readonly string[]): Line {
  const shown = ids.slice(0, MOST_NAMED).map((id) => [mention(kind, id)]);
  const all: Line[] = ids.length > MOST_NAMED ? [...shown, ['others']] : shown;
  return all.flatMap((item, index) => {
    if (index === 0) return item;
    return [index === all.length - 1 ? ' or ' : ', ', ...item];
  });
}
