import { BULK_LIMITS, type BulkRow, type CsvProblem } from '../domain/bulk.ts';
import { type Iccid, parseIccid } from '../domain/iccid.ts';
import { type CellRead, type RowRead, readCells } from './csv-cells.ts';
import { type Columns, columnsOf, isLikely } from './csv-columns.ts';
import { type Delimiter, tableOf } from './csv-table.ts';
import { csvText } from './csv-text.ts';
import { createTurns, type GiveWay, type Turns } from './turns.ts';

/** A list, or why the file is none. */
export type CsvList =
  | {
      readonly kind: 'list';
      /** Each eSIM once, in the order of the file, and every row that holds none. */
      readonly rows: readonly BulkRow[];
      /** Numbers left out, since their eSIM stands further up. */
      readonly repeated: number;
      /** eSIMs left out, since they stand beside the column of ICCIDs alone. */
      readonly elsewhere: number;
      readonly delimiter: Delimiter;
    }
  | { readonly kind: 'no-list'; readonly problem: CsvProblem };

/** A spreadsheet keeps 15 digits of a number: of 19, the last four are gone. */
const CUT_OFF = /^\d{15}0{3,7}$/;
/** What taking up a cell costs. */
const ROW_WORK = 64;
/** By chance one number in a thousand to ten thousand looks so: two of twenty do not. */
const CUT_OFF_SHARE = 10;

/**
 * Reads a file as people send them: any delimiter, any line ends, any heading or none, several numbers in a row. Every ICCID of the
 * file is a row, or counted as left out. In pieces: between two of them `giveWay` has the event loop.
 * Refuses, as a value: too large, no text, broken quotes, too many rows or cells, no ICCID at all,
 * and digits that a spreadsheet has cut off.
 */
export async function readCsv(bytes: Uint8Array, giveWay?: GiveWay): Promise<CsvList> {
  if (bytes.length > BULK_LIMITS.bytes)
    return refused({ kind: 'too-large', mostKb: BULK_LIMITS.bytes / 1024 });
  const read = csvText(bytes);
  if (read.kind !== 'text') return refused({ kind: read.kind });
  const turns = createTurns(giveWay);
  const table = await tableOf(read.text, turns);
  if (table.kind === 'broken') return refused(table);
  if (table.kind === 'too-many-lines')
    return refused({ kind: 'too-many', found: table.found, most: BULK_LIMITS.rows });
  if (table.kind === 'too-many-cells') return refused({ kind: 'too-many-cells', most: BULK_LIMITS.cells });
  const rows = await readCells(table.rows, turns);
  await turns.give();
  // As many on one line are as many as on lines of their own.
  const numbers = rows.reduce((sum, { found }) => sum + found.length, 0);
  if (numbers > BULK_LIMITS.lines)
    return refused({ kind: 'too-many', found: numbers, most: BULK_LIMITS.rows });
  const columns = columnsOf(rows);
  await turns.give();
  return columns ? await listOf(rows, columns, table.delimiter, turns) : refused({ kind: 'no-iccids' });
}

function refused(problem: CsvProblem): CsvList {
  return { kind: 'no-list', problem };
}

/** ICCIDs above the heading are counted as left out, not read. */
async function listOf(
  read: readonly RowRead[],
  columns: Columns,
  delimiter: Delimiter,
  turns: Turns,
): Promise<CsvList> {
  const list = createList(turns);
  for (const row of read.slice(0, columns.bodyAt)) list.leaveOut(row.found);
  for (const row of read.slice(columns.bodyAt)) {
    await addRow(list, row, columns);
  }
  const iccids = [...list.seen];
  if (iccids.length === 0) return refused({ kind: list.rounded ? 'digits-lost' : 'no-iccids' });
  const cut = new Set<string>(iccids.filter((iccid) => CUT_OFF.test(iccid)));
  // All of them end in zeros: the last digits of the whole file are lost, and no row is worth a
  // call.
  if (cut.size > 1 && cut.size === iccids.length) return refused({ kind: 'digits-lost' });
  const doubtful = cut.size > 1 && cut.size * CUT_OFF_SHARE >= iccids.length;
  const rows = doubtful ? list.rows.map((row) => withoutCut(row, cut)) : list.rows;
  if (rows.length > BULK_LIMITS.rows)
    return refused({ kind: 'too-many', found: rows.length, most: BULK_LIMITS.rows });
  return { kind: 'list', rows, repeated: list.repeated(), elsewhere: list.elsewhere(), delimiter };
}

/** The rows of a list while it is read. */
function createList(turns: Turns) {
  const rows: BulkRow[] = [];
  const seen = new Set<Iccid>();
  const beside = new Set<Iccid>();
  let repeated = 0;
  return {
    rows,
    seen,
    rounded: false,
    async add(cells: readonly CellRead[], wanted: (iccid: Iccid, cell: CellRead) => boolean): Promise<void> {
      for (const cell of cells) {
        if (turns.due(ROW_WORK)) await turns.give();
        for (const iccid of cell.iccids.filter((one) => wanted(one, cell))) {
          if (seen.has(iccid)) repeated++;
          else rows.push({ iccid });
          seen.add(iccid);
        }
        for (const given of cell.changed) this.fault({ given, problem: { kind: 'rounded' } });
      }
    },
    fault(row: Extract<BulkRow, { given: string }>): void {
      if (row.problem.kind === 'rounded') this.rounded = true;
      rows.push(row);
    },
    leaveOut(cells: readonly CellRead[]): void {
      for (const { iccids } of cells) for (const iccid of iccids.filter(startsRight)) beside.add(iccid);
    },
    repeated: () => repeated,
    elsewhere: () => [...beside].filter((iccid) => !seen.has(iccid)).length,
  };
}

async function addRow(
  list: ReturnType<typeof createList>,
  { cells, found }: RowRead,
  columns: Columns,
): Promise<void> {
  const { chosen, named } = columns;
  const inside = found.filter(({ column }) => chosen.has(column));
  // Beside a number that begins with 89, another in the same cell is an order number, unless the heading says what stands there.
  const wanted = (iccid: Iccid, cell: CellRead) => named || startsRight(iccid) || !isLikely(cell);
  if (inside.length > 0) {
    await list.add(inside, wanted);
    list.leaveOut(found.filter(({ column }) => !chosen.has(column)));
    return;
  }
  // A comma within a name has moved the cells of this row.
  const moved = found.filter(isLikely);
  if (moved.length > 0) {
    await list.add(moved, startsRight);
    return;
  }
  const filled = [...chosen].find((column) => (cells[column] ?? '') !== '') ?? 0;
  const parsed = parseIccid((cells[filled] ?? '').slice(0, MAX_LOOK));
  if (parsed.kind !== 'malformed') return;
  // A title, or a heading in another language.
  const opening = list.rows.length === 0 && columns.bodyAt === 0;
  if (opening && ['empty', 'not-digits'].includes(parsed.problem.kind)) return;
  list.fault(parsed);
}

/** Nothing was found in the cell: its beginning tells why. */
const MAX_LOOK = 200;

function startsRight(iccid: Iccid): boolean {
  return iccid.startsWith('89');
}

/** Its number belongs to another eSIM, or to none: not to be asked about. */
function withoutCut(row: BulkRow, cut: ReadonlySet<string>): BulkRow {
  return 'iccid' in row && cut.has(row.iccid) ? { given: row.iccid, problem: { kind: 'rounded' } } : row;
}
