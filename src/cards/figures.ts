import { MB_PER_GB } from '../domain/usage.ts';
import type { Line } from './card.ts';
import { CARD_LIMITS } from './limits.ts';
import { clip } from './spans.ts';

/** Numbers in a person's own writing, for the languages in `locales`. */
export interface Figures {
  number(value: number): string;
  /** `percent` is 0 to 100. */
  percent(percent: number): string;
  /** Both amounts in the unit that suits them, and different whenever they differ. */
  data(amounts: { readonly remaining: number; readonly total: number }): { remaining: string; total: string };
  minutes(value: number): string;
  /** `1 message`, `3 messages`; the forms that a language has, by `Intl.PluralRules`. */
  counted(value: number, forms: Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }): string;
  list(items: readonly string[]): string;
  /** `#a, #b or #c`: alternatives that are no plain text. */
  either(items: readonly Line[]): Line;
}

/** Above any real allowance; keeps a damaged figure from filling the screen. */
const LARGEST = 1e12;

/** Numbers, amounts and plurals as `locale` writes them, through `Intl`. */
export function createFigures(locale: string): Figures {
  const plain = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const share = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const unit = (name: string, unitDisplay: 'short' | 'long', digits: number) =>
    new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay, maximumFractionDigits: digits });
  const gigabytes = unit('gigabyte', 'short', 1);
  const megabytes = unit('megabyte', 'short', 0);
  const fewMegabytes = unit('megabyte', 'short', 1);
  const minutes = unit('minute', 'long', 0);
  const plural = new Intl.PluralRules(locale);
  const conjunction = new Intl.ListFormat(locale, { type: 'conjunction' });
  const disjunction = new Intl.ListFormat(locale, { type: 'disjunction' });
  const bounded = (value: number) => Math.min(LARGEST, Math.max(-LARGEST, value));
  const number = (value: number) => plain.format(bounded(value));

  /** Something left is never written as nothing left. */
  const inMegabytes = (mb: number) =>
    Math.abs(mb) < 10 ? fewMegabytes.format(mb > 0 ? Math.max(mb, 0.1) : mb) : megabytes.format(mb);
  const amount = (mb: number) =>
    Math.abs(mb) < MB_PER_GB ? inMegabytes(mb) : gigabytes.format(mb / MB_PER_GB);

  return {
    number,
    percent: (percent) => share.format(percent / 100),
    data(amounts) {
      const [left, total] = [bounded(amounts.remaining), bounded(amounts.total)];
      const short = { remaining: amount(left), total: amount(total) };
      // "5 GB of 5 GB left" would hide the first megabytes that were used.
      if (left === total || short.remaining !== short.total) return short;
      return { remaining: inMegabytes(left), total: inMegabytes(total) };
    },
    minutes: (value) => minutes.format(bounded(value)),
    counted: (value, forms) => `${number(value)} ${forms[plural.select(bounded(value))] ?? forms.other}`,
    list: (items) => clip(conjunction.format(items), CARD_LIMITS.line),
    either: (items) =>
      disjunction
        .formatToParts(items.map((_, index) => String(index)))
        .flatMap(({ type, value }) => (type === 'element' ? (items[Number(value)] ?? []) : [value])),
  };
}
