import { LRUCache } from 'lru-cache';
import type { Card, Line, Row, Span, Table } from './card.ts';
import { SIGNS } from './signs.ts';
import { dotted, type InstantStyle } from './spans.ts';
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

/**
 * The whole card in words, for notifications and screen readers: bars and buttons left out. Neither escaped nor cut:
 * that is the renderer's.
 */
export function plainText(card: Card, options: PlainTextOptions): string {
  return [
    card.title,
    ...card.meters.flatMap(({ label, text }) => (text === undefined ? [] : [`${label ?? ''}: ${text}`])),
    ...card.lines.map((line) => plainLine(line, options)),
    ...(card.table ? rowLines(card.table).map((line) => plainLine(line, options)) : []),
    ...card.facts.map(({ label, value }) => `${label}: ${plainLine(value, options)}`),
    ...card.freshness.map((line) => plainLine(line, options)),
  ].join('\n');
}

/**
 * A line as text alone, for fallbacks, notifications and screen readers. Of a link only its words, of a mention no
 * id.
 */
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

/** A button's label, with its time where the reader's zone is known. */
export function labelOf({ label, timed }: Labelled, options: PlainTextOptions): string {
  if (timed === undefined || options.timeZone === undefined) return label;
  return timed
    .map((span) => (isTime(span) ? clockText(span.at, options) : plainSpan(span, options)))
    .join('');
}

interface Labelled {
  readonly label: string;
  readonly timed?: Line;
}

const isTime = (span: Span): span is Extract<Span, { kind: 'instant' }> =>
  typeof span === 'object' && span.kind === 'instant';

/** `8:16 AM`: on the reader's own wall, where no zone has to be named. */
function clockText(at: number, { locale, timeZone = 'UTC' }: PlainTextOptions): string {
  return dateFormat(wordsFor(locale).locale, timeZone, 'clock', false).format(at);
}

/** Below a chart: `Nov 28`, `11/28, 2:00 PM`. */
export function axisLabel(
  at: number,
  by: 'day' | 'hour',
  { locale, timeZone = 'UTC' }: PlainTextOptions,
): string {
  return dateFormat(wordsFor(locale).locale, timeZone, `axis-${by}`, false).format(at);
}

/** Each row as one line, without its sign; what is empty is left out. */
export function rowLines({ rows }: Table): Line[] {
  return rows.map(({ cells, line }) => line ?? dotted(cells.filter((cell) => cell.length > 0)));
}

/** Stands before the line of a row: its sign, or a point where nothing is judged. */
export function rowMark(row: Row | undefined): string {
  return rowSign(row) || '• ';
}

/** Stands before the first cell of a row; empty where nothing is judged. */
export function rowSign(row: Row | undefined): string {
  return row?.tone === undefined ? '' : `${SIGNS[row.tone]} `;
}

function plainSpan(span: Span, options: PlainTextOptions): string {
  if (typeof span === 'string') return span;
  switch (span.kind) {
    case 'instant':
      return instantText(span, options);
    case 'away':
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

/** What of an instant is written, by how precisely it is told; a time with its zone, but for that on a button. */
const DATE: Intl.DateTimeFormatOptions = { year: 'numeric', month: 'short', day: 'numeric' };
const TIME: Intl.DateTimeFormatOptions = { hour: 'numeric', minute: '2-digit', timeZoneName: 'short' };
type Form = InstantStyle | 'clock' | `axis-${'day' | 'hour'}`;
const FIELDS: Readonly<Record<Form, Intl.DateTimeFormatOptions>> = {
  clock: { hour: 'numeric', minute: '2-digit' },
  time: TIME,
  relative: TIME,
  date: DATE,
  day: { weekday: 'short', month: 'short', day: 'numeric' },
  'date-time': { ...DATE, ...TIME },
  'axis-day': { month: 'short', day: 'numeric' },
  'axis-hour': { month: 'numeric', day: 'numeric', hour: 'numeric', minute: '2-digit' },
};

/** Making one takes longer than everything else about a card; each process sees few zones and languages. */
const formats = new LRUCache<string, Intl.DateTimeFormat>({ max: 500 });

/** Kept by all that decides over it. `seconds` only where a time of day is told. */
function dateFormat(language: string, timeZone: string, style: Form, seconds: boolean): Intl.DateTimeFormat {
  const key = `${language} ${timeZone} ${style} ${seconds}`;
  const known = formats.get(key);
  if (known) return known;
  const fields =
    seconds && style !== 'date' && style !== 'day'
      ? { ...FIELDS[style], second: '2-digit' as const }
      : FIELDS[style];
  const format = newDateFormat(language, timeZone, fields);
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
