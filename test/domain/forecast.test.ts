import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { type Forecast, forecastUsage } from '../../src/domain/forecast.ts';
import type { UsageReading } from '../../src/domain/usage.ts';
import type { UsagePoint } from '../../src/domain/usage-point.ts';
import {
  DAY_MS,
  endOf,
  HOUR_MS,
  type KnownUse,
  lagging,
  MONDAY,
  readingOf,
  series,
  steady,
  weekly,
} from '../support/usage-series.ts';

/** From the last of the points, with those before it. */
function forecastOf(points: readonly UsagePoint[], changes: Partial<UsageReading> = {}): Forecast {
  const last = points.at(-1);
  if (!last) throw new Error('no points');
  return forecastUsage(readingOf(last, changes), last.at, points);
}

function runsOut(forecast: Forecast): Extract<Forecast, { kind: 'runs-out' }> {
  if (forecast.kind !== 'runs-out') throw new Error(`not a forecast of an end: ${JSON.stringify(forecast)}`);
  return forecast;
}

/** How far off the foretold end is, as a share of the time that was left. */
function errorOf(use: KnownUse, forecast: Forecast, asOf: number): number {
  const trueEnd = endOf(use, asOf);
  return Math.abs(runsOut(forecast).at - trueEnd) / (trueEnd - asOf);
}

describe('the forecast of a series with a known end', () => {
  it('is exact where the use is even', () => {
    const use = steady(5_120, 310);
    const points = series(use, MONDAY, MONDAY + 4 * DAY_MS, 12 * HOUR_MS);
    const forecast = runsOut(forecastOf(points));
    expect(forecast.perDayMb).toBeCloseTo(310, 0);
    expect(Math.abs(forecast.at - endOf(use, MONDAY))).toBeLessThan(HOUR_MS);
    expect(forecast).toMatchObject({ from: MONDAY, points: 9 });
  });

  const asOf = MONDAY + 9 * DAY_MS + 14 * HOUR_MS;
  const kinds: Record<string, readonly [KnownUse, everyMs: number, tolerance: number]> = {
    'even use': [steady(10_240, 400), 3 * HOUR_MS, 0.01],
    'sleep at night': [weekly(10_240, [400, 400, 400, 400, 400, 400, 400]), 2 * HOUR_MS, 0.06],
    'twice as much at the weekend': [weekly(10_240, [300, 300, 300, 300, 300, 600, 600]), 3 * HOUR_MS, 0.15],
    'a counter six hours late': [lagging(steady(10_240, 400), 6 * HOUR_MS), HOUR_MS, 0.06],
    'a counter a day late': [lagging(steady(10_240, 400), DAY_MS), 3 * HOUR_MS, 0.12],
    'one reading a day': [weekly(10_240, [400, 400, 400, 400, 400, 400, 400]), DAY_MS, 0.1],
  };
  test.each(Object.entries(kinds))('is near with %s', (_, [use, everyMs, tolerance]) => {
    const points = series(use, asOf - 8 * DAY_MS, asOf, everyMs);
    expect(errorOf(use, forecastOf(points), asOf)).toBeLessThan(tolerance);
  });

  it('follows neither one stale figure nor one heavy hour', () => {
    const use = steady(10_240, 400);
    const points = series(use, MONDAY, MONDAY + 5 * DAY_MS, 6 * HOUR_MS);
    const calm = runsOut(forecastOf(points));
    const stale = points.map((point, index) =>
      index === 10 ? { ...point, remainingMb: point.remainingMb + 150 } : point,
    );
    expect(runsOut(forecastOf(stale)).perDayMb).toBeCloseTo(calm.perDayMb, 0);
    const heavy = points.map((point, index) =>
      index < 19 ? point : { ...point, remainingMb: point.remainingMb - 500 },
    );
    expect(runsOut(forecastOf(heavy)).perDayMb).toBeLessThan(1.15 * calm.perDayMb);
  });

  it('counts only what followed a top-up, a new package, or the start of the plan', () => {
    const before = series(steady(3_072, 900), MONDAY, MONDAY + 3 * DAY_MS, 6 * HOUR_MS);
    const afterUse = steady(3_072, 200, MONDAY + 3 * DAY_MS);
    const after = series(
      afterUse,
      MONDAY + 3 * DAY_MS + 6 * HOUR_MS,
      MONDAY + 6 * DAY_MS + 6 * HOUR_MS,
      6 * HOUR_MS,
    );
    const sameTotal = runsOut(forecastOf([...before, ...after]));
    expect(sameTotal.perDayMb).toBeCloseTo(200, 0);
    expect(sameTotal).toMatchObject({ from: after[0]?.at, points: after.length });
    const added = after.map((point) => ({
      ...point,
      totalMb: 4_096,
      remainingMb: point.remainingMb - 1_000,
    }));
    expect(runsOut(forecastOf([...before, ...added])).points).toBe(after.length);
    const waiting = before.map((point) => ({ ...point, remainingMb: 3_072, status: 'NOT_ACTIVE' }));
    expect(runsOut(forecastOf([...waiting, ...after])).points).toBe(after.length);
    expect(forecastOf([...before, ...after.slice(0, 3)])).toEqual({
      kind: 'none',
      because: 'too-few-readings',
    });
  });

  it('counts the last week, and more only where the week has too little', () => {
    const fast = series(steady(22_528, 2_000), MONDAY, MONDAY + 6 * DAY_MS, 6 * HOUR_MS);
    const left = fast.at(-1)?.remainingMb ?? 0;
    const slow = series(
      steady(left, 300, MONDAY + 6 * DAY_MS),
      MONDAY + 7 * DAY_MS,
      MONDAY + 14 * DAY_MS,
      6 * HOUR_MS,
    );
    const all = [...fast, ...slow.map((point) => ({ ...point, totalMb: 51_200 }))];
    expect(runsOut(forecastOf(all))).toMatchObject({ from: MONDAY + 7 * DAY_MS });
    expect(runsOut(forecastOf(all)).perDayMb).toBeCloseTo(300, 0);
    const seldom = series(steady(10_240, 100), MONDAY, MONDAY + 20 * DAY_MS, 10 * DAY_MS);
    expect(runsOut(forecastOf(seldom))).toMatchObject({ from: MONDAY, points: 3 });
  });

  it('tells an honest range: narrow for even use, wide for uneven, and the end lies within', () => {
    const even = runsOut(forecastOf(series(steady(5_120, 300), MONDAY, MONDAY + 5 * DAY_MS, 6 * HOUR_MS)));
    expect((even.latestAt ?? 0) - (even.earliestAt ?? 0)).toBeLessThan(6 * HOUR_MS);
    const use = weekly(5_120, [100, 100, 600, 100, 100, 600, 600]);
    const uneven = runsOut(forecastOf(series(use, MONDAY, MONDAY + 7 * DAY_MS, 6 * HOUR_MS)));
    expect((uneven.latestAt ?? Infinity) - (uneven.earliestAt ?? 0)).toBeGreaterThan(2 * DAY_MS);
    const trueEnd = endOf(use, MONDAY);
    expect(uneven.earliestAt).toBeLessThan(trueEnd);
    expect(uneven.latestAt ?? Infinity).toBeGreaterThan(trueEnd);
  });
});

describe('a plan that ends first', () => {
  const points = series(steady(10_240, 300), MONDAY, MONDAY + 4 * DAY_MS, 6 * HOUR_MS);

  it('lasts at this pace', () => {
    const expiresAt = MONDAY + 10 * DAY_MS;
    const forecast = forecastOf(points, { expiresAt });
    expect(forecast).toMatchObject({ kind: 'lasts', until: expiresAt });
    expect(forecast).not.toHaveProperty('earliestAt');
    expect(forecastOf(points, { expiresAt: MONDAY + 60 * DAY_MS }).kind).toBe('runs-out');
  });

  it('says when the highest pace seen would end it before', () => {
    const use = weekly(5_120, [100, 100, 600, 100, 100, 600, 600]);
    const uneven = series(use, MONDAY, MONDAY + 7 * DAY_MS, 6 * HOUR_MS);
    const free = runsOut(forecastOf(uneven));
    const expiresAt = free.at - HOUR_MS;
    expect(forecastOf(uneven, { expiresAt })).toMatchObject({ kind: 'lasts', earliestAt: free.earliestAt });
  });
});

describe('no forecast', () => {
  const use = steady(10_240, 400);
  const enough = series(use, MONDAY, MONDAY + 4 * DAY_MS, 6 * HOUR_MS);
  const flat = enough.map((point) => ({ ...point, remainingMb: 10_240 }));
  const burst = flat.map((point, index) => (index < 16 ? point : { ...point, remainingMb: 9_000 }));
  const cases: Record<string, readonly [Forecast, string]> = {
    'without a limit': [forecastOf(enough, { data: { kind: 'unlimited' } }), 'unlimited'],
    'for a plan not begun': [
      forecastOf(enough, { status: { kind: 'known', name: 'NOT_ACTIVE' } }),
      'not-active',
    ],
    'for an eSIM taken back': [
      forecastOf(enough, { status: { kind: 'known', name: 'RECYCLED' } }),
      'not-active',
    ],
    'for a status never seen': [
      forecastOf(enough, { status: { kind: 'unseen', name: 'PAUSED' } }),
      'not-active',
    ],
    'past the end of the plan': [forecastOf(enough, { expiresAt: MONDAY }), 'not-active'],
    'with nothing left': [
      forecastOf(enough, { data: { kind: 'megabytes', remaining: 0, total: 10_240 } }),
      'used-up',
    ],
    'from two readings': [
      forecastOf(series(use, MONDAY, MONDAY + 2 * DAY_MS, 2 * DAY_MS)),
      'too-few-readings',
    ],
    'from less than a day': [
      forecastOf(series(use, MONDAY, MONDAY + 23 * HOUR_MS, HOUR_MS)),
      'too-few-readings',
    ],
    'without any use': [forecastOf(flat), 'no-use'],
    'from one burst in days of nothing': [forecastOf(burst), 'uneven'],
    'of a day years ahead': [
      forecastOf(series(steady(51_200, 20), MONDAY, MONDAY + 3 * DAY_MS, 6 * HOUR_MS)),
      'too-far-off',
    ],
  };
  test.each(Object.entries(cases))('is made %s', (_, [forecast, because]) => {
    expect(forecast).toEqual({ kind: 'none', because });
  });
});

describe('whatever the readings are', () => {
  const anyPoint: fc.Arbitrary<UsagePoint> = fc.record({
    at: fc.integer({ min: MONDAY, max: MONDAY + 30 * DAY_MS }),
    remainingMb: fc.integer({ min: -10, max: 60_000 }),
    totalMb: fc.constantFrom(0, 1_024, 51_200),
    status: fc.constantFrom('ACTIVE', 'ACTIVE', 'ACTIVE', 'NOT_ACTIVE', 'EXPIRED', ''),
  });
  const history = fc.array(anyPoint, { maxLength: 40 });

  it('foretells an end after the reading, within its range, from a sound pace', () => {
    const asOf = MONDAY + 31 * DAY_MS;
    const remaining = fc.integer({ min: 0, max: 51_200 });
    fc.assert(
      fc.property(history, remaining, fc.option(fc.integer({ max: 60 })), (points, left, days) => {
        const reading = readingOf(
          { at: asOf, remainingMb: left, totalMb: 51_200, status: 'ACTIVE' },
          days === null ? {} : { expiresAt: asOf + days * DAY_MS },
        );
        const forecast = forecastUsage(reading, asOf, points);
        if (forecast.kind === 'none') return;
        expect(forecast.perDayMb).toBeGreaterThan(0);
        expect(forecast.points).toBeGreaterThanOrEqual(3);
        expect(asOf - forecast.from).toBeGreaterThanOrEqual(DAY_MS);
        if (forecast.kind === 'lasts') return expect(forecast.until).toBe(reading.expiresAt);
        expect(forecast.earliestAt).toBeGreaterThanOrEqual(asOf);
        expect(forecast.earliestAt).toBeLessThanOrEqual(forecast.at);
        expect(forecast.latestAt ?? Infinity).toBeGreaterThanOrEqual(forecast.at);
      }),
    );
  });

  it('does not depend on the order they come in', () => {
    const points = series(
      weekly(10_240, [300, 0, 700, 20, 400, 90, 500]),
      MONDAY,
      MONDAY + 6 * DAY_MS,
      HOUR_MS,
    );
    const last = points.at(-1);
    if (!last) throw new Error('no points');
    const expected = forecastOf(points);
    fc.assert(
      fc.property(fc.shuffledSubarray(points, { minLength: points.length }), (shuffled) => {
        expect(forecastUsage(readingOf(last), last.at, shuffled)).toEqual(expected);
      }),
      { numRuns: 20 },
    );
  });

  it('finds the pace and the end of any even use', () => {
    const plan = fc.record({
      perDayMb: fc.integer({ min: 50, max: 3_000 }),
      days: fc.integer({ min: 2, max: 12 }),
      everyHours: fc.integer({ min: 1, max: 24 }),
    });
    fc.assert(
      fc.property(plan, ({ perDayMb, days, everyHours }) => {
        const use = steady(perDayMb * days * 3, perDayMb);
        const points = series(use, MONDAY, MONDAY + days * DAY_MS, everyHours * HOUR_MS);
        const forecast = runsOut(forecastOf(points));
        expect(Math.abs(forecast.perDayMb - perDayMb) / perDayMb).toBeLessThan(0.05);
        const asOf = points.at(-1)?.at ?? 0;
        expect(errorOf(use, forecast, asOf)).toBeLessThan(0.05);
      }),
      { numRuns: 40 },
    );
  });
});
