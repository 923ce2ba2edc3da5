import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCsv } from '../../src/bulk/csv-rows.ts';

const A = '8910000000001000019';
const B = '8910000000001000035';
const C = '8988000000000000012';

const read = (text: string, encoding: 'utf8' | 'utf16le' | 'latin1' = 'utf8') =>
  readCsv(Buffer.from(text, encoding));
const iccidsIn = async (reading: ReturnType<typeof readCsv>) => {
  const list = await reading;
  return list.kind === 'list'
    ? list.rows.map((row) => ('iccid' in row ? row.iccid : '-'))
    : list.problem.kind;
};

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
    ['line ends of two systems', `iccid,order\r\n${A},1001\n${B},1002\n`],
    ['line ends of three systems', `iccid\r${A}\r\n${B}\n`],
    ['both on one line', `${A},${B}`],
    ['both in one cell', `iccid,order\n"${A}, ${B}",7\n`],
    ['a column for each of two', `iccid1,iccid2\n${A},${B}\n`],
    ['a title above the heading', `eSIMs of March 2026\n\nOrder,ICCID\n1,${A}\n2,${B}\n`],
    ['a heading that only speaks of the ICCID', `Order,ICCID count,ICCID\n7,2,${A}\n8,1,${B}\n`],
    [
      'order numbers as long as an ICCID before it',
      `Bestellung;SIM-Nummer\n123456789012345678;${A}\n123456789012345679;${B}\n`,
    ],
    ['bars', `name|iccid\nAnna|${A}\nBen|${B}\n`],
    ['semicolons in quotes', `name,iccid\n"a;b;c",${A}\n"d;e;f",${B}\n`],
    ['a comma without quotes in a name', `name,iccid\nSmith, Anna,${A}\nBen,${B}\n`],
    ['a stray quote', `size,iccid\n5" phone,${A}\n"6"x,${B}\n`],
    ['decimals that a program has added', `iccid\n${A}.0\n${B}.00\n`],
    ['a lone digit behind it', `iccid qty\n${A} 1\n${B} 2\n`],
    ['thousands in quotes', `iccid\n"8,910,000,000,001,000,019"\n8'910'000'000'001'000'035\n`],
    ['digits of another script', `iccid\n٨٩١٠٠٠٠٠٠٠٠٠١٠٠٠٠١٩\n${B}\n`],
    ['empty columns at its end', `iccid,,,,\n${A},,,,\n${B},,,,\n,,,,\n`],
    ['a mark of UTF-8', `\uFEFFiccid\n${A}\n${B}\n`],
  ])('with %s', async (_, text) => {
    expect(await iccidsIn(read(text))).toEqual([A, B]);
  });

  it('in UTF-16 of either order, with a mark and without', async () => {
    const text = `Kündennummer\ticcid\nÄnna\t${A}\nBen\t${B}\n`;
    const little = Buffer.from(text, 'utf16le');
    for (const bytes of [Buffer.from(`\uFEFF${text}`, 'utf16le'), little]) {
      expect(await iccidsIn(readCsv(bytes))).toEqual([A, B]);
      expect(await iccidsIn(readCsv(Buffer.from(bytes).swap16()))).toEqual([A, B]);
    }
  });

  it('in the eight-bit page of Windows', async () => {
    expect(await iccidsIn(read(`Käufer;iccid\nJürgen;${A}\n`, 'latin1'))).toEqual([A]);
  });

  it('each eSIM once, and how many rows were left out for it', async () => {
    expect(await read(`iccid\n${A}\n${B}\n${A}\n${A}\n`)).toMatchObject({
      kind: 'list',
      rows: [{ iccid: A }, { iccid: B }],
      repeated: 2,
    });
  });

  it('rows without an eSIM stay, with what is wrong', async () => {
    expect(await read(`iccid,name\n${A},a\n8.94E+18,b\n,c\n12345,d\nn/a,e\n${B} ${C},f\n`)).toMatchObject({
      rows: [
        { iccid: A },
        { given: '8.94E+18', problem: { kind: 'rounded' } },
        { given: '', problem: { kind: 'empty' } },
        { given: '12345', problem: { kind: 'too-short', digits: 5 } },
        { given: 'n/a', problem: { kind: 'not-digits' } },
        { iccid: B },
        { iccid: C },
      ],
    });
  });

  it('an eSIM beside the column of ICCIDs is counted as left out', async () => {
    expect(await read(`iccid,note\n${A},was ${B}\n${C},\n`)).toMatchObject({
      rows: [{ iccid: A }, { iccid: C }],
      elsewhere: 1,
    });
    expect(await read(`For ${B}\niccid\n${A}\n`)).toMatchObject({ rows: [{ iccid: A }], elsewhere: 1 });
  });

  it('numbers that a spreadsheet has changed are told, not asked for', async () => {
    const list = await read(`iccid\n${A}\n8910000000001000448.0\n"8,910,000,000,001,000,000"\n9E+18\n${B}\n`);
    expect(list).toMatchObject({
      rows: [
        { iccid: A },
        { given: '8910000000001000448.0', problem: { kind: 'rounded' } },
        { given: '8,910,000,000,001,000,000', problem: { kind: 'rounded' } },
        { given: '9E+18', problem: { kind: 'rounded' } },
        { iccid: B },
      ],
    });
    const cut = ['8910000000001230000', '8910000000001450000'];
    expect(await iccidsIn(read([A, ...cut, B].join('\n')))).toEqual([A, '-', '-', B]);
  });

  it('numbers of a sandbox, which begin with something else, where nothing better is there', async () => {
    const sandbox = '873000000000000001';
    expect(await iccidsIn(read(`order,iccid\n1,${sandbox}\n`))).toEqual([sandbox]);
    expect(await iccidsIn(read(`${sandbox}\n`))).toEqual([sandbox]);
  });

  it('tells by which delimiter, so that the answer is written in the same way', async () => {
    expect(await read(`a;iccid\n1;${A}\n`)).toMatchObject({ delimiter: ';' });
    expect(await read(`${A}\n`)).toMatchObject({ delimiter: ',' });
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
  ])('%s', async (_, text, kind) => {
    expect(await read(text)).toMatchObject({ kind: 'no-list', problem: { kind } });
  });

  it('one number that ends in zeros is believed', async () => {
    expect(await iccidsIn(read('iccid\n8910000000001230000\n'))).toEqual(['8910000000001230000']);
  });

  it('more than 500 rows, told by their number', async () => {
    const numbers = Array.from({ length: 501 }, (_, index) => `8988${String(index).padStart(15, '0')}`);
    expect(await read(numbers.join('\n'))).toEqual({
      kind: 'no-list',
      problem: { kind: 'too-many', found: 501, most: 500 },
    });
    expect(await iccidsIn(read([...numbers.slice(1), ...numbers.slice(1)].join('\n')))).toHaveLength(500);
  });

  it('more than 256 KB', async () => {
    expect(await readCsv(Buffer.alloc(256 * 1024 + 1, '1'))).toEqual({
      kind: 'no-list',
      problem: { kind: 'too-large', mostKb: 256 },
    });
  });

  it('anything at all, without a fault', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 500 }), async (bytes) => void (await readCsv(bytes))),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(A, '"', ';', ',', '\n', '\r', '\t', '=', 'x', '8.9E+18')),
        async (parts) => {
          const list = await read(parts.join(''));
          if (list.kind === 'list') expect(list.rows.length).toBeGreaterThan(0);
        },
      ),
    );
  });
});
