import { describe, expect, it } from 'vitest';
import { csv, textTable } from '../../src/ops/text-table.ts';

const ROWS = [
  { who: 'slack:U1', what: 'a, "quoted"' },
  { who: '=HYPERLINK("x")', what: 'two\nlines' },
];

describe('rows for people and for spreadsheets', () => {
  it('stand in columns under their names', () => {
    expect(
      textTable([
        { id: 'a', reason: 'long' },
        { id: 'bbb', reason: '' },
      ]),
    ).toBe('id   reason\na    long\nbbb');
  });

  it('are quoted as CSV wants it, and no formula is run by the one who opens it', () => {
    expect(csv(ROWS)).toBe('who,what\r\nslack:U1,"a, ""quoted"""\r\n"\'=HYPERLINK(""x"")","two\nlines"\r\n');
  });

  it.each([' =HYPERLINK("x")', '＝1+1', '\u200b=1', '\u00a0@SUM(A1)', '\t=1', '\n-1', '＋1', '-1'])(
    'are no formula behind blanks, unseen marks or in wide signs: %j',
    (cell) => {
      expect(csv([{ a: cell }])).toMatch(/^a\r\n"?'/);
    },
  );
});
