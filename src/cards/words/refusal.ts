import { ICCID_EXAMPLE, type IccidProblem } from '../../domain/iccid.ts';
import type { AccessNeed } from '../../usage/access.ts';
import type { Refusal } from '../../usage/reply.ts';
import type { Line, Span } from '../card.ts';
import type { Say } from '../say.ts';
import { code, mentions } from '../spans.ts';

/** Words on a card without one. */
export interface RefusalWords {
  /** The title where no eSIM is named. */
  readonly titles: Readonly<Record<Refusal['reason'], string>>;
  /** `given` is what was typed, foreign; absent in public, where it might be somebody's number. */
  malformed(problem: IccidProblem, given: Span | undefined): Line;
  readonly example: Line;
  /**
   * `iccid` to compare, absent in public; `checkDigitOff`: a typing mistake is likely; from `again` on Airalo can be
   * asked anew.
   */
  unknownEsim(iccid: Span | undefined, checkDigitOff: boolean, again: Span | 'now'): readonly Line[];
  /** Airalo finds an eSIM no more that it has answered for; the last reading stands below. */
  doubtedEsim(again: Span | 'now'): readonly Line[];
  /** Only the operator can help; says that nothing is wrong with the question. */
  readonly operatorNeeded: readonly Line[];
  /** `detail` in Airalo's own words. */
  declined(detail: Span): readonly Line[];
  notAllowed(need: AccessNeed): readonly Line[];
  /** Too many different eSIMs in a short time; those checked already still work until then. */
  tooMany(until: Span): readonly Line[];
  readonly storeUnavailable: readonly Line[];
  /** `askedAt` is when the question came, whose answer could not be had in time. */
  promiseExpired(askedAt: Span): readonly Line[];
  readonly promiseCancelled: readonly Line[];
}

/** What stands on a card without a figure. */
export function refusalWords(say: Say): RefusalWords {
  const { text, line } = say;
  return {
    titles: {
      'malformed-iccid': text('refusal.titles.malformed-iccid'),
      'unknown-esim': text('refusal.titles.unknown-esim'),
      'operator-needed': text('refusal.titles.operator-needed'),
      declined: text('refusal.titles.declined'),
      'not-allowed': text('refusal.titles.not-allowed'),
      'too-many': text('refusal.titles.too-many'),
      'store-unavailable': text('refusal.titles.store-unavailable'),
      'promise-expired': text('refusal.titles.promise-expired'),
      'promise-cancelled': text('refusal.titles.promise-cancelled'),
    },
    malformed: (problem, given) => whatIsWrong(problem, given, say),
    example: line('refusal.example', { example: ICCID_EXAMPLE }),
    unknownEsim: (iccid, checkDigitOff, again) => [
      iccid === undefined ? line('refusal.unknownEsim') : line('refusal.unknownEsim.iccid', { iccid }),
      line(checkDigitOff ? 'refusal.unknownEsim.checkDigit' : 'refusal.unknownEsim.compare'),
      line('refusal.unknownEsim.again', { when: again }),
    ],
    doubtedEsim: (again) => [line('refusal.doubtedEsim'), line('refusal.unknownEsim.again', { when: again })],
    operatorNeeded: [line('refusal.operatorNeeded.what'), line('refusal.operatorNeeded.next')],
    declined: (detail) => [line('refusal.declined.what'), [detail], line('refusal.declined.next')],
    notAllowed: (need) => [whatIsNeeded(need, say)],
    tooMany: (until) => [line('refusal.tooMany', { until }), line('refusal.tooMany.next')],
    storeUnavailable: [line('refusal.storeUnavailable.what'), line('refusal.storeUnavailable.next')],
    promiseExpired: (askedAt) => [line('refusal.promiseExpired', { askedAt })],
    promiseCancelled: [line('refusal.promiseCancelled')],
  };
}

function whatIsWrong(problem: IccidProblem, given: Span | undefined, { line }: Say): Line {
  switch (problem.kind) {
    case 'empty':
    case 'rounded':
      return line(`refusal.malformed.${problem.kind}`);
    case 'not-digits':
      return given === undefined
        ? line('refusal.malformed.not-digits')
        : line('refusal.malformed.not-digits.given', { given });
    case 'too-short':
    case 'too-long':
      return given === undefined
        ? line('refusal.malformed.length', { digits: problem.digits })
        : line('refusal.malformed.length.given', { digits: problem.digits, given });
    case 'several':
      return line('refusal.malformed.several', { found: problem.found });
    default:
      return problem satisfies never;
  }
}

function whatIsNeeded(need: AccessNeed, { text, line, figures: { either } }: Say): Line {
  const others = text('refusal.notAllowed.others');
  switch (need.kind) {
    case 'full-member':
    case 'space':
    case 'steward':
      return line(`refusal.notAllowed.${need.kind}`);
    case 'check-failed':
      if (need.because !== undefined) return line(`refusal.notAllowed.check-failed.${need.because}`);
      return line(`refusal.notAllowed.${need.kind}`);
    case 'listed':
      return line('refusal.notAllowed.listed', { id: code(need.personId), setting: code(need.setting) });
    case 'channel':
      return line('refusal.notAllowed.channel', {
        channels: either(mentions('channel', need.channelIds, others)),
      });
    case 'group':
      return need.groupIds.length === 0
        ? line('refusal.notAllowed.named')
        : line('refusal.notAllowed.group', { groups: either(mentions('group', need.groupIds, others)) });
    default:
      return need satisfies never;
  }
}
