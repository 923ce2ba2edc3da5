import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  findIccids,
  hintFor,
  luhnHolds,
  maskIccid,
  maskIccidsIn,
  parseIccid,
} from '../../src/domain/iccid.ts';
import { anyIccid, hostileText, soundIccid, toIccid } from '../support/arbitraries.ts';

const ONE = '8910000000001000019';
const TWO = '8910000000001000027';
const LONG = '89852000000000100014';

describe('one ICCID as people paste it', () => {
  it.each([
    ['plain', ONE],
    ['with spaces around', `  ${ONE}\n`],
    ['in fours', '8910 0000 0000 1000 019'],
    ['in fours with dashes', '8910-0000-0000-1000-019'],
    ['with dots', '8910.0000.0000.1000.019'],
    ['with no-break spaces', '8910\u00a00000\u202f0000\u20091000\u2007019'],
    ['with long dashes', '8910–0000—0000−1000‑019'],
    ['with wide gaps', '8910  0000 - 0000   1000 019'],
    ['digit by digit', [...ONE].join(' ')],
    ['with its check digit apart', '891000000000100001 9'],
    ['with a label', `ICCID: ${ONE}`],
    ['with a label and no space', `iccid${ONE}`],
    ['with a label and an equals sign', `ICCID=${ONE}`],
    ['as a telephone link', `tel:${ONE}`],
    ['as Slack turns a number into a link', `<tel:+${ONE}|${ONE}>`],
    ['with the filler', `${ONE}F`],
    ['with the filler apart and small', `8910 0000 0000 1000 019 f`],
    ['in full-width digits', '８９１０００００００００１００００１９'],
    ['with marks that cannot be seen', `\u202d${ONE.slice(0, 5)}\u200b${ONE.slice(5)}\u202c`],
    ['in a sentence', `Hello, my eSIM is ${ONE}. It does not work!`],
    ['in code marks', `\`${ONE}\``],
    ['in a link', `https://example.test/2/${ONE}/usage?page=1`],
    ['in a file name', `esim_${ONE}.png`],
    ['after a list number', '1. 8910 0000 0000 1000 019'],
    ['beside a short number', `order 12 ${ONE}`],
    ['behind a short number alone', `12 ${ONE}`],
    ['before a short number', `${ONE} 12`],
    ['after a date', `2026-11-23 ${ONE}`],
    ['in fours between a date and a time', '23.11.2026 8910 0000 0000 1000 019 14:20'],
  ])('is read %s', (_form, text) => {
    expect(parseIccid(text)).toMatchObject({ kind: 'ok', iccid: ONE });
    expect(findIccids(text)).toEqual([ONE]);
  });

  it.each(['873000000000000001', '8730 0000 0000 0000 01', '8730-0000-0000-0000-01'])(
    'may begin with something else than 89 when it stands alone: %s',
    (text) => {
      expect(parseIccid(text)).toEqual({ kind: 'ok', iccid: '873000000000000001', hint: 'check-digit' });
    },
  );

  it('may have 18 to 22 digits', () => {
    for (const length of [18, 19, 20, 21, 22]) {
      const digits = `89${'0'.repeat(length - 2)}`;
      expect(findIccids(digits)).toEqual([digits]);
    }
  });

  it('is read in whatever way its digits are grouped', () => {
    const gap = fc.constantFrom(' ', '-', '.', '\u00a0', '  ', ' - ', '–');
    const grouping = fc.array(fc.record({ length: fc.integer({ min: 1, max: 8 }), gap }), {
      minLength: 22,
      maxLength: 22,
    });
    fc.assert(
      fc.property(soundIccid, grouping, fc.constantFrom('', 'ICCID: ', 'tel:'), (iccid, groups, label) => {
        let rest: string = iccid;
        let text = label;
        for (const group of groups) {
          text += rest.slice(0, group.length);
          rest = rest.slice(group.length);
          if (rest !== '') text += group.gap;
        }
        expect(parseIccid(text)).toEqual({ kind: 'ok', iccid });
      }),
    );
  });

  it('is read in even groups whatever it begins with', () => {
    fc.assert(
      fc.property(anyIccid, fc.constantFrom(' ', '-', '.'), fc.constantFrom(3, 4, 5), (iccid, gap, size) => {
        const text = iccid.replace(new RegExp(`(\\d{${size}})(?=\\d)`, 'g'), `$1${gap}`);
        // A group that begins with 89 in the middle of another beginning looks like a number of its own.
        fc.pre(iccid.startsWith('89') || !text.includes(`${gap}89`));
        // A digit by itself behind a number whose check digit holds is a quantity, unless that of the whole holds.
        const rest = iccid.slice(0, -1);
        fc.pre(!(text.at(-2) === gap && rest.length >= 18 && luhnHolds(rest) && !luhnHolds(iccid)));
        expect(findIccids(text)).toEqual([iccid]);
      }),
    );
  });
});

describe('several ICCIDs', () => {
  it.each([', ', ',', ';', '\n', '\r\n', '\t', ' ', '  ', ' | ', ' and ', '、', '\n- '])(
    'are parted by %j',
    (gap) => {
      expect(findIccids([ONE, TWO, LONG].join(gap))).toEqual([ONE, TWO, LONG]);
    },
  );

  it('are found when each is grouped and they stand in one row', () => {
    expect(findIccids('8910 0000 0000 1000 019 8910 0000 0000 1000 027')).toEqual([ONE, TWO]);
    expect(findIccids('8985 2000 0000 0001 0001 8985 2000 0000 0001 0002')).toHaveLength(2);
  });

  it('are found one in a line with other cells around them', () => {
    const pasted = `Name\tICCID\tOrdered\nAnna\t${ONE}\t2026-11-23\nBo\t8910 0000 0000 1000 027\t2026-11-22\n`;
    expect(findIccids(pasted)).toEqual([ONE, TWO]);
  });

  it('are never joined over a line break, a comma or a semicolon', () => {
    expect(findIccids('8910 0000 0000\n1000 019')).toEqual([]);
    expect(findIccids('8910 0000 0000, 1000 019')).toEqual([]);
    expect(findIccids('891000000000100001;9')).toEqual(['891000000000100001']);
  });

  it('are named once each, in order', () => {
    expect(findIccids(`${TWO} ${ONE} ${TWO}`)).toEqual([TWO, ONE]);
  });

  it('are all found in any list of full numbers', () => {
    const list = fc.uniqueArray(anyIccid, { minLength: 2, maxLength: 12 });
    fc.assert(
      fc.property(list, fc.constantFrom(' ', ', ', '\n', '; ', '\t'), (iccids, gap) => {
        expect(findIccids(iccids.join(gap))).toEqual(iccids);
      }),
    );
  });

  it('are too many where one is asked for', () => {
    expect(parseIccid(`${ONE} ${TWO}`)).toMatchObject({ problem: { kind: 'several', found: 2 } });
  });
});

describe('what is no ICCID', () => {
  it.each([
    ['a phone number', 'Call +49 170 1234567 please'],
    ['two phone numbers in a row', 'Call +44 7911 123456 +44 20 7946 0958'],
    ['a date and a time', '2026-11-23 14:20:05'],
    ['dates beside an order number', 'Order 2026-11-23 4711 0815 1234'],
    ['a card number', '4111 1111 1111 1111'],
    ['an IMEI', '490154203237518'],
    ['an IBAN', 'IBAN DE89 3704 0044 0532 0130 00'],
    ['digits with letters glued to them', `order${ONE} x${TWO} ${LONG}abc`],
    [
      'a mention, an emoji and a link of Discord',
      '<@891000000000100001> <:x:891000000000100001> <#891000000000100001> https://discord.com/channels/891000000000100001/2/3',
    ],
    ['a number too long', `${ONE}0000`],
  ])('%s', (_what, text) => {
    expect(findIccids(text)).toEqual([]);
  });

  it.each([
    ['', { kind: 'empty' }],
    ['   ', { kind: 'empty' }],
    ['ICCID:', { kind: 'empty' }],
    ['…?!', { kind: 'empty' }],
    ['hello', { kind: 'not-digits' }],
    ['help me with 2 eSIMs', { kind: 'not-digits' }],
    ['٨٩١٠', { kind: 'too-short', digits: 4 }],
    ['89100000000O1000019', { kind: 'not-digits' }],
    ['1234', { kind: 'too-short', digits: 4 }],
    ['8910 0000 0000 1000', { kind: 'too-short', digits: 16 }],
    ['my number is 8910 0000 0000', { kind: 'too-short', digits: 12 }],
    [`${ONE}0000`, { kind: 'too-long', digits: 23 }],
    ['8.91E+18', { kind: 'rounded' }],
    ['8,91E+18', { kind: 'rounded' }],
  ])('%j says why', (text, problem) => {
    expect(parseIccid(text)).toMatchObject({ kind: 'malformed', problem });
  });

  it('is repeated in part only, and no character is cut in two', () => {
    const parsed = parseIccid(`${'😀'.repeat(100)}`);
    expect(parsed).toMatchObject({ kind: 'malformed', given: '😀'.repeat(60) });
  });
});

describe('any text', () => {
  it('is read without a fault', () => {
    fc.assert(
      fc.property(hostileText, hostileText, (one, other) => {
        for (const iccid of findIccids(one + other)) expect(iccid).toMatch(/^\d{18,22}$/);
        expect(['ok', 'malformed']).toContain(parseIccid(one + other).kind);
      }),
      { numRuns: 500 },
    );
  });

  // Four times what a chat lets through; with work that grows by the square none of these would come to an end.
  it.each([
    ['digits', '1', '', []],
    ['digits ending in a letter', '8', 'x', []],
    ['digits parted by spaces', '8 7 ', 'x', []],
    ['dashes', '1---', 'x', []],
    ['dashes in fours', '1----', 'x', []],
    ['beginnings of numbers', '8989 ', 'x', ['89898989898989898989']],
    ['numbers', `${ONE} `, '', [ONE]],
    ['cells', '1,', '', []],
    ['labels', 'iccid ', ONE, [ONE]],
    ['open brackets', '<@', ONE, [ONE]],
    ['links', 'https://discord', ` ${ONE}`, [ONE]],
    ['spaces', ' ', ONE, [ONE]],
    ['invisible marks', '1\u200b', '', []],
    ['rounded numbers', '1.1', '', []],
  ])('of 400 kB full of %s is read to its end', (_what, unit, end, expected) => {
    const text = unit.repeat(Math.ceil(400_000 / unit.length)) + end;
    expect(findIccids(text)).toEqual(expected);
    expect(parseIccid(text).kind).toBe(expected.length === 1 ? 'ok' : 'malformed');
    expect(maskIccidsIn(text)).not.toContain(ONE);
  });
});

describe('the hint', () => {
  it.each([
    [ONE, undefined],
    [`${ONE.slice(0, -1)}8`, 'check-digit'],
    ['873000000000000002', 'check-digit'],
    ['870000000000000006', 'prefix'],
  ])('for %s is %s', (digits, hint) => {
    expect(hintFor(toIccid(digits))).toBe(hint);
  });

  it('notices any single wrong digit', () => {
    fc.assert(
      fc.property(soundIccid, fc.nat(), fc.integer({ min: 1, max: 9 }), (iccid, position, change) => {
        const index = position % iccid.length;
        const wrong = (Number(iccid[index]) + change) % 10;
        expect(luhnHolds(iccid)).toBe(true);
        expect(luhnHolds(`${iccid.slice(0, index)}${wrong}${iccid.slice(index + 1)}`)).toBe(false);
      }),
    );
  });
});

describe('the mask', () => {
  it('shows the last four digits and no more', () => {
    expect(maskIccid(ONE)).toBe('…0019');
    fc.assert(
      fc.property(anyIccid, (iccid) => {
        expect(maskIccid(iccid).replace(/\D/g, '')).toBe(iccid.slice(-4));
      }),
    );
  });

  it('finds every number in a text, in one piece or in groups', () => {
    expect(maskIccidsIn(`eSIM ${ONE}F and 8910 0000 0000 1000 027, at 2026-11-23T14:20:05.123Z`)).toBe(
      'eSIM …0019 and …0027, at 2026-11-23T14:20:05.123Z',
    );
    fc.assert(
      fc.property(hostileText, soundIccid, hostileText, (before, iccid, after) => {
        const masked = maskIccidsIn(`${before} ${iccid} ${after}`);
        expect(masked).not.toContain(iccid);
        expect(masked).not.toMatch(/\d{15}/);
      }),
    );
  });

  it('leaves short numbers and the times of a chat alone', () => {
    const text = 'job 123456, ts 1732370400.123456, took 250 ms';
    expect(maskIccidsIn(text)).toBe(text);
  });
});
