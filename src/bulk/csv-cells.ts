import { type Iccid, readIccids } from '../domain/iccid.ts';
import type { Turns } from './turns.ts';

/** What stands in a cell that holds a number of an eSIM, or one that a spreadsheet has changed. */
export interface CellRead {
  /** From the left, 0 for the first. */
  readonly column: number;
  readonly iccids: readonly Iccid[];
  /** The cell's words as a spreadsheet left them, such as `8.91E+18`. */
  readonly changed: readonly string[];
}

/** A row with what was found in its cells, by column; other cells are left out. */
export interface RowRead {
  readonly cells: readonly string[];
  readonly found: readonly CellRead[];
}

/** `1E18` is the shortest thing worth a look. */
const SHORTEST_CELL = 4;
/** Besides its length, what looking at a cell costs. */
const CELL_WORK = 16;
const DIGIT = /\p{Nd}/u;
/** Longer cells are read in pieces. */
const PIECE = 4_096;
/** At the end of a piece a place is looked for where no number is cut: the better kind first. */
const PLACES = [
  /[\n\t,;|](?=[^\n\t,;|]*$)/u,
  /\p{L}(?=\P{L}*$)/u,
  /(?<=\p{Nd}{18})\P{Nd}(?=.*$)/u,
  /\P{Nd}(?=\p{Nd}*$)/u,
];
/** Characters at the end of a piece that are searched for a place to cut. */
const LOOK_BACK = 512;

/**
 * Looks at every cell once. Rows keep their order; a row without any number is there with an empty
 * `found`.
 */
export async function readCells(rows: readonly (readonly string[])[], turns: Turns): Promise<RowRead[]> {
  const read: RowRead[] = [];
  for (const cells of rows) {
    const found: CellRead[] = [];
    for (let column = 0; column < cells.length; column++) {
      const cell = cells[column] ?? '';
      if (turns.due(CELL_WORK)) await turns.give();
      if (cell.length < SHORTEST_CELL || !DIGIT.test(cell)) continue;
      const iccids: Iccid[] = [];
      const changed: string[] = [];
      for (const piece of piecesOf(cell)) {
        const { iccids: some, changed: others } = readIccids(piece);
        iccids.push(...some);
        changed.push(...others);
        if (turns.due(piece.length)) await turns.give();
      }
      if (iccids.length > 0 || changed.length > 0) found.push({ column, iccids, changed });
    }
    read.push({ cells, found });
  }
  return read;
}

/** A cell of sensible length is one piece. */
function* piecesOf(cell: string): Generator<string> {
  let start = 0;
  while (cell.length - start > PIECE) {
    const end = start + PIECE;
    const tail = cell.slice(end - LOOK_BACK, end);
    const at = PLACES.map((place) => tail.search(place)).find((index) => index >= 0) ?? LOOK_BACK - 1;
    const cut = end - LOOK_BACK + at + 1;
    yield cell.slice(start, cut);
    start = cut;
  }
  yield cell.slice(start);
}
