import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayWidth, type Piece, wrap } from '../../../src/platforms/terminal/wrap.ts';

const rows = (content: readonly Piece[], width: number) =>
  wrap(content, width).map((row) => row.map(({ text }) => text).join(''));

describe('wrapping', () => {
  it('breaks at spaces', () => {
    expect(rows([{ text: 'one two three four' }], 9)).toEqual(['one two', 'three', 'four']);
  });

  it('keeps a word together that runs through several styles', () => {
    expect(rows([{ text: 'at (' }, { text: '14:20', format: 'bold' }, { text: ') or' }], 8)).toEqual([
      'at',
      '(14:20)',
      'or',
    ]);
  });

  it('keeps the style of each part', () => {
    expect(wrap([{ text: 'a ' }, { text: 'b c', format: 'bold' }], 3)).toEqual([
      [{ text: 'a ' }, { text: 'b', format: 'bold' }],
      [{ text: 'c', format: 'bold' }],
    ]);
  });

  it('breaks within a word that is longer than a row', () => {
    expect(rows([{ text: 'x 8910000000001000019' }], 10)).toEqual(['x', '8910000000', '001000019']);
  });

  it('breaks neither an amount nor the end of a number', () => {
    expect(rows([{ text: 'still 1.3\u00a0GB left' }], 9)).toEqual(['still', '1.3\u00a0GB', 'left']);
    expect(rows([{ text: 'eSIM\u00a0…0019' }], 6)).toEqual(['eSIM', '…0019']);
    expect(rows([{ text: 'データ残量…0019' }], 12)).toEqual(['データ残量', '…0019']);
  });

  it('never breaks what is copied', () => {
    const address = { text: 'https://esims.cloud/demo/a-very-long-one', whole: true } as const;
    expect(rows([{ text: 'see ' }, address, { text: ' now' }], 10)).toEqual(['see', address.text, 'now']);
  });

  it('counts wide characters as two columns', () => {
    expect(displayWidth('データ')).toBe(6);
    expect(displayWidth('e\u0301')).toBe(1);
    expect(rows([{ text: 'データ残量' }], 6)).toEqual(['データ', '残量']);
  });

  it('loses no character but spaces, and makes no row too wide', () => {
    const content = fc.array(
      fc.string({ unit: 'grapheme', maxLength: 30 }).map((text) => ({ text: text.replace(/\s/gu, ' ') })),
    );
    fc.assert(
      fc.property(content, fc.integer({ min: 2, max: 40 }), (pieces, width) => {
        const wrapped = rows(pieces, width);
        expect(wrapped.join('').replace(/\s/gu, '')).toBe(
          pieces
            .map(({ text }) => text)
            .join('')
            .replace(/\s/gu, ''),
        );
        for (const row of wrapped) expect(displayWidth(row)).toBeLessThanOrEqual(width);
      }),
    );
  });
});
