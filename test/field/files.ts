import { A, B, type Case } from './case.ts';

/** Lists as programs export them and people mend them. Kinds of fault from public issue threads; every number and name is made up. */
export const FILES: readonly Case<string>[] = [
  ['PapaParse#1123: a heading with LF, rows with CRLF', `iccid,order\n${A},1001\r\n${B},1002\r\n`, [A, B]],
  ['tttc-light-js#567: CRLF but for the last line', `iccid,order\r\n${A},1001\r\n${B},1002\n`, [A, B]],
  ['the heading alone ends with CRLF', `iccid,order\r\n${A},1001\n${B},1002\n`, [A, B]],
  ['gkindel/csv-js#3: CR alone', `iccid\r${A}\r${B}\r`, [A, B]],
  [
    'sheetjs#2004: the delimiter in the first line, with CRLF',
    `sep=;\r\niccid;x\r\n${A};1\r\n${B};2\r\n`,
    [A, B],
  ],
  ['CsvHelper#1029: a line break within a cell', `iccid,note\n${A},"a\nb"\n${B},c\n`, [A, B]],
  ['tableExport#327: formulas that keep a number', `iccid\n"=""${A}"""\n="${B}"\n`, [A, B]],
  ['pandas#5697: an empty line below the heading', `iccid\n\n${A}\n${B}\n`, [A, B]],
  ['pandas#2697: one row in E notation, others whole', `iccid\n${A}\n8.91E+18\n${B}\n`, [A, B]],
  [
    'intune-samples#140: zeros at the end of some',
    `iccid\n${A}\n8910000000001230000\n8910000000001450000\n${B}\n`,
    [A, B],
  ],
  ['all on one line', `${A},${B}\n`, [A, B]],
  ['two columns of them', `iccid1,iccid2\n${A},${B}\n`, [A, B]],
  ['several in a cell', `customer,iccid\nAnna,"${A}; ${B}"\n`, [A, B]],
  ['a title above the heading', `Export of 2026-11-23\nOrder,ICCID\n1,${A}\n2,${B}\n`, [A, B]],
  ['a column that counts them', `Order,ICCID count,ICCID\n1,2,${A}\n2,2,${B}\n`, [A, B]],
  [
    'order numbers of 18 digits before it',
    `Auftrag,SIM-Nummer\n202611230000000001,${A}\n202611230000000002,${B}\n`,
    [A, B],
  ],
  [
    'customer numbers of 19 digits before it, no heading',
    `1000000000000000001,${A}\n1000000000000000002,${B}\n`,
    [A, B],
  ],
  ['bars', `id|iccid\n1|${A}\n2|${B}\n`, [A, B]],
  ['semicolons in quotes', `name,iccid\n"x;y;z",${A}\n"x;y",${B}\n`, [A, B]],
  ['an unquoted comma in a name', `name,iccid\nDoe, Jane,${A}\nRoe,${B}\n`, [A, B]],
  ['inches', `phone,iccid\n6.1" display,${A}\n5",${B}\n`, [A, B]],
  ['decimals of a float', `iccid\n${A}.0\n${B}.0\n`, [A, B]],
  ['an apostrophe before it', `iccid\n'${A}\n'${B}\n`, [A, B]],
  ['empty columns and rows of a sheet', `iccid,,,\n${A},,,\n,,,\n${B},,,\n,,,\n`, [A, B]],
  ['lower heading with a mark of UTF-8', `\uFEFFiccid\n${A}\n${B}\n`, [A, B]],
  ['a heading in Japanese', `注文,カード番号\n1,${A}\n2,${B}\n`, [A, B]],
  ['a table of Markdown', `| name | iccid |\n|---|---|\n| Anna | ${A} |\n| Ben | ${B} |\n`, [A, B]],
];
