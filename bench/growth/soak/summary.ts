import { median } from '../../figures.ts';
import type { BotSample } from './bot-child.ts';

/** Of the samples of a day. */
export interface Span {
  readonly least: number;
  readonly mean: number;
  readonly most: number;
}

/** What the bot's process held over a day. */
export interface DayOfProcess {
  readonly heapMb: Span;
  /** Of that, compiled code. */
  readonly codeMb: Span;
  /** And the rest, in which a leak would be. */
  readonly objectMb: Span;
  readonly rssMb: Span;
  readonly fds: Span;
  /** What Node's loop waits for: sockets, servers, timers. */
  readonly handles: Span;
  /** Sleeps and long timers. */
  readonly waiting: Span;
  /** Promises and watches at the end of the day. */
  readonly pending: number;
}

export function summaryOf(samples: readonly BotSample[]): DayOfProcess {
  const span = (of: (sample: BotSample) => number): Span => {
    const values = samples.map(of);
    return { least: Math.min(...values), mean: meanOf(values), most: Math.max(...values) };
  };
  return {
    heapMb: span(({ heapMb }) => heapMb),
    codeMb: span(({ codeMb }) => codeMb),
    objectMb: span(({ heapMb, codeMb }) => heapMb - codeMb),
    rssMb: span(({ rssMb }) => rssMb),
    fds: span(({ fds }) => fds),
    handles: span(({ resources }) => Object.values(resources).reduce((sum, count) => sum + count, 0)),
    waiting: span(({ waiting }) => waiting),
    pending: samples.at(-1)?.pending ?? 0,
  };
}

/** `rise` in the unit of what grows, `percent` of its mean. */
export interface Growth {
  readonly rise: number;
  readonly percent: number;
}

/** By how much the line through the values (least squares) rises from the first to the last, and that in % of their mean. */
export function riseOf(values: readonly number[]): Growth {
  const average = meanOf(values);
  const middle = (values.length - 1) / 2;
  const sum = (of: (value: number, index: number) => number) =>
    values.reduce((total, value, index) => total + of(value, index), 0);
  const above = sum((value, index) => (index - middle) * (value - average));
  const below = sum((_value, index) => (index - middle) ** 2);
  const rise = (above / below) * (values.length - 1);
  return { rise, percent: (rise * 100) / average };
}

/** The middle one of the days' leasts in the last third of the days, and in the third before it. */
export interface Leasts {
  readonly before: number;
  readonly last: number;
}

/**
 * What is held for a while comes and goes, and what leaks never goes: so the least of a day rises with a leak and with nothing else. The first
 * third of the days is left out, for in it fills what is filled once: caches, pools. The middle one, since a single sample between two
 * connections would otherwise be the least of a week. NaN for fewer than three days.
 */
export function leastsOf(daily: readonly Span[]): Leasts {
  const third = Math.floor(daily.length / 3);
  const middleOf = (days: readonly Span[]) => median(days.map(({ least }) => least));
  return {
    before: middleOf(daily.slice(daily.length - 2 * third, daily.length - third)),
    last: middleOf(daily.slice(daily.length - third)),
  };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
