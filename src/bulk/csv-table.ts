import { CsvError, type Options, parse } from 'csv-parse';
import { BULK_LIMITS } from '../domain/bulk.ts';
import type { Turns } from './turns.ts';

/** What parts the columns; the answer is written with the same. */
export const DELIMITERS = [',', ';', '\t', '|'] as const;
/** See `DELIMITERS`. */
export type Delimiter = (typeof DELIMITERS)[number];

/** The cells of a file, or why there are none. */
export type CsvTable =
  | { readonly kind: 'table'; readonly rows: readonly (readonly string[])[]; readonly delimiter: Delimiter }
  | { readonly kind: 'broken'; readonly line: number }
  | { readonly kind: 'too-many-cells' }
  | { readonly kind: 'too-many-lines'; readonly found: number };

/** Excel's own first line, which names the delimiter. */
const SEPARATOR_LINE = /^sep=(.)\n/iu;
/** Line ends of every system, also several kinds in one file: the parser would go by the first alone. */
const LINE_END = /\r\n?|[\v\f\u0085\u2028\u2029]/gu;
/** So much of a file shows what parts its columns. */
const SAMPLE = 16_384;
/** Handed to the parser whole. */
const PIECE_BYTES = 1_024;
/** Of a line besides its characters: the parser makes an error for each one that is longer or shorter than the first. */
const LINE_WORK = 32;
const EMPTY_LINE = /^[,;|\t ]+$/gmu;
const FILLED_LINE = /[^\n]+/gu;
const QUOTED = /"[^"]*"/gu;
const WHOLE_NUMBER = /(?<!\d)\d{18,22}(?!\d)/gu;

const LINE_FEED = 10;
/** The one fault of a file that cannot be read around: everything after it is one cell. */
const NOT_CLOSED = 'CSV_QUOTE_NOT_CLOSED';

/**
 * Parts a text into cells, a piece at a time. Stray quotes are text. Linear, and bounded in cells
 * that hold something. Throws only what the parser throws beyond its own `CsvError`, which is a
 * fault of ours.
 */
export async function tableOf(given: string, turns: Turns): Promise<CsvTable> {
  const lines = given.replace(LINE_END, '\n');
  const named = SEPARATOR_LINE.exec(lines);
  const text = (named ? lines.slice(named[0].length) : lines).replace(EMPTY_LINE, '');
  const found = text.match(FILLED_LINE)?.length ?? 0;
  if (found > BULK_LIMITS.lines) return { kind: 'too-many-lines', found };
  const delimiter = DELIMITERS.find((one) => one === named?.[1]) ?? delimiterOf(text.slice(0, SAMPLE));
  const options: Options = {
    delimiter,
    record_delimiter: '\n',
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
    trim: delimiter !== '\t',
  };
  const read = await cellsOf(text, options, turns);
  if (!(read instanceof CsvError))
    return read ? { kind: 'table', rows: read, delimiter } : { kind: 'too-many-cells' };
  if (read.code === NOT_CLOSED) {
    const line = 'lines' in read && typeof read.lines === 'number' ? read.lines : 1;
    return { kind: 'broken', line };
  }
  // A quote in the wrong place: read once more with quotes as plain text.
  const plain = await cellsOf(text, { ...options, quote: false }, turns);
  if (plain instanceof CsvError) throw plain;
  return plain ? { kind: 'table', rows: plain, delimiter } : { kind: 'too-many-cells' };
}

/** Undefined when there are more cells than a list may have. */
async function cellsOf(
  text: string,
  options: Options,
  turns: Turns,
): Promise<string[][] | CsvError | undefined> {
  const parser = parse(options);
  const rows: string[][] = [];
  let filled = 0;
  let failed: CsvError | undefined;
  parser.on('data', (row: unknown) => {
    const cells = Array.isArray(row) ? row.map(String) : [];
    rows.push(cells);
    for (const cell of cells) if (cell !== '') filled++;
  });
  const ended = new Promise<void>((resolve, reject) => {
    parser.once('end', resolve);
    parser.once('close', resolve);
    parser.once('error', (error: unknown) => {
      if (!(error instanceof CsvError)) return reject(error);
      failed = error;
      resolve();
    });
  });
  // As bytes, which the parser keeps over the end of a piece: text would be cut within a character.
  const bytes = Buffer.from(text, 'utf8');
  for (let start = 0; start < bytes.length && !failed && filled <= BULK_LIMITS.cells; start += PIECE_BYTES) {
    const piece = bytes.subarray(start, start + PIECE_BYTES);
    parser.write(piece);
    const lines = piece.reduce((sum, byte) => (byte === LINE_FEED ? sum + 1 : sum), 0);
    if (turns.due(piece.length + lines * LINE_WORK)) await turns.give();
  }
  if (filled > BULK_LIMITS.cells) parser.destroy();
  else parser.end();
  await ended;
  return failed ?? (filled > BULK_LIMITS.cells ? undefined : rows);
}

/** The one that leaves most numbers by themselves, then the one that most lines have as often as each other. */
function delimiterOf(sample: string): Delimiter {
  const lines = sample.replace(QUOTED, (quoted) => quoted.replace(/[,;|\t\n]/gu, ' ')).split('\n');
  const filled = lines.filter((line) => line.trim() !== '');
  const scores = DELIMITERS.map((delimiter) => {
    const cells = filled.map((line) => line.split(delimiter));
    const widths = new Map<number, number>();
    for (const { length } of cells) if (length > 1) widths.set(length, (widths.get(length) ?? 0) + 1);
    return {
      delimiter,
      apart: cells.reduce((sum, row) => sum + row.reduce((more, cell) => more + numbersAlone(cell), 0), 0),
      alike: Math.max(0, ...widths.values()),
      cells: cells.reduce((sum, row) => sum + row.length, 0),
    };
  });
  return scores.reduce((best, one) => (better(one, best) ? one : best)).delimiter;
}

/**
 * `apart`: numbers alone in their cell; `alike`: lines of the most common width; `cells`: all of
 * them.
 */
type Score = Readonly<Record<'apart' | 'alike' | 'cells', number>>;

function better(one: Score, other: Score): boolean {
  if (one.apart !== other.apart) return one.apart > other.apart;
  return one.alike === other.alike ? one.cells > other.cells : one.alike > other.alike;
}

/**
 * A number with letters or other digits beside it counts for nothing: its cell is not parted yet.
 */
function numbersAlone(cell: string): number {
  let found = 0;
  const rest = cell.replace(WHOLE_NUMBER, () => {
    found++;
    return '';
  });
  return /[\p{L}\p{N}]/u.test(rest) ? 0 : found;
}
