import type { Formatters } from 'intl-messageformat';
import { MB_PER_GB } from '../domain/usage.ts';
import type { Line } from './card.ts';
import { CARD_LIMITS } from './limits.ts';
import { clip } from './spans.ts';

/** Numbers in a person's own writing, for what a message alone cannot say. */
export interface Figures {
  /** Both amounts in the unit that suits them, and different whenever they differ. */
  data(amounts: { readonly remaining: number; readonly total: number }): { remaining: string; total: string };
  list(items: readonly string[]): string;
  /** `#a, #b or #c`: alternatives that are no plain text. */
  either(items: readonly Line[]): Line;
  /** For the numbers and plurals in messages: one decimal at most, percentages and units without. */
  readonly formatters: Formatters;
}

/** Above any real allowance; keeps a damaged figure from filling the screen. */
const LARGEST = 1e12;

/** A number that is no longer than a screen is wide. */
export const bounded = (value: number): number => Math.min(LARGEST, Math.max(-LARGEST, value));

/** Numbers, amounts and plurals as `locale` writes them, through `Intl`. */
export function createFigures(locale: string): Figures {
  const unit = (name: string, digits: number) =>
    new Intl.NumberFormat(locale, {
      style: 'unit',
      unit: name,
      unitDisplay: 'short',
      maximumFractionDigits: digits,
    });
  const gigabytes = unit('gigabyte', 1);
  const megabytes = unit('megabyte', 0);
  const fewMegabytes = unit('megabyte', 1);
  const conjunction = new Intl.ListFormat(locale, { type: 'conjunction' });
  const disjunction = new Intl.ListFormat(locale, { type: 'disjunction' });

  /** Something left is never written as nothing left. */
  const inMegabytes = (mb: number) =>
    Math.abs(mb) < 10 ? fewMegabytes.format(mb > 0 ? Math.max(mb, 0.1) : mb) : megabytes.format(mb);
  const amount = (mb: number) =>
    Math.abs(mb) < MB_PER_GB ? inMegabytes(mb) : gigabytes.format(mb / MB_PER_GB);

  return {
    formatters: createFormatters(locale),
    data(amounts) {
      const [left, total] = [bounded(amounts.remaining), bounded(amounts.total)];
      const short = { remaining: amount(left), total: amount(total) };
      // "5 GB of 5 GB left" would hide the first megabytes that were used.
      if (left === total || short.remaining !== short.total) return short;
      return { remaining: inMegabytes(left), total: inMegabytes(total) };
    },
    list: (items) => clip(conjunction.format(items), CARD_LIMITS.line),
    either: (items) =>
      disjunction
        .formatToParts(items.map((_, index) => String(index)))
        .flatMap(({ type, value }) => (type === 'element' ? (items[Number(value)] ?? []) : [value])),
  };
}

/** What `intl-messageformat` writes numbers, dates and plurals with; each is made once, since making one is slow. */
function createFormatters(locale: string): Formatters {
  const plain = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const plurals = new Intl.PluralRules(locale);
  const byStyle = new Map<string, Intl.NumberFormat>();
  // The same object each time a message is said: quicker than to spell out its style.
  const byOptions = new WeakMap<object, Intl.NumberFormat>();
  return {
    getNumberFormat(_locales, options) {
      if (options === undefined) return plain;
      const known = byOptions.get(options);
      if (known) return known;
      // The messages name few styles: `::percent` and a unit or two.
      const style = `${options.style} ${options.unit} ${options.unitDisplay}`;
      const format =
        byStyle.get(style) ?? new Intl.NumberFormat(locale, { ...options, maximumFractionDigits: 0 });
      byStyle.set(style, format);
      byOptions.set(options, format);
      return format;
    },
    getDateTimeFormat: (locales, options) => new Intl.DateTimeFormat(locales, options),
    getPluralRules: () => plurals,
  };
}
