import type { styleText } from 'node:util';

/** Text in one style. */
export interface Piece {
  readonly text: string;
  readonly format?: Parameters<typeof styleText>[0];
  /** An address or a code, which is copied: its words are never broken, whatever the width. */
  readonly whole?: true;
}

/** Characters that take two columns: the East Asian wide ones and emoji. */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;
/** Marks that are drawn over the character before them. */
const ZERO = /\p{Mark}/u;

/** Columns that a text takes in a terminal: two for an East Asian wide character or an emoji, none for a mark. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += columnsOf(character);
  return width;
}

function columnsOf(character: string): number {
  if (WIDE.test(character)) return 2;
  return ZERO.test(character) ? 0 : 1;
}

/**
 * Breaks styled text into rows of at most `width` columns: at spaces where there are any, within a word where not, but
 * neither at a no-break space nor within `…0019`. A word with a `whole` piece that is wider has a wider row, for itself.
 */
export function wrap(content: readonly Piece[], width: number): Piece[][] {
  const rows: Piece[][] = [[]];
  let used = 0;
  const put = (piece: Piece) => {
    rows.at(-1)?.push(piece);
    used += displayWidth(piece.text);
  };
  const newRow = () => {
    rows.push([]);
    used = 0;
  };
  for (const unit of wordsOf(content)) {
    // The space after a word may stand beyond the edge: it is not seen there.
    const unitWidth = unit.reduce((sum, piece) => sum + displayWidth(piece.text.trimEnd()), 0);
    if (used > 0 && used + unitWidth > width) newRow();
    const isWhole = unit.some((piece) => piece.whole);
    for (const piece of unit) {
      if (isWhole || used + displayWidth(piece.text.trimEnd()) <= width) put(piece);
      else
        for (const part of chopped(piece, width)) {
          if (used > 0 && used + displayWidth(part.text) > width) newRow();
          put(part);
        }
    }
  }
  return rows.map(withoutTrailingSpace);
}

/** Words with the spaces after them. A word may run through several pieces: `(` plain, `14:20` bold, `)` plain. */
function wordsOf(content: readonly Piece[]): Piece[][] {
  const words: Piece[][] = [];
  let open: Piece[] = [];
  for (const piece of content) {
    for (const text of piece.text.match(/(?:\u00a0|\S)+[^\S\u00a0]*|[^\S\u00a0]+/gu) ?? []) {
      open.push({ ...piece, text });
      if (/[^\S\u00a0]$/u.test(text)) {
        words.push(open);
        open = [];
      }
    }
  }
  if (open.length > 0) words.push(open);
  return words;
}

/** A character, an amount with its unit or the end of a number. */
const UNITS = /…\d{4}|\d[\d.,]*\u00a0[A-Za-z%]+|./gsu;

/** For a word wider than a row, such as an address: parts of at most `width` columns, cut between characters. */
function chopped(piece: Piece, width: number): Piece[] {
  const parts: Piece[] = [];
  let text = '';
  for (const [character] of piece.text.matchAll(UNITS)) {
    if (displayWidth(text + character) > width) {
      parts.push({ ...piece, text });
      text = '';
    }
    text += character;
  }
  return [...parts, { ...piece, text }];
}

function withoutTrailingSpace(row: readonly Piece[]): Piece[] {
  const last = row.at(-1);
  return last === undefined ? [] : [...row.slice(0, -1), { ...last, text: last.text.trimEnd() }];
}
