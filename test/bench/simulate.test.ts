import { describe, expect, test } from 'vitest';
import { type House, type Load, simulate } from '../../bench/scale/simulate.ts';

const COST = { cachedMs: 1, readMs: 2, promisedMs: 2 };
const HOUSE: House = { name: 'one', chat: 'Slack', channels: 1_000, processes: 1, sharedStore: true };
const load = (questionsPerSecond: number, esims: number): Load => ({
  questionsPerSecond,
  esims,
  warmUpSeconds: 900,
  seconds: 300,
});

describe('a house on paper', () => {
  test('asks about one eSIM once in a window, however often it is asked', () => {
    const { readsPerSecond, atOnce } = simulate(HOUSE, load(50, 1), COST);
    expect(readsPerSecond).toBeLessThanOrEqual(1 / 300);
    expect(atOnce).toBe(1);
  });

  test('never asks faster than its pace, and promises the rest for later', () => {
    const { readsPerSecond, atOnce, pendingMost } = simulate(HOUSE, load(20, 1_000_000), COST);
    expect(readsPerSecond).toBeCloseTo(4, 1);
    expect(atOnce).toBeLessThan(0.01);
    expect(pendingMost).toBeGreaterThan(5_000);
  });

  test('is refused by Airalo only where stores do not know of each other', () => {
    const shared = { ...HOUSE, processes: 4 };
    expect(simulate(shared, load(4, 1_000_000), COST).refusedPerSecond).toBe(0);
    const apart = { ...shared, sharedStore: false };
    expect(simulate(apart, load(6, 1_000_000), COST).refusedPerSecond).toBeGreaterThan(0);
  });

  test('says how busy its processes and its channels are', () => {
    const alone = simulate({ ...HOUSE, channels: 1 }, load(0.5, 10), COST);
    expect(alone.channelPercent).toBeGreaterThan(35);
    expect(alone.channelPercent).toBeLessThan(65);
    const [one, four] = [1, 4].map((processes) => simulate({ ...HOUSE, processes }, load(200, 10), COST));
    expect(one?.cpuPercent).toBeGreaterThan(3 * (four?.cpuPercent ?? Number.NaN));
  });
});
