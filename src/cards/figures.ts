import type { Formatters } from 'intl-messageformat';
import { LRUCache } from 'lru-cache';
import { MB_PER_GB } from '../domain/usage.ts';
import type { Line } from './card.ts';
import { CARD_LIMITS } from './limits.ts';
import { clip } from './spans.ts';

/**
 * Numbers in a person's own writing, for what a message alone cannot say. Amounts of data are in MB, `MB_PER_GB` of
 * them a GB.
 */
export interface Figures {
  /**
   * Both amounts as a person says them: the rest in the unit of the whole, or in a smaller one where it is less than
   * one of those; and different whenever they differ.
   */
  data(amounts: { readonly remaining: number; readonly total: number }): { remaining: string; total: string };
  /** How far off something is, from milliseconds, below nothing for the past: `in 11 days`, `9 days ago`. Unbroken too. */
  away(ms: number): string;
  /** `a, b and c`, cut at a line's length. */
  list(items: readonly string[]): string;
  /** `#a, #b or #c`: alternatives that are no plain text. */
  either(items: readonly Line[]): Line;
  /** For the numbers and plurals in messages: one decimal at most, percentages and units without. */
  readonly formatters: Formatters;
}

/** Above any real allowance; keeps a damaged figure from filling the screen. */
const LARGEST = 1e12;

/** What is nearer than each of `DISTANCES`. */
const MINUTES = { from: 0, size: 60_000, unit: 'minute' } as const;
/** From how many milliseconds on which unit is said. */
const DISTANCES = [
  { from: 47.5 * 3_600_000, size: 86_400_000, unit: 'day' },
  { from: 89.5 * 60_000, size: 3_600_000, unit: 'hour' },
] as const;

/**
 * A number and its unit stay on one line: a phone and a narrow column of a table would tear `1.3 GB` apart. Languages
 * that have a no-break space there already keep theirs; Japanese has none before its own units (`11日後`).
 */
const unbroken = (amount: string): string =>
  amount.replace(/(?<=\d) (?=\p{Script=Han})/u, '').replace(/(?<=\d) /g, '\u00a0');

/** Packages come in few sizes, and whoever asks twice sees the same rest. */
const MAX_WRITTEN = 200;

/** Amounts with their units, see `unbroken`. `Intl` takes as long to write one as to make the rest of its line. */
class UnitFormat extends Intl.NumberFormat {
  readonly #written = new LRUCache<number | bigint, string>({ max: MAX_WRITTEN });

  override format(value: number | bigint): string {
    const known = this.#written.get(value);
    if (known !== undefined) return known;
    const written = unbroken(super.format(value));
    this.#written.set(value, written);
    return written;
  }
}

/** A number that is no longer than a screen is wide. */
export const bounded = (value: number): number => Math.min(LARGEST, Math.max(-LARGEST, value));

/**
 * Numbers, amounts and plurals as `locale` (BCP 47) writes them, through `Intl`. Throws a `RangeError` for a tag that
 * is none; `wordsFor` never passes one. Making it is slow: keep it.
 */
export function createFigures(locale: string): Figures {
  const unit = (name: string, digits: number) =>
    new UnitFormat(locale, {
      style: 'unit',
      unit: name,
      unitDisplay: 'short',
      maximumFractionDigits: digits,
    });
  const units = [
    { mb: MB_PER_GB ** 2, digits: 1, format: unit('terabyte', 1) },
    { mb: MB_PER_GB, digits: 1, format: unit('gigabyte', 1) },
  ];
  const megabytes = { mb: 1, digits: 0, format: unit('megabyte', 0) };
  const fewMegabytes = { mb: 1, digits: 1, format: unit('megabyte', 1) };
  const conjunction = new Intl.ListFormat(locale, { type: 'conjunction' });
  const disjunction = new Intl.ListFormat(locale, { type: 'disjunction' });
  const distance = new Intl.RelativeTimeFormat(locale, { numeric: 'always' });

  const unitOf = (mb: number) =>
    units.find((one) => Math.abs(mb) >= one.mb) ?? (Math.abs(mb) < 10 ? fewMegabytes : megabytes);
  /** Something left is never written as nothing left. */
  const amount = (mb: number, { mb: size, format } = unitOf(mb)) =>
    format.format(mb > 0 ? Math.max(mb, 0.1) / size : mb / size);
  /** Cut, not rounded: "5 GB of 5 GB" would hide the first megabytes that were used. */
  const cut = (mb: number) => {
    const { mb: size, digits, format } = unitOf(mb);
    const scale = 10 ** digits;
    return format.format(Math.floor((mb / size) * scale) / scale);
  };

  return {
    formatters: createFormatters(locale),
    data(amounts) {
      const [left, total] = [bounded(amounts.remaining), bounded(amounts.total)];
      const [remaining, whole] = [amount(left), amount(total)];
      const isHidden = left < total && (remaining === whole || amount(left, unitOf(total)) === whole);
      return { remaining: isHidden ? cut(left) : remaining, total: whole };
    },
    away(ms) {
      const { size, unit: name } = DISTANCES.find(({ from }) => Math.abs(ms) >= from) ?? MINUTES;
      // Bounded: `Intl` throws for a number without an end.
      const count = Math.round(bounded(ms) / size);
      // Less than a minute is not nothing.
      return unbroken(distance.format(count === 0 ? (ms < 0 ? -1 : 1) : count, name));
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
      // The messages name few styles: `::percent`, a unit or two, and `::.00` for money.
      const digits = options.minimumFractionDigits ?? 0;
      const style = `${options.style} ${options.unit} ${options.unitDisplay} ${digits}`;
      const format =
        byStyle.get(style) ?? new UnitFormat(locale, { ...options, maximumFractionDigits: digits });
      byStyle.set(style, format);
      byOptions.set(options, format);
      return format;
    },
    getDateTimeFormat: (locales, options) => new Intl.DateTimeFormat(locales, options),
    getPluralRules: () => plurals,
  };
}
