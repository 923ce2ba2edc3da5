import type { Line, Span } from '../card.ts';
import type { Say } from '../say.ts';

/** Words about the partner's orders, and about what can be bought. */
export interface OrderWords {
  /** Of the list of the newest. */
  readonly title: string;
  /** The same where there are some: how many there are in all. */
  headline(count: number): string;
  /** First line where there is none. */
  readonly none: string;
  /** In a row: how many eSIMs an order has. */
  esims(count: number): string;
}

/** Words about what can be bought for a country or a region. */
export interface PlanWords {
  title(place: string): string;
  /** First line where it is not known for which; then what to type. */
  readonly which: string;
  /** Above the plans; none is said as well. */
  headline(count: number, place: string): string;
  ask(example: Span): Line;
  /** What was typed is no place. */
  noPlace(asked: Span, example: Span): Line;
  none(place: Span): Line;
  readonly noBuying: Line;
}

/** The list of orders. */
export function orderWords({ text }: Say): OrderWords {
  return {
    title: text('orders.title'),
    headline: (count) => text('orders.headline', { count }),
    none: text('orders.none'),
    esims: (count) => text('orders.esims', { count }),
  };
}

/** The lists of plans. */
export function planWords({ text, line }: Say): PlanWords {
  return {
    title: (place) => text('plans.title', { place }),
    which: text('plans.which'),
    headline: (count, place) => text('plans.headline', { count, place }),
    ask: (example) => line('plans.ask', { example }),
    noPlace: (asked, example) => line('plans.noPlace', { asked, example }),
    none: (place) => line('plans.none', { place }),
    noBuying: line('plans.noBuying'),
  };
}
