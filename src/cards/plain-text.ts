import type { Card, Line, Span } from './card.ts';
import { wordsFor } from './words.ts';

export interface PlainTextOptions {
  /** BCP 47; falls back as the words do. */
  readonly locale: string;
  /** IANA name; UTC when absent or not known. Always named in the text. */
  readonly timeZone?: string;
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

export function plainLine(line: Line, options: PlainTextOptions): string {
  return line.map((span) => plainSpan(span, options)).join('');
}

function plainSpan(span: Span, options: PlainTextOptions): string {
  if (typeof span === 'string') return span;
  switch (span.kind) {
    case 'instant':
      return instantText(span, options);
    case 'code':
    case 'foreign':
    case 'strong':
      return span.text;
    case 'channel':
    case 'group':
    case 'person':
      return span.id;
    default:
      return span satisfies never;
  }
}

/** `14:20 UTC` or `4 Dec 2026, 09:41 UTC`: an instant where nobody draws it in the reader's own zone. */
function instantText({ at, style }: Extract<Span, { kind: 'instant' }>, options: PlainTextOptions): string {
  const date: Intl.DateTimeFormatOptions = { year: 'numeric', month: 'short', day: 'numeric' };
  const time: Intl.DateTimeFormatOptions = { hour: 'numeric', minute: '2-digit', timeZoneName: 'short' };
  const fields = { time, relative: time, date, 'date-time': { ...date, ...time } }[style];
  return dateFormat(options, fields).format(at);
}

/** Dates in the language of the words around them, which may not be the one asked for. */
function dateFormat({ locale, timeZone = 'UTC' }: PlainTextOptions, fields: Intl.DateTimeFormatOptions) {
  const language = wordsFor(locale).locale;
  try {
    return new Intl.DateTimeFormat(language, { ...fields, timeZone });
  } catch {
    // A zone that this computer does not know must not cost the answer.
    return new Intl.DateTimeFormat(language, { ...fields, timeZone: 'UTC' });
  }
}
