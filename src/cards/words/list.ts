import type { Line, Span } from '../card.ts';
import type { Say } from '../say.ts';

/** Words of a table of eSIMs. */
export interface ListWords {
  /**
   * How many there are, how many of them need somebody, and if none does, how many have no figure yet; at most 80
   * characters.
   */
  title(count: number, troubled: number, waiting: number): string;
  /** Headings; short, since a table of four has little room. */
  readonly columns: Readonly<Record<'esim' | 'left' | 'status' | 'ends' | 'checked', string>>;
  /** The order of the rows. */
  readonly worstFirst: string;
  readonly newestFirst: string;
  /** What was left when the plan ended. */
  lost(mb: number): string;
  /** An answer is on its way. */
  comes(at: Span | 'now'): Line;
  /** None is. */
  readonly waiting: string;
  /** The oldest and the newest check of the eSIMs in the table. */
  checkedBetween(from: Span, to: Span): Line;
}

/** What a table of eSIMs says. */
export function listWords({ text, line, figures: { data } }: Say): ListWords {
  return {
    title: (count, troubled, waiting) => text('list.title', { count, bad: troubled, waiting }),
    columns: {
      esim: text('list.columns.esim'),
      left: text('list.columns.left'),
      status: text('list.columns.status'),
      ends: text('list.columns.ends'),
      checked: text('list.columns.checked'),
    },
    worstFirst: text('list.worstFirst'),
    newestFirst: text('list.newestFirst'),
    lost: (mb) => text('list.lost', { amount: data({ remaining: mb, total: mb }).remaining }),
    comes: (when) => line('list.comes', { when }),
    waiting: text('list.waiting'),
    checkedBetween: (from, to) => line('list.oldest', { from, to }),
  };
}
