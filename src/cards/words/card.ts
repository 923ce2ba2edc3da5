import type { Allowance, KnownStatus } from '../../domain/usage.ts';
import type { WaitReason } from '../../usage/reply.ts';
import type { Line, Span } from '../card.ts';
import type { Say } from '../say.ts';

/** What a plan can hold. */
export type AllowanceKind = 'data' | 'calls' | 'texts';

/**
 * First lines, each of which answers alone; at most 80 characters. Milliseconds are from now, below nothing for what
 * has passed.
 */
interface HeadlineWords {
  /** The plan runs and nothing of its data is left; MB. */
  empty(totalMb: number): string;
  /** The same, where the status says so. */
  usedUp(totalMb: number): string;
  expired(ms: number): string;
  /** A plan that has not begun; MB. */
  waiting(mb: number): string;
  readonly waitingUnlimited: string;
  /** Airalo reports no usage for it. */
  readonly unreported: string;
  readonly withdrawn: string;
  /** A status that this version of the bot does not know, with what is left, where that was told. */
  unseen(figure: string | undefined): string;
  /** `figure` is what is left, in words. */
  endsSoon(figure: string, ms: number): string;
  /** The plan is active by its status, and its end is past. */
  past(ms: number): string;
  /** No data, calls nor texts are named. */
  readonly noAllowance: string;
  /** How much data is left was not said; `totalMb` of the plan, where that much was. */
  notKnown(totalMb: number | undefined): string;
  /** `title` is another of these; Airalo could not be asked just now. */
  lastKnown(title: string): string;
  /** An answer will come by itself. */
  readonly promised: string;
  /** None will: the person asks again. */
  readonly askLater: string;
}

/** Words on a card with a figure. */
export interface CardWords {
  /** Everything about one eSIM where its number must not stand. */
  esim(masked: string): string;
  readonly labels: Readonly<Record<AllowanceKind | 'iccid' | 'ends', string>>;
  readonly statuses: Readonly<Record<KnownStatus, string>>;
  readonly headline: HeadlineWords;
  /** What the status means for the customer, and what to do. */
  readonly nextSteps: Readonly<Record<Exclude<KnownStatus, 'ACTIVE'>, Line>>;
  /** Where the status is one that this version does not know: what Airalo calls it is told as it is. */
  readonly unseenStatus: Line;
  /** What is running out, of several in one sentence. */
  low(kinds: readonly AllowanceKind[]): Line;
  readonly endingSoon: Line;
  /** Status and figures disagree. */
  readonly outOfStep: Line;
  /** Airalo calls the plan used up, and names something left. */
  stillReported(left: string): Line;
  readonly unlimited: string;
  /** Airalo's answer did not say it in a form that can be read. */
  readonly notKnown: string;
  /** `1.3 GB left of 5 GB (26%)`; `percent` is 0 to 100, absent when the total is unknown: `1.3 GB left`. */
  left(kind: AllowanceKind, allowance: Allowance, percent: number | undefined): string;
  /** `1.3 GB of 5 GB`, `Calls 63 of 100 min`. */
  of(kind: AllowanceKind, allowance: Allowance): string;
  /** `in 11 days`, `9 days ago`. */
  away(ms: number): string;
  /** `away` is how far off it is, `at` the instant. */
  endsAt(away: Span, at: Span): Line;
  /** The same where the instant is not told. */
  endsIn(away: Span): Line;
  /** The same where the first line has told how far off it is. */
  endsOn(at: Span): Line;
  endedAt(at: Span): Line;
  /** What was lost at the end, `at` unless that is not known. */
  unused(data: Allowance, at: Span | undefined): Line;
  /** These five are parts of one line of small print. `now` stands for an instant that has come. */
  asOf(asOf: Span): Line;
  nextCheck(at: Span | 'now'): Line;
  nextTry(at: Span | 'now'): Line;
  upstreamLag(minutes: number): Line;
  /** A promise on a card that shows an older reading. */
  willUpdate(because: WaitReason, at: Span | 'now'): Line;
  readonly lastReading: Line;
  /** The same below a sentence that says why there is none that is newer. */
  readonly thisIsTheLast: Line;
  /** A promise where nothing is known yet. */
  willAnswer(because: WaitReason, at: Span | 'now'): Line;
  /** No promise was made. */
  askLater(because: WaitReason, at: Span | 'now'): Line;
  /** A promise was wanted and could not be stored. */
  notNoted(at: Span | 'now'): Line;
}

/** What stands on a card about a reading or a wait. */
export function cardWords(say: Say): CardWords {
  const { text, line } = say;
  const { data, list, away } = say.figures;
  const amount = (mb: number) => data({ remaining: mb, total: mb }).remaining;
  const allowances: Readonly<Record<AllowanceKind, string>> = {
    data: text('card.allowances.data'),
    calls: text('card.allowances.calls'),
    texts: text('card.allowances.texts'),
  };
  return {
    esim: (masked) => text('card.esim', { masked }),
    labels: {
      iccid: text('card.labels.iccid'),
      ends: text('card.labels.ends'),
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
    headline: headlineWords(say, amount),
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
    outOfStep: line('card.outOfStep'),
    stillReported: (left) => line('card.stillReported', { left }),
    unlimited: text('card.unlimited'),
    notKnown: text('card.notKnown'),
    left(kind, { remaining, total }, percent) {
      if (kind === 'data') {
        const amounts = data({ remaining, total });
        if (percent === undefined) return text('card.left.data.open', { remaining: amounts.remaining });
        return remaining > total
          ? text('card.left.data.above', amounts)
          : text('card.left.data', { ...amounts, percent: percent / 100 });
      }
      return percent === undefined
        ? text(`card.left.${kind}.open`, { remaining })
        : text(`card.left.${kind}`, { remaining, total, percent: percent / 100 });
    },
    of: (kind, allowance) =>
      kind === 'data'
        ? text('card.of.data', data(allowance))
        : text(`card.of.${kind}`, { remaining: allowance.remaining, total: allowance.total }),
    away,
    endsAt: (far, at) => line('card.endsAt', { away: far, at }),
    endsIn: (far) => line('card.endsIn', { away: far }),
    endsOn: (at) => line('card.endsOn', { at }),
    endedAt: (at) => line('card.endedAt', { at }),
    unused: (allowance, at) =>
      at === undefined
        ? line('card.unusedGone', data(allowance))
        : line('card.endedUnused', { ...data(allowance), at }),
    asOf: (asOf) => line('card.asOf', { asOf }),
    nextCheck: (when) => line('card.nextCheck', { when }),
    nextTry: (when) => line('card.nextTry', { when }),
    upstreamLag: (minutes) => line('card.upstreamLag', { minutes }),
    lastReading: line('card.lastReading'),
    thisIsTheLast: line('card.thisIsTheLast'),
    willUpdate: (because, when) => line(`card.willUpdate.${because}`, { when }),
    willAnswer: (because, when) => line(`card.willAnswer.${because}`, { when }),
    askLater: (because, when) => line(`card.askLater.${because}`, { when }),
    notNoted: (when) => line('card.notNoted', { when }),
  };
}

function headlineWords({ text, figures: { away } }: Say, amount: (mb: number) => string): HeadlineWords {
  return {
    empty: (totalMb) => text('card.headline.empty', { total: amount(totalMb) }),
    usedUp: (totalMb) => text('card.headline.usedUp', { total: amount(totalMb) }),
    expired: (ms) => text('card.headline.expired', { ago: away(ms) }),
    waiting: (mb) => text('card.headline.waiting', { amount: amount(mb) }),
    waitingUnlimited: text('card.headline.waitingUnlimited'),
    unreported: text('card.headline.unreported'),
    withdrawn: text('card.headline.withdrawn'),
    unseen: (figure) =>
      figure === undefined ? text('card.headline.unseen.alone') : text('card.headline.unseen', { figure }),
    endsSoon: (figure, ms) => text('card.headline.endsSoon', { figure, away: away(ms) }),
    past: (ms) => text('card.headline.past', { ago: away(ms) }),
    noAllowance: text('card.headline.noAllowance'),
    notKnown: (totalMb) =>
      totalMb === undefined
        ? text('card.headline.notKnown')
        : text('card.dataNotKnown.total', { amount: amount(totalMb) }),
    lastKnown: (title) => text('card.headline.lastKnown', { title }),
    promised: text('card.headline.promised'),
    askLater: text('card.headline.askLater'),
  };
}
