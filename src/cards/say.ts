import { IntlMessageFormat } from 'intl-messageformat';
import type { Line, Span } from './card.ts';
import { messageIn } from './catalogue.ts';
import { bounded, createFigures, type Figures } from './figures.ts';
import type { Language } from './languages.ts';
import type { MessageArguments, MessageId, RichMessageId } from './message-arguments.ts';
import { code, strong } from './spans.ts';

/**
 * What an argument of a message may be: text of our own, one span, or several. Foreign text is a span always, so that
 * it is escaped.
 */
export type Part = string | Span | Line;

/** Arguments where only text can come out. */
type TextArguments<K extends MessageId> = {
  readonly [A in keyof MessageArguments[K]]: MessageArguments[K][A] extends number ? number : string;
};

/** None where the message takes none. */
type Given<Args> = keyof Args extends never ? [] : [args: Args];

/** Says the messages of one language, with the numbers of one locale. */
export interface Say {
  /** A message as plain text: for titles, labels and buttons. */
  text<K extends Exclude<MessageId, RichMessageId>>(id: K, ...given: Given<TextArguments<K>>): string;
  /** A message as a line: spans among its arguments stay spans, `<code>` and `<strong>` in it become spans. */
  line<K extends MessageId>(id: K, ...given: Given<MessageArguments[K]>): Line;
  readonly figures: Figures;
}

/** Nothing in it is read as a format: most messages are said as they stand. */
const PLAIN = /^[^{}<>']*$/;
/** `{whenIs, select, …}` asks what kind of instant the argument `when` is. */
const KINDS_ASKED = /\{(\w+)Is, *select/g;

/** What the tags in a message mean; their content is text. */
const TAGS = {
  code: (chunks: readonly unknown[]) => code(chunks.join('')),
  strong: (chunks: readonly unknown[]) => strong(chunks.join('')),
};

type Values = Readonly<Record<string, Part | number>>;
type Value = Part | number | ((chunks: readonly unknown[]) => Span);
type Format = (values: Values) => Line;

/** Parsing takes longer than all else about a message: once for each language, when it is first said. */
const parsed = new Map<string, ReturnType<IntlMessageFormat['getAst']>>();

/** The messages of `language`, with numbers and plurals as `locale` (BCP 47) writes them. */
export function createSay(language: Language, locale: string): Say {
  const figures = createFigures(locale);
  const formats = new Map<MessageId, Format>();
  const line = (id: MessageId, values: Values = {}): Line => {
    let format = formats.get(id);
    if (format === undefined) {
      format = compile(language, id, locale, figures);
      formats.set(id, format);
    }
    return format(values);
  };
  return { figures, line, text: (id, ...given) => line(id, ...given).join('') };
}

/** Prepared once, said often. Throws for a message that is no ICU MessageFormat, which a test finds first. */
function compile(language: Language, id: MessageId, locale: string, { formatters }: Figures): Format {
  const message = messageIn(language, id);
  if (PLAIN.test(message)) {
    const said: Line = [message];
    return () => said;
  }
  const key = `${language} ${id}`;
  const format = new IntlMessageFormat(parsed.get(key) ?? message, locale, undefined, { formatters });
  parsed.set(key, format.getAst());
  const kinds = [...message.matchAll(KINDS_ASKED)].flatMap(([, name]) => name ?? []);
  const valuesOf = (values: Values): Record<string, Value> => {
    const all: Record<string, Value> = { ...TAGS, ...values };
    for (const name of kinds) all[`${name}Is`] = kindOf(values[name]);
    return all;
  };
  // Each card says a handful: what a message does not need is not made for it.
  const asTheyAre = kinds.length === 0 && !message.includes('<');
  return (given) => {
    const values = withinBounds(given);
    return spansOf(format.formatToParts<Value>(asTheyAre ? values : valuesOf(values)));
  };
}

/** A copy only where a number is longer than a line: most are not, and each card passes here. */
function withinBounds(values: Values): Values {
  let changed: Record<string, Part | number> | undefined;
  for (const name in values) {
    const value = values[name];
    if (typeof value !== 'number' || bounded(value) === value) continue;
    changed ??= { ...values };
    changed[name] = bounded(value);
  }
  return changed ?? values;
}

/** Languages have different words before a time of day and before a date; `now` is an instant that has come. */
function kindOf(value: Part | number | undefined): 'now' | 'time' | 'date' {
  if (value === 'now') return 'now';
  if (typeof value !== 'object' || !('kind' in value) || value.kind !== 'instant') return 'time';
  return value.style === 'time' || value.style === 'relative' ? 'time' : 'date';
}

/** What `intl-messageformat` gives back, without what no card can hold: a number stands there formatted already. */
function spansOf(parts: readonly { readonly value: string | Value }[]): Line {
  const spans: Span[] = [];
  for (const { value } of parts) {
    if (typeof value === 'number' || typeof value === 'function') continue;
    if (isLine(value)) spans.push(...value);
    else spans.push(value);
  }
  return spans;
}

const isLine = (value: Span | Line): value is Line => Array.isArray(value);
