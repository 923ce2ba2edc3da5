import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { retryAfterInstant } from '../../src/airalo/retry-after.ts';

const NOW = Date.UTC(2026, 10, 23, 14, 0, 0);
const DAY_MS = 86_400_000;

describe('the instant of a Retry-After header', () => {
  it.each([
    ['seconds', '612', NOW + 612_000],
    ['seconds with spaces around', ' 612 ', NOW + 612_000],
    ['one second', '1', NOW + 1_000],
    ['zero, as the shortest wait', '0', NOW + 1_000],
    ['a wait of days, as the longest one', '9999999', NOW + DAY_MS],
    ['more seconds than a number holds', '9'.repeat(400), NOW + DAY_MS],
    ['an HTTP-date', 'Mon, 23 Nov 2026 14:10:00 GMT', NOW + 600_000],
    ['an HTTP-date of RFC 850', 'Monday, 23-Nov-26 14:10:00 GMT', NOW + 600_000],
    ['an HTTP-date of asctime', 'Mon Nov 23 14:10:00 2026', NOW + 600_000],
    ['an asctime date with a one-digit day, long past', 'Sun Nov  1 08:49:37 2026', NOW + 1_000],
    ['a date in the past, as the shortest wait', 'Mon, 23 Nov 2026 13:00:00 GMT', NOW + 1_000],
    ['the latest of several headers', ['5', '60', 'soon'], NOW + 60_000],
  ])('is read from %s', (_what, header, instant) => {
    expect(retryAfterInstant(header, NOW)).toBe(instant);
  });

  it.each([
    ['no header', undefined],
    ['null', null],
    ['an empty one', ''],
    ['words', 'soon'],
    ['a fraction', '1.5'],
    ['a negative number', '-5'],
    ['a unit', '60s'],
    ['hexadecimal', '0x10'],
    ['an ISO date', '2026-11-23T14:10:00Z'],
    ['a date in another zone', 'Mon, 23 Nov 2026 14:10:00 CET'],
    ['a day that does not exist', 'Tue, 31 Nov 2026 14:10:00 GMT'],
    ['an hour that does not exist', 'Mon, 23 Nov 2026 25:10:00 GMT'],
    ['an empty list', []],
  ])('is unknown for %s', (_what, header) => {
    expect(retryAfterInstant(header, NOW)).toBeUndefined();
  });

  it('is unknown or lies a second to a day ahead, whatever stands in the header', () => {
    const header = fc.oneof(
      fc.string(),
      fc.nat().map(String),
      fc.date({ noInvalidDate: true }).map((d) => d.toUTCString()),
    );
    fc.assert(
      fc.property(header, fc.integer({ min: 0, max: 4e12 }), (value, now) => {
        const instant = retryAfterInstant(value, now);
        return instant === undefined || (instant >= now + 1_000 && instant <= now + DAY_MS);
      }),
    );
  });
});
