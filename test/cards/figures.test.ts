import { describe, expect, it } from 'vitest';
import { createFigures } from '../../src/cards/figures.ts';
import { wordsFor } from '../../src/cards/words.ts';

const english = createFigures('en');
const data = (remaining: number, total: number) => {
  const amounts = english.data({ remaining, total });
  return `${amounts.remaining} of ${amounts.total}`;
};

describe('an amount of data', () => {
  it.each([
    [1331, 5120, '1.3\u00a0GB of 5\u00a0GB'],
    [5120, 5120, '5\u00a0GB of 5\u00a0GB'],
    [0, 1024, '0\u00a0MB of 1\u00a0GB'],
    [512, 1024, '512\u00a0MB of 1\u00a0GB'],
    [1023, 1024, '1,023\u00a0MB of 1\u00a0GB'],
    [204, 500, '204\u00a0MB of 500\u00a0MB'],
    [9.5, 100, '9.5\u00a0MB of 100\u00a0MB'],
    [51_200, 102_400, '50\u00a0GB of 100\u00a0GB'],
    [1_048_576, 2_097_152, '1\u00a0TB of 2\u00a0TB'],
    [4_999_987, 5_242_880, '4.8\u00a0TB of 5\u00a0TB'],
    [102_399, 102_400, '99.9\u00a0GB of 100\u00a0GB'],
    [4096, 2048, '4\u00a0GB of 2\u00a0GB'],
    [210, 5120, '210\u00a0MB of 5\u00a0GB'],
  ])('of %d of %d MB is written %s', (remaining, total, written) => {
    expect(data(remaining, total)).toBe(written);
  });

  it('is never written as nothing while something is left', () => {
    expect(data(0.01, 1024)).toBe('0.1\u00a0MB of 1\u00a0GB');
  });

  it('is never written as all while something was used', () => {
    expect(data(5119, 5120)).toBe('4.9\u00a0GB of 5\u00a0GB');
    expect(data(1023.9, 1024)).toBe('1,023\u00a0MB of 1\u00a0GB');
  });

  it('stays short when the figure is damaged', () => {
    expect(data(Number.MAX_VALUE, Number.MAX_VALUE).length).toBeLessThan(40);
  });
});

describe('numbers follow the language', () => {
  it.each([
    ['en', '1,234.5', '26%', '1.3 GB', '100 minutes'],
    ['de', '1.234,5', '26 %', '1,3 GB', '100 Minuten'],
    ['fr', '1 234,5', '26 %', '1,3 Go', '100 minutes'],
    ['ja', '1,234.5', '26%', '1.3 GB', '100分'],
  ])('%s', (locale, number, percent, amount, minutes) => {
    const { data, formatters } = createFigures(locale);
    const inMinutes = { style: 'unit', unit: 'minute', unitDisplay: 'long' } as const;
    const written = [
      formatters.getNumberFormat(locale).format(1234.5),
      formatters.getNumberFormat(locale, { style: 'percent' }).format(0.26),
      data({ remaining: 1331, total: 5120 }).remaining,
      formatters.getNumberFormat(locale, inMinutes).format(100),
    ];
    // Which kind of no-break space a language takes has changed between versions of Unicode's data.
    expect(written.map((text) => text.replace(/\s/gu, ' '))).toEqual([number, percent, amount, minutes]);
  });

  it('counts with the forms that the language has', () => {
    const { left } = wordsFor('en').card;
    const texts = (remaining: number) => left('texts', { remaining, total: 0 }, undefined);
    expect([0, 1, 2].map(texts)).toEqual(['0 texts left', '1 text left', '2 texts left']);
  });
});
