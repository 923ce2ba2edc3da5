import { describe, expect, it } from 'vitest';
import { ageMs, isRefreshable } from '../../src/domain/freshness.ts';

describe('the freshness of a reading', () => {
  const freshness = { asOf: 1_000, refreshableAt: 901_000 };

  it('opens at the instant of the next read, not before', () => {
    expect(isRefreshable(freshness, 900_999)).toBe(false);
    expect(isRefreshable(freshness, 901_000)).toBe(true);
  });

  it('has an age that is never negative, even when the clock was set back', () => {
    expect(ageMs(freshness, 4_000)).toBe(3_000);
    expect(ageMs(freshness, 500)).toBe(0);
  });
});
