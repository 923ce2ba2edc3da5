import { stripVTControlCharacters, styleText } from 'node:util';
import type { Card, Line, Span, Table } from '../../cards/card.ts';
import { type PlainTextOptions, plainLine, rowLines, rowMark } from '../../cards/plain-text.ts';
import { SIGNS } from '../../cards/signs.ts';
import { displayWidth, type Piece, wrap } from './wrap.ts';

/** How wide, in colour or not, in whose language and zone. */
export interface TextOptions extends PlainTextOptions {
  /** ANSI escapes; without them the same picture in plain characters. */
  readonly colour: boolean;
  /** Columns, at least 24. */
  readonly width: number;
}

type Format = Parameters<typeof styleText>[0];

/** The colour of the rule at the left and of the bar; the sign in the title says the same without colour. */
const TONES: Readonly<Record<Card['tone'], Format>> = {
  good: 'green',
  low: 'yellow',
  attention: 'yellow',
  bad: 'red',
  neutral: 'blue',
  waiting: 'cyan',
};

/** Columns. Below it a title and a bar no longer fit beside their frame. */
const NARROWEST = 24;

/**
 * A card for a terminal: ruled at the left in the colour of its tone, labels aligned, wrapped to the width. Without
 * buttons and menus: nobody can press. Text from outside cannot move the cursor. Pure.
 */
export function renderText(card: Card, options: TextOptions): string {
  const width = Math.max(NARROWEST, options.width) - 2;
  const paint = painter(options.colour);
  // In columns, not in characters: a Japanese label takes two for each.
  const labelWidth = Math.max(...labelsOf(card).map(displayWidth), 0) + 2;
  const labelled = (label: string, value: readonly Piece[]) => hang(label, labelWidth, value, width, paint);

  const paragraphs = [
    [
      ...card.meters.flatMap(({ label, bar, text }) => {
        const bare = { text: bar, format: TONES[card.tone] };
        const said = [bare, ...(text === undefined ? [] : [{ text: `  ${visible(text)}` }])];
        return label === undefined ? wrapped(said, width, paint) : labelled(label, said);
      }),
      ...card.lines.flatMap((line) => wrapped(pieces(line, options), width, paint)),
    ],
    card.table ? tableRows(card.table, options, width, paint) : [],
    // A terminal shows no picture: what is seen on it stands in its place.
    card.picture ? wrapped([{ text: visible(card.picture.alt) }], width, paint) : [],
    card.facts.flatMap(({ label, value }) => labelled(label, pieces(value, options))),
    card.freshness.flatMap((line) => wrapped(dimmed(pieces(line, options)), width, paint)),
  ].filter((rows) => rows.length > 0);

  const edge = (text: string) => paint(text, TONES[card.tone]);
  // The title is the answer: what does not fit into the rule goes on below it.
  const [title = '', ...titleRows] = wrap(
    [{ text: `${SIGNS[card.tone]} ${visible(card.title)}` }],
    width - 2,
  ).map((row) => row.map(({ text }) => text).join(''));
  const top = `${edge('┌')} ${paint(title, 'bold')} ${edge('─'.repeat(Math.max(0, width - displayWidth(title) - 1)))}`;
  const body = [
    ...titleRows.map((row) => paint(row, 'bold')),
    ...paragraphs.flatMap((rows, index) => (index === 0 ? rows : ['', ...rows])),
  ];
  // An address or a code that is too long stands outside the frame, in one piece: as it is copied.
  const framed = body.map((row) => (isWider(row, width) ? row : `${edge('│')} ${row}`.trimEnd()));
  return [top, ...framed, edge(`└${'─'.repeat(width + 1)}`)].join('\n');
}

/** Lines without a card, wrapped to the width. */
export function renderLines(lines: readonly Line[], options: TextOptions): string {
  const width = Math.max(NARROWEST, options.width);
  return lines.flatMap((line) => wrapped(pieces(line, options), width, painter(options.colour))).join('\n');
}

/** As it is seen: the escapes of colours take no column. */
function isWider(row: string, width: number): boolean {
  return displayWidth(stripVTControlCharacters(row)) > width;
}

/** A line each, with the sign of its row. */
function tableRows(table: Table, options: TextOptions, width: number, paint: Paint): string[] {
  return rowLines(table).flatMap((line, row) =>
    wrapped([{ text: rowMark(table.rows[row]) }, ...pieces(line, options)], width, paint),
  );
}

function labelsOf(card: Card): string[] {
  return [...card.meters, ...card.facts].flatMap(({ label }) => label ?? []);
}

/**
 * `label  value`, further rows of the value below its first. A value wider than its room, such as an address, begins
 * below the label.
 */
function hang(
  label: string,
  labelWidth: number,
  value: readonly Piece[],
  width: number,
  paint: Paint,
): string[] {
  const room = Math.max(8, width - labelWidth);
  const rows = wrapped(value, room, paint);
  const name = paint(label, 'dim') + ' '.repeat(labelWidth - displayWidth(label));
  return rows.flatMap((row, index) => {
    if (isWider(row, room)) return index === 0 ? [name, row] : [row];
    return [(index === 0 ? name : ' '.repeat(labelWidth)) + row];
  });
}

function wrapped(content: readonly Piece[], width: number, paint: Paint): string[] {
  return wrap(content, width).map((row) => row.map(({ text, format }) => paint(text, format)).join(''));
}

/** A line as pieces of one style each. An instant is told with its zone, since no terminal draws it anew. */
function pieces(line: Line, options: TextOptions): Piece[] {
  return line.flatMap((span): Piece[] => {
    const text = visible(plainLine([span], options));
    const format = formatOf(span);
    if (typeof span === 'string' || format === undefined) {
      // A terminal has nothing to press, so the address of a link is told.
      const isLink = typeof span === 'object' && span.kind === 'link';
      return isLink ? [{ text: `${text}: ` }, { text: visible(span.href), whole: true }] : [{ text }];
    }
    return [span.kind === 'code' ? { text, format, whole: true } : { text, format }];
  });
}

function formatOf(span: Span): Format | undefined {
  if (typeof span === 'string') return undefined;
  switch (span.kind) {
    case 'code':
      return 'cyan';
    case 'strong':
    case 'instant':
      return 'bold';
    case 'away':
    case 'foreign':
    case 'link':
    case 'channel':
    case 'group':
    case 'person':
      return undefined;
    default:
      return span satisfies never;
  }
}

function dimmed(content: readonly Piece[]): Piece[] {
  return content.map((piece) => ({ format: 'dim', ...piece }));
}

type Paint = (text: string, format: Format | undefined) => string;

function painter(colour: boolean): Paint {
  return (text, format) =>
    // The caller has decided about colour; Node would look at the stream of its own.
    colour && format !== undefined && text !== '' ? styleText(format, text, { validateStream: false }) : text;
}

/** Without what could move the cursor or change the direction: text from outside must not draw outside its place. */
function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '');
}
