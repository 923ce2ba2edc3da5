/** The text of a file, or why it is none. */
export type CsvText =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'spreadsheet' | 'not-text' };

/** ZIP (xlsx, ods) and the older Office container. */
const SPREADSHEETS = [Buffer.from('PK\u0003\u0004'), Buffer.from([0xd0, 0xcf, 0x11, 0xe0])];
/** So much of a file shows how it is written. */
const SAMPLE_BYTES = 512;
/** Some exports put one before a number to keep it text, or between cells. */
const SEPARATORS: ReadonlySet<string> = new Set(['\u001c', '\u001d', '\u001e', '\u001f']);
/** Control characters but tabs and line ends: a list has few of them, by accident. */
const CONTROL = /[^\P{Cc}\t\n\v\f\r\u0085]+/gu;
const MAX_CONTROLS = 1 / 50;

/**
 * Reads bytes as a spreadsheet program may have written them: UTF-8 and UTF-16, with a mark or without, and the
 * eight-bit Windows page, whose letters do not matter here: digits are the same in all of them.
 * Never throws: what cannot be text is `not-text`, an Office file `spreadsheet`.
 */
export function csvText(bytes: Uint8Array): CsvText {
  const buffer = Buffer.from(bytes);
  if (SPREADSHEETS.some((start) => buffer.subarray(0, start.length).equals(start)))
    return { kind: 'spreadsheet' };
  const text = decode(buffer).replace(/^\uFEFF/u, '');
  const controls = text.match(CONTROL) ?? [];
  const odd = controls.reduce((sum, run) => sum + [...run].filter((one) => !SEPARATORS.has(one)).length, 0);
  if (odd > text.length * MAX_CONTROLS) return { kind: 'not-text' };
  return { kind: 'text', text: controls.length === 0 ? text : text.replace(CONTROL, ' ') };
}

function decode(bytes: Buffer): string {
  const wide = wideEncodingOf(bytes);
  if (wide !== undefined) return new TextDecoder(wide).decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** By its mark, or by the empty half of each digit. */
function wideEncodingOf(bytes: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  const empty = (half: 0 | 1) => sample.filter((byte, index) => index % 2 === half && byte === 0).length;
  const most = sample.length / 4;
  if (empty(1) > most && empty(0) === 0) return 'utf-16le';
  return empty(0) > most && empty(1) === 0 ? 'utf-16be' : undefined;
}
