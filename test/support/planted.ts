import fc from 'fast-check';

/** Ways in which a person, a chat, a mail program or a spreadsheet writes one number. */
const SCRIPTS = [0x30, 0x660, 0x6f0, 0x966, 0xe50, 0xff10, 0x1d7ce, 0x1d7f6];
const GAPS = [' ', '-', '.', '\u00a0', '\u202f', '–', '*', '** **', '`', '\u200b', '\u2060', '&nbsp;'];

function inScript(digits: string, zero: number): string {
  return [...digits].map((digit) => String.fromCodePoint(zero + Number(digit))).join('');
}

const grouped = (digits: string, size: number, gap: string): string =>
  digits.replace(new RegExp(`(\\d{${size}})(?=\\d)`, 'gu'), `$1${gap}`);
const byThousands = (digits: string, gap: string): string => digits.replace(/\B(?=(\d{3})+$)/gu, gap);

/** The number in one of these forms. */
export const dressed = (iccid: string): fc.Arbitrary<string> =>
  fc.oneof(
    fc.constant(iccid),
    fc.constantFrom(...SCRIPTS).map((zero) => inScript(iccid, zero)),
    fc
      .tuple(fc.constantFrom(3, 4, 5), fc.constantFrom(...GAPS))
      .map(([size, gap]) => grouped(iccid, size, gap)),
    fc.constantFrom(',', "'", '’').map((gap) => byThousands(iccid, gap)),
    fc.constantFrom(
      `${iccid}F`,
      `${iccid}.`,
      `*${iccid}*`,
      `\`${iccid}\``,
      `<tel:+${iccid}|${iccid}>`,
      `<tel:${iccid.slice(0, 10)}|${iccid.slice(0, 10)}>${iccid.slice(10)}`,
      `ICCID: ${iccid}`,
      `iccid${iccid}`,
      `<b>${iccid.slice(0, 6)}</b>${iccid.slice(6)}`,
      `="${iccid}"`,
      `\u202d${iccid}\u202c`,
    ),
  );

/** What parts two numbers in a message. */
export const SEPARATORS = [
  '\n',
  '\r\n',
  '\r',
  '\t',
  ', ',
  ';',
  ' | ',
  '\u2028',
  ' and ',
  '\n\n- ',
  '、',
  '، ',
];
