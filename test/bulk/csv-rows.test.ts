import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCsv } from '../../src/bulk/csv-rows.ts';

const A = '8910000000001000019';
const B = '8910000000001000035';
const C = '8988000000000000012';

const read = (text: string, encoding: 'utf8' | 'utf16le' | 'latin1' = 'utf8') =>
  readCsv(Buffer.from(text, encoding));
const iccidsIn = (list: ReturnType<typeof readCsv>) =>
  list.kind === 'list' ? list.rows.map((row) => ('iccid' in row ? row.iccid : '-')) : list.problem.kind;

describe('a list as people send it', () => {
  it.each([
    ['a heading and commas', `name,iccid,plan\nAnna,${A},5 GB\nBen,${B},3 GB\n`],
    ['semicolons, as Excel writes them in Europe', `Name;ICCID\nAnna;${A}\nBen;${B}\n`],
    ['tabs', `iccid\tname\n${A}\tAnna\n${B}\tBen\n`],
    ['no heading', `${A}\n${B}\n`],
    ['no heading and other columns first', `Anna,2026-11-23,${A}\nBen,2026-11-23,${B}\n`],
    ['a heading in another language', `Kunde;Kartennummer\nAnna;${A}\nBen;${B}\n`],
    ['quotes, line breaks in a cell and commas in one', `iccid,note\n"${A}","a,\nb"\n"${B}",""\n`],
    ['Windows line ends and empty lines', `iccid\r\n\r\n${A}\r\n${B}\r\n\r\n`],
    ['old Macintosh line ends', `iccid\r${A}\r${B}\r`],
    [
      'the numbers grouped, with a filler, behind a label',
      `SIM ICCID\n8910 0000 0000 1000 019F\nICCID: ${B}\n`,
    ],
    ['text marks of Excel', `iccid\n="${A}"\n'${B}\n`],
    ['the first line of Excel that names the delimiter', `sep=;\niccid;x\n${A};1\n${B};2\n`],
    ['rows of different lengths', `iccid,x\n${A}\n${B},1,2,3\n`],
    ['a mark of UTF-8', `\uFEFFiccid\n${A}\n${B}\n`],
  ])('with %s', (_, text) => {
    expect(iccidsIn(read(text))).toEqual([A, B]);
  });

  it('in UTF-16 of either order, with a mark and without', () => {
    const text = `Kündennummer\ticcid\nÄnna\t${A}\nBen\t${B}\n`;
    const little = Buffer.from(text, 'utf16le');
    for (const bytes of [Buffer.from(`\uFEFF${text}`, 'utf16le'), little]) {
      expect(iccidsIn(readCsv(bytes))).toEqual([A, B]);
      expect(iccidsIn(readCsv(Buffer.from(bytes).swap16()))).toEqual([A, B]);
    }
  });

  it('in the eight-bit page of Windows', () => {
    expect(iccidsIn(read(`Käufer;iccid\nJürgen;${A}\n`, 'latin1'))).toEqual([A]);
  });

  it('each eSIM once, and how many rows were left out for it', () => {
    expect(read(`iccid\n${A}\n${B}\n${A}\n${A}\n`)).toMatchObject({
      kind: 'list',
      rows: [{ iccid: A }, { iccid: B }],
      repeated: 2,
    });
  });

  it('rows without an eSIM stay, with what is wrong', () => {
    expect(read(`iccid,name\n${A},a\n8.94E+18,b\n,c\n12345,d\nn/a,e\n${B} ${C},f\n`)).toMatchObject({
      rows: [
        { iccid: A },
        { given: '8.94E+18', problem: { kind: 'rounded' } },
        { given: '', problem: { kind: 'empty' } },
        { given: '12345', problem: { kind: 'too-short', digits: 5 } },
        { given: 'n/a', problem: { kind: 'not-digits' } },
        { problem: { kind: 'several', found: 2 } },
      ],
    });
  });

  it('tells by which delimiter, so that the answer is written in the same way', () => {
    expect(read(`a;iccid\n1;${A}\n`)).toMatchObject({ delimiter: ';' });
    expect(read(`${A}\n`)).toMatchObject({ delimiter: ',' });
  });
});

describe('what is no list', () => {
  it.each([
    ['an empty file', '', 'no-iccids'],
    ['words', 'hello\nworld\n', 'no-iccids'],
    ['a heading alone', 'iccid\n', 'no-iccids'],
    ['numbers that are none', 'iccid\n1\n2\n', 'no-iccids'],
    ['rounded numbers', 'iccid\n8.94E+18\n8,94E+18\n', 'digits-lost'],
    [
      'numbers of which fifteen digits are left',
      `iccid\n8910000000001230000\n8910000000001450000\n`,
      'digits-lost',
    ],
    ['a quote that is not closed', `iccid\n"${A}\n${B}\n`, 'broken'],
    ['something binary', `iccid\n${A}\u0000\u0001`, 'not-text'],
    ['an Excel file', 'PK\u0003\u0004rest', 'spreadsheet'],
  ])('%s', (_, text, kind) => {
    expect(read(text)).toMatchObject({ kind: 'no-list', problem: { kind } });
  });

  it('one number that ends in zeros is believed', () => {
    expect(iccidsIn(read('iccid\n8910000000001230000\n'))).toEqual(['8910000000001230000']);
  });

  it('more than 500 rows, told by their number', () => {
    const numbers = Array.from({ length: 501 }, (_, index) => `8988${String(index).padStart(15, '0')}`);
    expect(read(numbers.join('\n'))).toEqual({
      kind: 'no-list',
      problem: { kind: 'too-many', found: 501, most: 500 },
    });
    expect(iccidsIn(read([...numbers.slice(1), ...numbers.slice(1)].join('\n')))).toHaveLength(500);
  });

  it('more than 256 KB', () => {
    expect(readCsv(Buffer.alloc(256 * 1024 + 1, '1'))).toEqual({
      kind: 'no-list',
      problem: { kind: 'too-large', mostKb: 256 },
    });
  });

  it('anything at all, without a fault', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => void readCsv(bytes)));
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(A, '"', ';', ',', '\n', '\r', '\t', '=', 'x', '8.9E+18')),
        (parts) => {
          const list = read(parts.join(''));
          if (list.kind === 'list') expect(list.rows.length).toBeGreaterThan(0);
        },
      ),
    );
  });
});
