import type { Reply } from '../../../usage/reply.ts';
import type { Line } from '../../card.ts';
import { instant } from '../../spans.ts';

type OutcomeWords = Readonly<
  Record<
    | Exclude<Reply['kind'], 'refused'>
    | 'unknown-esim'
    | 'declined'
    | 'too-many'
    | 'promise-expired'
    | 'promise-cancelled'
    | 'other',
    string
  >
>;

/** Words of Slack's App Home. */
export interface HomeWords {
  readonly title: string;
  readonly pending: string;
  readonly nonePending: Line;
  pendingItem(masked: string, answerAt: number): Line;
  readonly recent: string;
  readonly noneRecent: Line;
  /** How a lookup ended, by the name in the audit; `other` for the rest. */
  readonly outcomes: OutcomeWords;
  /** `outcome` is one of `outcomes`. */
  recentItem(masked: string, outcome: string, at: number): Line;
  readonly health: string;
  readonly healthy: Line;
  readonly unhealthy: Line;
  readonly help: string;
}

/** What stands on the App Home. */
export const homeWords: HomeWords = {
  title: 'eSIM usage',
  pending: 'Answers on their way',
  nonePending: ['Nothing is waiting for Airalo.'],
  pendingItem: (masked, answerAt) => [`eSIM ${masked}, expected at `, instant(answerAt, 'time')],
  recent: 'Your last lookups',
  noneRecent: ['You have not looked up an eSIM yet.'],
  outcomes: {
    fresh: 'read from Airalo',
    cached: 'last reading shown',
    deferred: 'answer promised',
    'unknown-esim': 'not known to Airalo',
    declined: 'declined by Airalo',
    'too-many': 'too many at once',
    'promise-expired': 'no answer',
    'promise-cancelled': 'cancelled',
    other: 'not answered',
  },
  recentItem: (masked, outcome, time) => [`eSIM ${masked}, ${outcome}, `, instant(time, 'date-time')],
  health: 'State of the bot',
  healthy: ['Everything works.'],
  unhealthy: ['Something is out of order; answers may come late. The operator can see what in the log.'],
  help: 'How to ask',
};
