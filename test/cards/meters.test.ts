import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { barOf, dataMeter, shownPercent } from '../../src/cards/meters.ts';
import { allowance } from '../support/arbitraries.ts';
import { readingOf } from '../support/replies.ts';

const meters = (remaining: number, total: number) =>
  dataMeter(readingOf({ data: { kind: 'megabytes', remaining, total } }));

describe('a bar', () => {
  it.each([
    [0, 1024, '░░░░░░░░░░'],
    [1, 1024, '█░░░░░░░░░'],
    [512, 1024, '█████░░░░░'],
    [1023, 1024, '█████████░'],
    [1024, 1024, '██████████'],
  ])('of %d of %d MB', (remaining, total, bar) => {
    expect(meters(remaining, total)).toEqual([{ bar }]);
  });

  it('is not drawn where there is nothing to measure', () => {
    expect(meters(0, 0)).toEqual([]);
    expect(meters(300, 0)).toEqual([]);
    expect(meters(2048, 1024)).toEqual([]);
    expect(dataMeter(readingOf({ data: { kind: 'unlimited' } }))).toEqual([]);
  });

  it('is empty only at nothing and full only at everything, in figure and bar alike', () => {
    fc.assert(
      fc.property(allowance, (amounts) => {
        const percent = shownPercent(amounts);
        expect(percent === undefined).toBe(amounts.total === 0);
        if (percent === undefined) return;
        expect(percent === 0).toBe(amounts.remaining === 0);
        expect(percent === 100).toBe(amounts.remaining >= amounts.total);
        const cells = barOf(percent).replaceAll('░', '').length;
        expect(cells === 0).toBe(percent === 0);
        expect(cells === 10).toBe(percent === 100);
        expect(Math.abs(cells * 10 - percent)).toBeLessThan(10);
      }),
    );
  });
});
