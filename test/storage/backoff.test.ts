import fc from 'fast-check';
import { expect, test } from 'vitest';
import { backoffCeilingMs, backoffDelayMs } from '../../src/storage/backoff.ts';

const POLICY = { baseMs: 2_000, capMs: 300_000 };

test('the ceiling doubles with each failed attempt up to the cap', () => {
  const ceilings = [1, 2, 3, 4, 8, 9, 5_000].map((attempt) => backoffCeilingMs(POLICY, attempt));
  expect(ceilings).toEqual([2_000, 4_000, 8_000, 16_000, 256_000, 300_000, 300_000]);
});

test('the delay is a whole number of milliseconds between nothing and the ceiling', () => {
  fc.assert(
    fc.property(
      fc.nat(),
      fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
      (attempt, random) => {
        const delay = backoffDelayMs(POLICY, attempt, () => random);
        expect(Number.isInteger(delay)).toBe(true);
        expect(delay).toBeGreaterThanOrEqual(0);
        expect(delay).toBeLessThanOrEqual(backoffCeilingMs(POLICY, attempt));
      },
    ),
  );
});

test('many who failed together come back apart', () => {
  const delays = new Set(Array.from({ length: 50 }, () => backoffDelayMs(POLICY, 5)));
  expect(delays.size).toBeGreaterThan(40);
});
