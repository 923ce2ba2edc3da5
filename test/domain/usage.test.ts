import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  EXPIRING_WITHIN_MS,
  expiryOf,
  hasFigures,
  isLow,
  KNOWN_STATUSES,
  percentLeft,
  type UsageReading,
} from '../../src/domain/usage.ts';
import { allowance } from '../support/arbitraries.ts';

const reading = (changes: Partial<UsageReading>): UsageReading => ({
  status: { kind: 'known', name: 'ACTIVE' },
  data: { kind: 'megabytes', remaining: 1331, total: 5120 },
  ...changes,
});

describe('the share that is left', () => {
  it('is between 0 and 100, or unknown where the plan has nothing', () => {
    expect(percentLeft({ remaining: 1331, total: 5120 })).toBeCloseTo(25.996, 3);
    expect(percentLeft({ remaining: 0, total: 0 })).toBeUndefined();
    expect(percentLeft({ remaining: 10, total: 5 })).toBe(100);
    fc.assert(
      fc.property(allowance, (amounts) => {
        const percent = percentLeft(amounts);
        if (amounts.total === 0) expect(percent).toBeUndefined();
        else expect(percent).toSatisfy((value: number) => value >= 0 && value <= 100);
      }),
    );
  });

  it('is low at a fifth and below, and never for a plan without an allowance', () => {
    expect(isLow({ remaining: 20, total: 100 })).toBe(true);
    expect(isLow({ remaining: 0, total: 100 })).toBe(true);
    expect(isLow({ remaining: 20.1, total: 100 })).toBe(false);
    expect(isLow({ remaining: 0, total: 0 })).toBe(false);
  });
});

describe('the end of validity', () => {
  const now = Date.UTC(2026, 10, 23);

  it.each([
    ['none', undefined],
    ['past', now - 1],
    ['past', now],
    ['soon', now + 1],
    ['soon', now + EXPIRING_WITHIN_MS],
    ['later', now + EXPIRING_WITHIN_MS + 1],
  ])('is %s for %s', (expected, expiresAt) => {
    expect(expiryOf(reading(expiresAt === undefined ? {} : { expiresAt }), now)).toBe(expected);
  });
});

describe('the figures of a reading', () => {
  it.each(KNOWN_STATUSES)('are facts or not: %s', (name) => {
    expect(hasFigures(reading({ status: { kind: 'known', name } }))).toBe(
      !['RECYCLED', 'UNKNOWN'].includes(name),
    );
  });

  it('are shown for a status nobody has seen', () => {
    expect(hasFigures(reading({ status: { kind: 'unseen', name: 'RECYCLED ' } }))).toBe(true);
  });
});
