import fc from 'fast-check';

/** The largest file that is taken. */
export const FULL_BYTES = 256 * 1024;

const units = [
  ',',
  ';',
  '\t',
  '|',
  '\n',
  '\r\n',
  '\r',
  '"',
  '""',
  '",',
  '"a",',
  ' ',
  'a',
  '=',
  '\u00a0',
  '8',
  '8 ',
  '8,',
  '٨',
  '😀',
  '<tel:',
  '[8',
  '&nbsp;',
  '8910000000001000019',
  '8910000000001000019,',
  '8910000000001000019\n',
  '8.91E+18',
  '8.91E+18,',
  '8,910,000,',
  '1234567890,',
  'iccid,',
  'iccid\n',
  '<b ',
  '\u200b',
  '\u001f',
];

/** What a file is full of: one to three such pieces, after a first line of many cells or none. */
export const anyShape = fc.record({
  head: fc.constantFrom('nothing', 'heading', 'cells', 'headings', 'a word'),
  parts: fc.array(fc.tuple(fc.constantFrom(...units), fc.constantFrom(1, 7, 500, 16_000)), {
    minLength: 1,
    maxLength: 3,
  }),
});
type Shape = typeof anyShape extends fc.Arbitrary<infer Of> ? Of : never;

const HEADS: Readonly<Record<string, string>> = {
  nothing: '',
  heading: 'iccid\n',
  cells: `${'a,'.repeat(16_000)}\n`,
  headings: `${'iccid;'.repeat(8_000)}\n`,
  'a word': `${'x'.repeat(60_000)}\n`,
};

/** The largest file of that shape. */
export function fileOf({ head, parts }: Shape): Buffer {
  const body = parts.map(([unit, times]) => unit.repeat(times)).join('');
  const text = (HEADS[head] ?? '') + body.repeat(Math.ceil(FULL_BYTES / body.length));
  return Buffer.from(text, 'utf8').subarray(0, FULL_BYTES);
}
