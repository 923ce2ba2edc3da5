import type { Allowance, KnownStatus } from '../../../domain/usage.ts';
import type { WaitReason } from '../../../usage/reply.ts';
import type { Line, Span } from '../../card.ts';
import type { Figures } from '../../figures.ts';
import { preposed } from '../../spans.ts';

/** What a plan can hold. */
export type AllowanceKind = 'data' | 'calls' | 'texts';

/** Words on a card with a figure. */
export interface CardWords {
  /** Title of everything about one eSIM. */
  esim(masked: string): string;
  readonly labels: Readonly<Record<AllowanceKind | 'iccid' | 'status' | 'ends' | 'ended', string>>;
  readonly statuses: Readonly<Record<KnownStatus, string>>;
  /** What the status means for the customer, and what to do. */
  readonly nextSteps: Readonly<Record<Exclude<KnownStatus, 'ACTIVE'>, Line>>;
  readonly unseenStatus: Line;
  low(kinds: readonly AllowanceKind[]): Line;
  readonly endingSoon: Line;
  readonly activeButEmpty: Line;
  readonly activeButPast: Line;
  readonly unlimited: string;
  readonly noAllowance: string;
  /** Airalo's answer did not say it in a form that can be read. */
  readonly notKnown: string;
  /** `total` of the plan in MB, where that much was said. */
  dataNotKnown(total: number | undefined): string;
  /** `1.3 GB of 5 GB left (26%)`; `percent` is 0 to 100, absent when the total is unknown: `1.3 GB left`. */
  left(kind: AllowanceKind, allowance: Allowance, percent: number | undefined): string;
  /** Without `refreshable` only the age is told; `now` stands for an instant that has come. */
  asOf(asOf: Span, refreshable?: Span | 'now'): Line;
  /** As `asOf`, after a try that failed. */
  asOfRetry(asOf: Span, retry: Span | 'now'): Line;
  upstreamLag(minutes: number): Line;
  readonly lastReading: Line;
  /** The same below a sentence that says why there is none that is newer. */
  readonly thisIsTheLast: Line;
  /** A promise on a card that shows an older reading. */
  willUpdate(because: WaitReason, at: Span | 'now'): Line;
  /** A promise where nothing is known yet. */
  willAnswer(because: WaitReason, at: Span | 'now'): Line;
  /** No promise was made. */
  askLater(because: WaitReason, at: Span | 'now'): Line;
  /** A promise was wanted and could not be stored. */
  notNoted(at: Span | 'now'): Line;
}

const AIRALO_SILENT = 'Airalo does not answer at the moment.';
const MANY_AT_ONCE = 'Many eSIMs are being checked at the moment.';
const OUT_OF_STEP = 'The two can be out of step for a while; refresh later to be sure.';

/** `at 14:20`, or `soon` when that time has come. */
const at = (when: Span | 'now', soon: string): Line =>
  when === 'now' ? [soon] : preposed(when, 'at ', 'on ');

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
    notKnown: 'Not known',
    dataNotKnown(total) {
      if (total === undefined) return 'Not known';
      const amount = data({ remaining: total, total }).total;
      return `${amount} in the plan, not known how much is left`;
    },
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
    thisIsTheLast: ['This is the last reading.'],
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
