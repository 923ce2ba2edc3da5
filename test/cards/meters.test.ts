import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { barOf, metersOf, shownPercent } from '../../src/cards/meters.ts';
import { wordsFor } from '../../src/cards/words.ts';
import { allowance } from '../support/arbitraries.ts';
import { readingOf } from '../support/replies.ts';

const meters = (remaining: number, total: number) =>
  metersOf(readingOf({ data: { kind: 'megabytes', remaining, total } }), wordsFor('en').card);

describe('a meter', () => {
  it.each([
    [0, 1024, '░░░░░░░░░░', '0 MB of 1 GB left (0%)'],
    [1, 1024, '█░░░░░░░░░', '1 MB of 1 GB left (1%)'],
    [512, 1024, '█████░░░░░', '512 MB of 1 GB left (50%)'],
    [1023, 1024, '█████████░', '1,023 MB of 1 GB left (99%)'],
    [1024, 1024, '██████████', '1 GB of 1 GB left (100%)'],
    [2048, 1024, '██████████', '2 GB of 1 GB left (100%)'],
  ])('of %d of %d MB', (remaining, total, bar, text) => {
    expect(meters(remaining, total)).toEqual([{ label: 'Data', bar, text }]);
  });

  it('has no bar where there is nothing to divide by', () => {
    expect(meters(0, 0)).toEqual([{ label: 'Data', text: 'No allowance reported' }]);
    expect(meters(300, 0)).toEqual([{ label: 'Data', text: '300 MB left' }]);
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
