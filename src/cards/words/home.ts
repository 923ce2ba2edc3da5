import type { Reply } from '../../usage/reply.ts';
import type { Line } from '../card.ts';
import type { Say } from '../say.ts';
import { instant } from '../spans.ts';

type OutcomeWords = Readonly<
  Record<
    | Exclude<Reply['kind'], 'refused' | 'watched'>
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
  /** `answerAt`, epoch ms, told as a time of day. */
  pendingItem(masked: string, answerAt: number): Line;
  readonly recent: string;
  readonly noneRecent: Line;
  /** How a lookup ended, by the name in the audit; `other` for the rest. */
  readonly outcomes: OutcomeWords;
  /** `outcome` is one of `outcomes`. */
  recentItem(masked: string, outcome: string, at: number): Line;
  readonly health: string;
  readonly healthy: Line;
  /** The store cannot be read just now. */
  readonly unhealthy: Line;
  readonly help: string;
  /** Of the program. */
  version(version: string): Line;
}

/** What stands on the App Home. */
export function homeWords({ text, line }: Say): HomeWords {
  return {
    title: text('home.title'),
    pending: text('home.pending'),
    nonePending: line('home.nonePending'),
    pendingItem: (masked, answerAt) => line('home.pendingItem', { masked, at: instant(answerAt, 'time') }),
    recent: text('home.recent'),
    noneRecent: line('home.noneRecent'),
    outcomes: {
      fresh: text('home.outcomes.fresh'),
      cached: text('home.outcomes.cached'),
      deferred: text('home.outcomes.deferred'),
      'unknown-esim': text('home.outcomes.unknown-esim'),
      declined: text('home.outcomes.declined'),
      'too-many': text('home.outcomes.too-many'),
      'promise-expired': text('home.outcomes.promise-expired'),
      'promise-cancelled': text('home.outcomes.promise-cancelled'),
      other: text('home.outcomes.other'),
    },
    recentItem: (masked, outcome, at) =>
      line('home.recentItem', { masked, outcome, at: instant(at, 'date-time') }),
    health: text('home.health'),
    healthy: line('home.healthy'),
    unhealthy: line('home.unhealthy'),
    help: text('home.help'),
    version: (version) => line('home.version', { version }),
  };
}
