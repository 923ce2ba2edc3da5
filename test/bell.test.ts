import { expect, test } from 'vitest';
import { Bell } from '../src/clock.ts';
import { ManualClock } from './support/manual-clock.ts';

const SECOND_MS = 1_000;

test('wakes all who wait, each once, and whoever waits again waits for the next ring', async () => {
  const [bell, clock] = [new Bell(), new ManualClock()];
  const woken: string[] = [];
  const wait = (name: string) =>
    bell.next(bell.rings, clock, SECOND_MS).then(() => {
      woken.push(name);
    });
  const waits = [wait('a'), wait('b')];
  bell.ring();
  const again = wait('c');
  await Promise.all(waits);
  expect(woken).toEqual(['a', 'b']);
  bell.ring();
  await again;
  expect(woken).toEqual(['a', 'b', 'c']);
});

test('does not keep anybody waiting who has missed a ring', async () => {
  const [bell, clock] = [new Bell(), new ManualClock()];
  const seen = bell.rings;
  bell.ring();
  await bell.next(seen, clock, SECOND_MS);
  expect(clock.sleeping).toBe(0);
});

test('leaves nothing behind of a wait that runs out, nor of one that a ring ends', async () => {
  const [bell, clock] = [new Bell(), new ManualClock()];
  const late = bell.next(bell.rings, clock, SECOND_MS);
  expect(bell.waiting).toBe(1);
  clock.advance(SECOND_MS);
  await late;
  expect(bell.waiting).toBe(0);
  const early = bell.next(bell.rings, clock, SECOND_MS);
  bell.ring();
  await early;
  expect([bell.waiting, clock.sleeping]).toEqual([0, 0]);
});
