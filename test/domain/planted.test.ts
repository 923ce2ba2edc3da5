import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findIccids, takeFirst } from '../../src/domain/iccid.ts';
import { soundIccid } from '../support/arbitraries.ts';
import { dressed, SEPARATORS } from '../support/planted.ts';

/** Words without a number of any length, as they stand around one. */
const words = fc.constantFrom(
  '',
  'Hello, ',
  'the eSIM of Ms. O’Neil: ',
  'ordered 2026-11-23 ',
  '(two of them) ',
  '> ',
);

/** An amount that ends in zeros, or that floating point can hold, counts as changed: that is another property. */
const exact = (iccid: string) => !/00$/u.test(iccid) && BigInt(Number(iccid)) !== BigInt(iccid);

describe('any text with ICCIDs planted in it', () => {
  it('gives exactly these, in any script, form, separator and line end', () => {
    const planted = fc.uniqueArray(soundIccid.filter(exact), { minLength: 1, maxLength: 8 }).chain((iccids) =>
      fc.record({
        iccids: fc.constant(iccids),
        forms: fc.tuple(...iccids.map(dressed)),
        before: words,
        separator: fc.constantFrom(...SEPARATORS),
      }),
    );
    fc.assert(
      fc.property(planted, ({ iccids, forms, before, separator }) => {
        const text = `${before}${separator}${forms.join(separator)}${separator}thanks`;
        expect(findIccids(text)).toEqual(iccids);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('more than can be asked at once', () => {
  it('is the first of them, and the rest by name', () => {
    const iccids = findIccids(
      Array.from({ length: 12 }, (_, index) => 891000000000000000n + BigInt(index)).join(','),
    );
    const { asked, leftOut } = takeFirst(iccids, 10);
    expect(asked).toHaveLength(10);
    expect([...asked, ...leftOut]).toEqual(iccids);
    expect(takeFirst(asked, 10)).toEqual({ asked, leftOut: [] });
  });
});
