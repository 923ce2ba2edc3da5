import type { Line, Span } from '../card.ts';
import type { Say } from '../say.ts';

/** Words about the partner's orders, and about what can be bought. */
export interface OrderWords {
  /** Of the list of the newest. */
  readonly title: string;
  /** The same where there are some: how many there are in all. */
  headline(count: number): string;
  readonly none: Line;
  /** In a row: how many eSIMs an order has. */
  esims(count: number): string;
}

/** Words about what can be bought for a country or a region. */
export interface PlanWords {
  /** `place` is undefined where it is not known for which. */
  title(place: string | undefined): string;
  /** Above the plans; none is said as well. */
  headline(count: number, place: string): string;
  ask(example: Span): Line;
  /** What was typed is no place. */
  noPlace(asked: Span, example: Span): Line;
  none(place: Span): Line;
  readonly noBuying: Line;
}

/** The list of orders. */
export function orderWords({ text, line }: Say): OrderWords {
  return {
    title: text('orders.title'),
    headline: (count) => text('orders.headline', { count }),
    none: line('orders.none'),
    esims: (count) => text('orders.esims', { count }),
  };
}

/** The lists of plans. */
export function planWords({ text, line }: Say): PlanWords {
  return {
    title: (place) => (place === undefined ? text('plans.titleAlone') : text('plans.title', { place })),
    headline: (count, place) => text('plans.headline', { count, place }),
    ask: (example) => line('plans.ask', { example }),
    noPlace: (asked, example) => line('plans.noPlace', { asked, example }),
    none: (place) => line('plans.none', { place }),
    noBuying: line('plans.noBuying'),
  };
}
