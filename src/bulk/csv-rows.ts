import { CsvError, parse } from 'csv-parse/sync';
import { z } from 'zod';
import { BULK_LIMITS, type BulkRow, type CsvProblem } from '../domain/bulk.ts';
import { type IccidParse, parseIccid } from '../domain/iccid.ts';
import { csvText } from './csv-text.ts';

/** What parts the columns; the answer is written with the same. */
export type Delimiter = ',' | ';' | '\t';

/** A list, or why the file is none. */
export type CsvList =
  | {
      readonly kind: 'list';
      /** Each eSIM once, in the order of the file, and every row that holds none. */
      readonly rows: readonly BulkRow[];
      /** Rows left out, since their eSIM stands further up. */
      readonly repeated: number;
      readonly delimiter: Delimiter;
    }
  | { readonly kind: 'no-list'; readonly problem: CsvProblem };

type Table = readonly (readonly string[])[];

const DELIMITERS: readonly Delimiter[] = [',', ';', '\t'];
const records = z.array(z.array(z.string()));
/** Excel's own first line, which names the delimiter. */
const SEPARATOR_LINE = /^sep=(.)\r?\n/iu;
const HEADING = /iccid/iu;
/** A spreadsheet keeps 15 digits of a number: of 19, the last four are gone. */
const CUT_OFF = /^\d{15,18}0000$/;

/** Reads a file as people send them: any delimiter, any heading or none, cells around the number. Pure. */
export function readCsv(bytes: Uint8Array): CsvList {
  if (bytes.length > BULK_LIMITS.bytes)
    return refused({ kind: 'too-large', mostKb: BULK_LIMITS.bytes / 1024 });
  const read = csvText(bytes);
  if (read.kind !== 'text') return refused({ kind: read.kind });
  const named = SEPARATOR_LINE.exec(read.text);
  const text = named ? read.text.slice(named[0].length) : read.text;
  const delimiter = DELIMITERS.find((one) => one === named?.[1]) ?? delimiterOf(text);
  try {
    return listOf(tableOf(text, delimiter), delimiter);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = 'lines' in error && typeof error.lines === 'number' ? error.lines : 1;
    return refused({ kind: 'broken', line });
  }
}

function refused(problem: CsvProblem): CsvList {
  return { kind: 'no-list', problem };
}

/** The one that the first line has most of. */
function delimiterOf(text: string): Delimiter {
  const [first = ''] = text.trimStart().split(/\r?\n|\r/u, 1);
  const count = (delimiter: Delimiter) => first.split(delimiter).length;
  return DELIMITERS.reduce((best, one) => (count(one) > count(best) ? one : best));
}

function tableOf(text: string, delimiter: Delimiter): Table {
  return records.parse(
    parse(text, {
      delimiter,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      trim: delimiter !== '\t',
    }),
  );
}

function listOf(table: Table, delimiter: Delimiter): CsvList {
  const { column, body } = columnOf(table);
  if (column === undefined) return refused({ kind: 'no-iccids' });
  const parsed = body.map((row) => parseIccid(row[column] ?? ''));
  const found = parsed.flatMap((one) => (one.kind === 'ok' ? one.iccid : []));
  const rounded = parsed.some((one) => one.kind === 'malformed' && one.problem.kind === 'rounded');
  if (found.length === 0) return refused({ kind: rounded ? 'digits-lost' : 'no-iccids' });
  if (found.length > 1 && found.every((iccid) => CUT_OFF.test(iccid)))
    return refused({ kind: 'digits-lost' });
  const { rows, repeated } = withoutRepeats(parsed);
  if (rows.length > BULK_LIMITS.rows)
    return refused({ kind: 'too-many', found: rows.length, most: BULK_LIMITS.rows });
  return { kind: 'list', rows, repeated, delimiter };
}

function withoutRepeats(parsed: readonly IccidParse[]): { rows: BulkRow[]; repeated: number } {
  const seen = new Set<string>();
  const rows: BulkRow[] = [];
  for (const one of parsed) {
    if (one.kind === 'malformed') rows.push({ given: one.given, problem: one.problem });
    else if (!seen.has(one.iccid)) rows.push({ iccid: one.iccid });
    if (one.kind === 'ok') seen.add(one.iccid);
  }
  return { rows, repeated: parsed.length - rows.length };
}

/** By its heading, or the first in which half the cells look like the number of an eSIM, or the first with any. */
function columnOf(table: Table): { column: number | undefined; body: Table } {
  const [first = [], ...rest] = table;
  const headed = first.findIndex((cell) => HEADING.test(cell) && !looksLikeIccid(cell));
  if (headed >= 0) return { column: headed, body: rest };
  const width = Math.max(0, ...table.map((row) => row.length));
  const columns = Array.from({ length: width }, (_, column) => {
    const cells = table.flatMap((row) => row[column]?.trim() || []);
    return { column, like: cells.filter(looksLikeIccid).length, cells: cells.length };
  }).filter(({ like }) => like > 0);
  const [best] = [...columns.filter(({ like, cells }) => like * 2 >= cells), ...columns];
  if (!best) return { column: undefined, body: table };
  // A first row of words is a heading in another language.
  const heading = !/\d/u.test(first[best.column] ?? '');
  return { column: best.column, body: heading ? rest : table };
}

function looksLikeIccid(cell: string): boolean {
  const parsed = parseIccid(cell);
  return parsed.kind === 'ok' || parsed.problem.kind === 'rounded';
}
