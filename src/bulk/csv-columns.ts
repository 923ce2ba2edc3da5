import type { CellRead, RowRead } from './csv-cells.ts';

/** Which columns of a table name the eSIMs, and where its rows begin. */
export interface Columns {
  /** Column numbers from the left; the first is the one whose cell is shown where a row has none. */
  readonly chosen: ReadonlySet<number>;
  /** Named by a heading: then every number there is an ICCID, whatever it begins with. */
  readonly named: boolean;
  /** The first row behind the heading. */
  readonly bodyAt: number;
}

/** So far down a heading may stand, below a title and empty lines. */
const DEEPEST_HEADING = 20;
/** `ICCID`, `eSIM ICCID`, `ICCID no.`, `iccid2`, `ICC-ID`; not `ICCID count`. */
const EXACT =
  /^\W*(?:e?sims?\W*)?icc[\s_-]?ids?\W*(?:no|nr|number|nummer|numero|número|番号)?\W*\d{0,2}\W*$/iu;
/** Whatever else speaks of eSIMs; believed only where the cells agree. */
const LOOSE = /icc|(?<!\p{L})e?sim/iu;

/** What a column holds below the heading. */
interface ColumnCount {
  readonly column: number;
  /** Cells with anything in them. */
  filled: number;
  /** Cells with a number that begins with 89, or one that a spreadsheet has changed. */
  likely: number;
  /** Cells with any number of that length. */
  possible: number;
}

/**
 * By an exact heading, else by what is in the columns; undefined where there is no number at all.
 * In this order: exact headings; loose ones over numbers that begin with 89; columns that are
 * mostly such numbers; loose headings alone; the best of the rest.
 */
export function columnsOf(rows: readonly RowRead[]): Columns | undefined {
  const headingAt = headingOf(rows);
  const bodyAt = headingAt === undefined ? 0 : headingAt + 1;
  const counts = countsOf(rows, bodyAt);
  const heading = headingAt === undefined ? [] : (rows[headingAt]?.cells ?? []);
  const exact = counts.filter(({ column, possible }) => EXACT.test(heading[column] ?? '') && possible > 0);
  if (exact.length > 0) return { chosen: columnsIn(exact), named: true, bodyAt };
  const loose = counts.filter(
    ({ column, possible, filled }) => LOOSE.test(heading[column] ?? '') && possible * 2 >= filled,
  );
  const plain = loose.filter(({ likely }) => likely > 0);
  const mostly = counts.filter(({ likely, filled }) => likely > 0 && likely * 2 >= filled);
  const [best] = [plain, mostly, loose].filter((some) => some.length > 0);
  if (best) return { chosen: columnsIn(best), named: best === loose, bodyAt };
  const [one] = [...counts].sort(
    (a, b) => b.likely - a.likely || b.possible / b.filled - a.possible / a.filled,
  );
  return one && { chosen: new Set([one.column]), named: one.likely === 0, bodyAt };
}

/** The first row that says `ICCID`, else the first that speaks of eSIMs; a row of numbers is none. */
function headingOf(rows: readonly RowRead[]): number | undefined {
  const top = rows.slice(0, DEEPEST_HEADING);
  for (const pattern of [EXACT, LOOSE]) {
    const at = top.findIndex(
      ({ cells, found }) => found.length === 0 && cells.some((cell) => pattern.test(cell)),
    );
    if (at >= 0) return at;
  }
  return undefined;
}

/** Of the columns that hold any number, from the left. */
function countsOf(rows: readonly RowRead[], bodyAt: number): ColumnCount[] {
  const counts = new Map<number, ColumnCount>();
  const body = rows.slice(bodyAt);
  for (const cell of body.flatMap(({ found }) => found)) {
    const { column } = cell;
    const count = counts.get(column) ?? { column, filled: 0, likely: 0, possible: 0 };
    counts.set(column, count);
    count.possible++;
    if (isLikely(cell)) count.likely++;
  }
  // Only these: a row of many cells among many rows must not cost their product.
  for (const { cells } of body)
    for (let at = 0; at < cells.length; at++) tally(counts.get(at), cells[at] ?? '');
  return [...counts.values()].sort((a, b) => a.column - b.column);
}

function tally(count: ColumnCount | undefined, cell: string): void {
  if (count && cell !== '') count.filled++;
}

/** Whether a cell names an eSIM for sure: the international numbering plan gives telecommunications 89. */
export function isLikely({ iccids, changed }: Pick<CellRead, 'iccids' | 'changed'>): boolean {
  return changed.length > 0 || iccids.some((iccid) => iccid.startsWith('89'));
}

function columnsIn(counts: readonly ColumnCount[]): Set<number> {
  return new Set(counts.map(({ column }) => column));
}
