import type { Line } from '../card.ts';
import type { Say } from '../say.ts';
import { instant } from '../spans.ts';

/** Words of Slack's App Home. */
export interface HomeWords {
  readonly title: string;
  /** How many answers are on their way, also none. */
  pending(count: number): string;
  /** `answerAt`, epoch ms, told as a time of day. */
  pendingItem(masked: string, answerAt: number): Line;
  /** So many answers are on their way whose text the store cannot open. */
  unreadable(count: number): Line;
  readonly recent: string;
  /** The same as a first line, with how many of them somebody should look at. */
  recentHeadline(bad: number): string;
  readonly noneRecent: string;
  /** A button that opens a form; what sends it, and where the answer comes. */
  readonly ask: string;
  readonly check: string;
  readonly comesIn: string;
  /** Titles of the bot's status. */
  readonly healthy: string;
  readonly troubled: string;
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
    pending: (count) => text('home.pending', { count }),
    pendingItem: (masked, answerAt) => line('home.pendingItem', { masked, at: instant(answerAt, 'time') }),
    unreadable: (count) => line('home.unreadable', { count }),
    recent: text('home.recent'),
    recentHeadline: (bad) => text('home.recentHeadline', { bad }),
    noneRecent: text('home.noneRecent'),
    ask: text('home.ask'),
    check: text('home.check'),
    comesIn: text('home.comesIn'),
    healthy: text('home.healthy'),
    troubled: text('home.troubled'),
    unhealthy: line('home.unhealthy'),
    help: text('home.help'),
    version: (version) => line('home.version', { version }),
  };
}
