import type { Card, Line, Span } from './card.ts';
import type { InstantStyle } from './spans.ts';
import { wordsFor } from './words.ts';

/** How instants are written where no client draws them itself: the reader's language and IANA time zone. */
export interface PlainTextOptions {
  /** BCP 47; falls back as the words do. */
  readonly locale: string;
  /** IANA name; UTC when absent or not known. Always named in the text. */
  readonly timeZone?: string;
  /** Times to the second: where windows last seconds, as in the demo. */
  readonly seconds?: boolean;
}

/** The whole card in words, for notifications and screen readers: bars and buttons left out. */
export function plainText(card: Card, options: PlainTextOptions): string {
  return [
    card.title,
    ...card.lines.map((line) => plainLine(line, options)),
    ...card.meters.map(({ label, text }) => `${label}: ${text}`),
    ...card.facts.map(({ label, value }) => `${label}: ${plainLine(value, options)}`),
    ...card.freshness.map((line) => plainLine(line, options)),
  ].join('\n');
}

/** A line as text alone, for fallbacks, notifications and screen readers. */
export function plainLine(line: Line, options: PlainTextOptions): string {
  return withoutRepeats(line)
    .map((span) => plainSpan(span, options))
    .join('');
}

/** `#channel, #channel or #channel` tells no more than the first of them. */
function withoutRepeats(line: Line): Line {
  const kept: Span[] = [];
  for (const span of line) {
    const kind = placeKind(span);
    if (kind !== undefined && placeKind(kept.at(-2)) === kind && typeof kept.at(-1) === 'string') kept.pop();
    else kept.push(span);
  }
  return kept;
}

function placeKind(span: Span | undefined): 'channel' | 'group' | undefined {
  if (typeof span !== 'object') return undefined;
  return span.kind === 'channel' || span.kind === 'group' ? span.kind : undefined;
}

function plainSpan(span: Span, options: PlainTextOptions): string {
  if (typeof span === 'string') return span;
  switch (span.kind) {
    case 'instant':
      return instantText(span, options);
    case 'code':
    case 'foreign':
    case 'link':
    case 'strong':
      return span.text;
    case 'channel':
    case 'group':
    case 'person':
      // Nobody knows a person by `U0123456789`.
      return wordsFor(options.locale).chat.mentioned[span.kind];
    default:
      return span satisfies never;
  }
}

/** `14:20 UTC` or `4 Dec 2026, 09:41 UTC`: an instant where nobody draws it in the reader's own zone. */
function instantText({ at, style }: Extract<Span, { kind: 'instant' }>, options: PlainTextOptions): string {
  // Dates in the language of the words around them, which may not be the one asked for.
  const language = wordsFor(options.locale).locale;
  return dateFormat(language, options.timeZone ?? 'UTC', style, options.seconds ?? false).format(at);
}

const DATE: Intl.DateTimeFormatOptions = { year: 'numeric', month: 'short', day: 'numeric' };
const TIME: Intl.DateTimeFormatOptions = { hour: 'numeric', minute: '2-digit', timeZoneName: 'short' };
const FIELDS: Readonly<Record<InstantStyle, Intl.DateTimeFormatOptions>> = {
  time: TIME,
  relative: TIME,
  date: DATE,
  day: { weekday: 'short', month: 'short', day: 'numeric' },
  'date-time': { ...DATE, ...TIME },
};

/** Making one takes longer than everything else about a card; each process sees few zones and languages. */
const formats = new Map<string, Intl.DateTimeFormat>();
const MOST_FORMATS = 500;

function dateFormat(
  language: string,
  timeZone: string,
  style: InstantStyle,
  seconds: boolean,
): Intl.DateTimeFormat {
  const key = `${language} ${timeZone} ${style} ${seconds}`;
  const known = formats.get(key);
  if (known) return known;
  const fields =
    seconds && style !== 'date' && style !== 'day'
      ? { ...FIELDS[style], second: '2-digit' as const }
      : FIELDS[style];
  const format = newDateFormat(language, timeZone, fields);
  if (formats.size >= MOST_FORMATS) formats.clear();
  formats.set(key, format);
  return format;
}

function newDateFormat(language: string, timeZone: string, fields: Intl.DateTimeFormatOptions) {
  try {
    return new Intl.DateTimeFormat(language, { ...fields, timeZone });
  } catch {
    // A zone that this computer does not know must not cost the answer.
    return new Intl.DateTimeFormat(language, { ...fields, timeZone: 'UTC' });
  }
}
