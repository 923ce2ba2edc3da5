import type { Allowance, KnownStatus } from '../../domain/usage.ts';
import type { WaitReason } from '../../usage/reply.ts';
import type { Line, Span } from '../card.ts';
import type { Say } from '../say.ts';

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

/** What stands on a card about a reading or a wait. */
export function cardWords({ text, line, figures: { data, list } }: Say): CardWords {
  const allowances: Readonly<Record<AllowanceKind, string>> = {
    data: text('card.allowances.data'),
    calls: text('card.allowances.calls'),
    texts: text('card.allowances.texts'),
  };
  return {
    esim: (masked) => text('card.esim', { masked }),
    labels: {
      iccid: text('card.labels.iccid'),
      status: text('card.labels.status'),
      ends: text('card.labels.ends'),
      ended: text('card.labels.ended'),
      data: text('card.labels.data'),
      calls: text('card.labels.calls'),
      texts: text('card.labels.texts'),
    },
    statuses: {
      NOT_ACTIVE: text('card.statuses.NOT_ACTIVE'),
      ACTIVE: text('card.statuses.ACTIVE'),
      FINISHED: text('card.statuses.FINISHED'),
      UNKNOWN: text('card.statuses.UNKNOWN'),
      EXPIRED: text('card.statuses.EXPIRED'),
      RECYCLED: text('card.statuses.RECYCLED'),
    },
    nextSteps: {
      NOT_ACTIVE: line('card.nextSteps.NOT_ACTIVE'),
      FINISHED: line('card.nextSteps.FINISHED'),
      UNKNOWN: line('card.nextSteps.UNKNOWN'),
      EXPIRED: line('card.nextSteps.EXPIRED'),
      RECYCLED: line('card.nextSteps.RECYCLED'),
    },
    unseenStatus: line('card.unseenStatus'),
    low: (kinds) => line('card.low', { kinds: list(kinds.map((kind) => allowances[kind])) }),
    endingSoon: line('card.endingSoon'),
    activeButEmpty: line('card.activeButEmpty'),
    activeButPast: line('card.activeButPast'),
    unlimited: text('card.unlimited'),
    noAllowance: text('card.noAllowance'),
    notKnown: text('card.notKnown'),
    dataNotKnown: (total) =>
      total === undefined
        ? text('card.notKnown')
        : text('card.dataNotKnown.total', { amount: data({ remaining: total, total }).total }),
    left(kind, { remaining, total }, percent) {
      if (kind === 'data') {
        const amounts = data({ remaining, total });
        return percent === undefined
          ? text('card.left.data.open', { remaining: amounts.remaining })
          : text('card.left.data', { ...amounts, percent: percent / 100 });
      }
      return percent === undefined
        ? text(`card.left.${kind}.open`, { remaining })
        : text(`card.left.${kind}`, { remaining, total, percent: percent / 100 });
    },
    asOf: (asOf, refreshable) =>
      refreshable === undefined
        ? line('card.asOf', { asOf })
        : line('card.asOf.refreshable', { asOf, when: refreshable }),
    asOfRetry: (asOf, retry) => line('card.asOfRetry', { asOf, when: retry }),
    upstreamLag: (minutes) => line('card.upstreamLag', { minutes }),
    lastReading: line('card.lastReading'),
    thisIsTheLast: line('card.thisIsTheLast'),
    willUpdate: (because, when) => line(`card.willUpdate.${because}`, { when }),
    willAnswer: (because, when) => line(`card.willAnswer.${because}`, { when }),
    askLater: (because, when) => line(`card.askLater.${because}`, { when }),
    notNoted: (when) => line('card.notNoted', { when }),
  };
}
