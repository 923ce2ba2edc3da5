import { expect, it } from 'vitest';
import { createTtlCache } from '../../../src/platforms/chat/ttl-cache.ts';
import { ManualClock } from '../../support/manual-clock.ts';

const KEPT_MS = 60_000;

function cacheOf(find: (clock: ManualClock) => Promise<string | undefined>) {
  const clock = new ManualClock();
  const cache = createTtlCache<string>(clock, KEPT_MS);
  let asked = 0;
  const get = () =>
    cache('anna', () => {
      asked++;
      return find(clock);
    });
  return { clock, get, asked: () => asked };
}

it('asks once for all who want to know at the same time, and again when what it found is old', async () => {
  const { clock, get, asked } = cacheOf(async () => 'member');
  expect(await Promise.all([get(), get(), get()])).toEqual(['member', 'member', 'member']);
  clock.advance(KEPT_MS - 1);
  await get();
  expect(asked()).toBe(1);
  clock.advance(1);
  await get();
  expect(asked()).toBe(2);
});

it('believes a failure that came at once for no longer than that moment', async () => {
  let answer: string | undefined;
  const { get, asked } = cacheOf(async () => answer);
  expect(await get()).toBeUndefined();
  answer = 'member';
  expect(await get()).toBe('member');
  expect(asked()).toBe(2);
});

it.each([
  [400, 400],
  [5_000, 1_000],
])('believes a failure that took %i ms to learn for %i ms', async (tookMs, keptMs) => {
  const { clock, get, asked } = cacheOf((its) => its.sleep(tookMs).then(() => undefined));
  const first = get();
  clock.advance(tookMs);
  expect(await first).toBeUndefined();
  clock.advance(keptMs - 1);
  expect(await get()).toBeUndefined();
  expect(asked()).toBe(1);
  clock.advance(1);
  void get();
  expect(asked()).toBe(2);
});

it('keeps no rejection', async () => {
  let fails = true;
  const { get } = cacheOf(async () => {
    if (fails) throw new Error('away');
    return 'member';
  });
  await expect(get()).rejects.toThrow('away');
  fails = false;
  expect(await get()).toBe('member');
});
