/** A cell: text of any origin, or the digits of a number that is too long for a spreadsheet. */
export type CsvCell = string | { readonly digits: string };

/**
 * From the first of these a spreadsheet takes a cell for a formula, also behind blanks and marks that cannot be seen, and in their
 * full-width forms (OWASP, CSV Injection).
 */
const FORMULA = /^[\s\p{Cf}]*[=+\-@＝＋－＠]|^[\t\r\n]/u;
/** Delimiters of any country are quoted, whichever is used: the file may be opened as another country's. */
const NEEDS_QUOTES = /["\r\n,;|\t]/u;

/** Rows as CSV (RFC 4180), lines ended by CRLF. The one writer there is: nothing from outside becomes a formula. */
export function csvOf(lines: readonly (readonly CsvCell[])[], delimiter = ','): string {
  return lines.map((cells) => `${cells.map(written).join(delimiter)}\r\n`).join('');
}

function written(cell: CsvCell): string {
  const text = typeof cell === 'string' ? harmless(cell) : asText(cell.digits);
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Text that a spreadsheet would run is made text by an apostrophe. */
function harmless(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

/**
 * `="8910…"`: the only form of a long number that Excel, Google Sheets and LibreOffice all open without turning it into `8.91E+18` or
 * losing its last digits. Nothing but digits can come into it. The bot reads it back.
 */
function asText(digits: string): string {
  return /^\d+$/u.test(digits) ? `="${digits}"` : harmless(digits);
}
