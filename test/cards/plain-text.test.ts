import { describe, expect, it } from 'vitest';
import type { Line } from '../../src/cards/card.ts';
import { plainLine } from '../../src/cards/plain-text.ts';
import { NOW } from '../support/replies.ts';

const instant = (style: 'time' | 'date' | 'date-time' | 'relative') =>
  [{ kind: 'instant', at: NOW, style }] as const;

describe('a line in plain text', () => {
  it('joins its spans without marks', () => {
    const line: Line = [
      'a ',
      { kind: 'code', text: 'b' },
      { kind: 'foreign', text: '<c>' },
      { kind: 'strong', text: 'd' },
      ' ',
      { kind: 'person', id: 'U1' },
    ];
    expect(plainLine(line, { locale: 'en' })).toBe('a b<c>d @someone');
  });

  it.each([
    ['time', '15:00 CET'],
    ['relative', '15:00 CET'],
    ['date', '23 Nov 2026'],
    ['date-time', '23 Nov 2026, 15:00 CET'],
  ] as const)('draws an instant as %s, its zone named', (style, text) => {
    expect(plainLine(instant(style), { locale: 'en-GB', timeZone: 'Europe/Berlin' })).toBe(text);
  });

  it('tells the seconds where windows last seconds', () => {
    const options = { locale: 'en-GB', timeZone: 'Europe/Berlin', seconds: true };
    expect(plainLine(instant('time'), options)).toBe('15:00:00 CET');
    expect(plainLine(instant('date'), options)).toBe('23 Nov 2026');
  });

  it('falls back to UTC, and to the language of the words', () => {
    expect(plainLine(instant('time'), { locale: 'en-GB' })).toBe('14:00 UTC');
    expect(plainLine(instant('time'), { locale: 'en', timeZone: 'Mars/Olympus' })).toMatch(/^2:00\sPM UTC$/);
    expect(plainLine(instant('time'), { locale: 'zh-TW' })).toMatch(/^2:00\sPM UTC$/);
  });
});
