import type { BulkRow } from '../domain/bulk.ts';
import { type CsvCell, csvOf } from '../domain/csv.ts';
import { type Allowance, hasFigures, type UsageReading } from '../domain/usage.ts';
import type { Delimiter } from './csv-table.ts';

/**
 * What is known of one row when the list is written. `asOf` is epoch ms; `note` is a sentence in
 * the person's language, empty where there is nothing to say.
 */
export type RowAnswer =
  | { readonly kind: 'reading'; readonly reading: UsageReading; readonly asOf: number; readonly note: string }
  | { readonly kind: 'none'; readonly note: string };

/** The columns, in their order. Amounts of data in MB (1 GB = 1024 MB), of calls in minutes; times are ISO 8601 in UTC. */
const COLUMNS = [
  'iccid',
  'status',
  'data_remaining_mb',
  'data_total_mb',
  'unlimited',
  'voice_remaining_min',
  'voice_total_min',
  'text_remaining',
  'text_total',
  'expires_at',
  'as_of',
  'note',
] as const;
type Cells = Readonly<Partial<Record<(typeof COLUMNS)[number], CsvCell>>>;

/** Excel takes a file without this mark for the Windows page of its country. */
const MARK = '\uFEFF';
/**
 * The answered list as a file. UTF-8, one line for each row in the order given, first the heading.
 * Texts that a spreadsheet would run as a formula are defused by `csvOf`.
 */
export function writeCsv(
  rows: readonly (BulkRow & { readonly answer: RowAnswer })[],
  delimiter: Delimiter,
): Buffer {
  return Buffer.from(`${MARK}${csvOf([COLUMNS, ...rows.map(cellsOf)], delimiter)}`, 'utf8');
}

/** A row without an ICCID shows what stood there, on one line. */
function cellsOf(row: BulkRow & { readonly answer: RowAnswer }): CsvCell[] {
  const { answer } = row;
  const cells: Cells = {
    iccid: 'iccid' in row ? { digits: row.iccid } : oneLine(row.given),
    note: oneLine(answer.note),
    ...(answer.kind === 'reading' ? readingCells(answer.reading, answer.asOf) : {}),
  };
  return COLUMNS.map((column) => cells[column] ?? '');
}

function readingCells(reading: UsageReading, asOf: number): Cells {
  const { status, data, voiceMinutes, textMessages, expiresAt } = reading;
  const figures = hasFigures(reading);
  return {
    status: oneLine(status.name),
    ...(figures ? dataCells(data) : {}),
    ...(figures && voiceMinutes ? amounts('voice_remaining_min', 'voice_total_min', voiceMinutes) : {}),
    ...(figures && textMessages ? amounts('text_remaining', 'text_total', textMessages) : {}),
    expires_at: expiresAt === undefined ? '' : iso(expiresAt),
    as_of: iso(asOf),
  };
}

/** What is not known stays empty. */
function dataCells(data: UsageReading['data']): Cells {
  switch (data.kind) {
    case 'unlimited':
      return { unlimited: 'yes' };
    case 'megabytes':
      return { ...amounts('data_remaining_mb', 'data_total_mb', data), unlimited: 'no' };
    case 'unknown':
      return data.total === undefined ? {} : { data_total_mb: String(data.total) };
    default:
      return data satisfies never;
  }
}

function amounts(left: keyof Cells, all: keyof Cells, { remaining, total }: Allowance): Cells {
  // Something left of nothing: the total is not known.
  const known = total > 0 || remaining === 0;
  return { [left]: String(remaining), ...(known && { [all]: String(total) }) };
}

/** Line ends within a cell are legal, and break the tools that read line by line. */
function oneLine(text: string): string {
  return text.replace(/[\r\n]+/gu, ' ');
}

/** An instant as it stands in the file. Beyond what a date can hold, nothing. */
export function iso(at: number): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().replace(/\.\d{3}Z$/u, 'Z');
}
