import { expect, test } from 'vitest';
import { leastsOf } from '../../bench/growth/soak/summary.ts';

const days = (...leasts: number[]) => leasts.map((least) => ({ least, mean: least + 2, most: least + 5 }));

test('the last third of the days stands beside the third before it, each by its middle day', () => {
  expect(leastsOf(days(1, 2, 3, 8, 7, 5, 7, 9, 6))).toEqual({ before: 7, last: 7 });
});

test('what fills in the first days is no growth, and what grows for ever is', () => {
  const filled = leastsOf(days(40, 45, 47, 48, 48, 48, 48, 48, 48));
  expect(filled.last - filled.before).toBe(0);
  const leaking = leastsOf(days(40, 41, 42, 43, 44, 45, 46, 47, 48));
  expect(leaking.last - leaking.before).toBe(3);
});

test('of fewer than three days nothing is said', () => {
  expect(leastsOf(days(1, 2))).toEqual({ before: Number.NaN, last: Number.NaN });
});
