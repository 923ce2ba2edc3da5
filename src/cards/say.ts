import { IntlMessageFormat } from 'intl-messageformat';
import type { Line, Span } from './card.ts';
import { messageIn } from './catalogue.ts';
import { bounded, createFigures, type Figures } from './figures.ts';
import type { Language } from './languages.ts';
import type { MessageArguments, MessageId, RichMessageId } from './message-arguments.ts';
import { code, strong } from './spans.ts';

/** What an argument of a message may be: text of our own, one span, or several. */
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
/** `{whenIs, select, …}`: what kind of instant the argument `when` is. */
const ASKS_FOR_KIND = /\{\w+Is, *select/;
const KIND_ENDING = 'Is';

/** What the tags in a message mean; their content is text. */
const TAGS = {
  code: (chunks: readonly unknown[]) => code(chunks.join('')),
  strong: (chunks: readonly unknown[]) => strong(chunks.join('')),
};

type Value = Part | number | ((chunks: readonly unknown[]) => Span);

/** Parsing takes longer than all else about a message: once for each language, when it is first said. */
const parsed = new Map<string, ReturnType<IntlMessageFormat['getAst']>>();

/** The messages of `language`, with numbers and plurals as `locale` (BCP 47) writes them. */
export function createSay(language: Language, locale: string): Say {
  const figures = createFigures(locale);
  const { formatters } = figures;
  const formats = new Map<MessageId, (values: Record<string, Part | number>) => Line>();

  function formatOf(id: MessageId) {
    const known = formats.get(id);
    if (known) return known;
    const made = compile(id);
    formats.set(id, made);
    return made;
  }

  function compile(id: MessageId): (values: Record<string, Part | number>) => Line {
    const message = messageIn(language, id);
    if (PLAIN.test(message)) {
      const said: Line = [message];
      return () => said;
    }
    const key = `${language} ${id}`;
    const format = new IntlMessageFormat(parsed.get(key) ?? message, locale, undefined, { formatters });
    parsed.set(key, format.getAst());
    const asksForKind = ASKS_FOR_KIND.test(message);
    return (values) => {
      const all: Record<string, Value> = { ...TAGS };
      for (const [name, value] of Object.entries(values)) {
        all[name] = typeof value === 'number' ? bounded(value) : value;
        if (asksForKind) all[`${name}${KIND_ENDING}`] = kindOf(value);
      }
      return format.formatToParts<Value>(all).flatMap(({ value }): Line => spansOf(value));
    };
  }

  const line = (id: MessageId, values: Record<string, Part | number> = {}): Line => formatOf(id)(values);
  return {
    figures,
    line,
    text: (id, ...given) => line(id, ...given).join(''),
  };
}

/** Languages have different words before a time of day and before a date; `now` is an instant that has come. */
function kindOf(value: Part | number): 'now' | 'time' | 'date' {
  if (value === 'now') return 'now';
  if (typeof value !== 'object' || !('kind' in value) || value.kind !== 'instant') return 'time';
  return value.style === 'time' || value.style === 'relative' ? 'time' : 'date';
}

function spansOf(value: string | Value): Line {
  if (typeof value === 'string') return [value];
  if (typeof value === 'number' || typeof value === 'function') return [];
  return isLine(value) ? value : [value];
}

const isLine = (value: Span | Line): value is Line => Array.isArray(value);
