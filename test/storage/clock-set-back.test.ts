import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_RETENTION } from '../../src/storage/retention.ts';
import type { StoreUnderTest } from '../contract/store-under-test.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { openSqliteUnderTest } from '../support/sqlite-under-test.ts';

const HOUR_MS = 3_600_000;
const WINDOW_MS = 900_000;

describe('a clock that is corrected by an hour', () => {
  let under: StoreUnderTest;
  let clock: ManualClock;
  beforeEach(async () => {
    under = await openSqliteUnderTest(DEFAULT_RETENTION);
    clock = under.clock instanceof ManualClock ? under.clock : new ManualClock();
  });
  afterEach(() => under.cleanUp());

  it('stops no turn at Airalo: a slot that far ahead cannot have been booked by it', async () => {
    const { pace } = under.store;
    await pace.reserve('airalo', 250, 9_000);
    clock.advance(-HOUR_MS);
    expect(await pace.reserve('airalo', 250, 9_000)).toEqual({ kind: 'slot', startAt: clock.now() });
    expect(await pace.reserve('airalo', 250, 9_000)).toEqual({ kind: 'slot', startAt: clock.now() + 250 });
  });

  it('keeps the turns that were booked a moment ago apart, and those of a long line', async () => {
    const { pace } = under.store;
    for (let turn = 0; turn < 30; turn++) await pace.reserve('airalo', 250, 9_000);
    expect(await pace.reserve('airalo', 250, 0)).toEqual({ kind: 'busy', freeAt: clock.now() + 7_500 });
    clock.advance(-1_000);
    expect(await pace.reserve('airalo', 250, 9_000)).toEqual({ kind: 'slot', startAt: clock.now() + 8_500 });
  });

  it('shuts a window for as long as it was meant to, from the correction on: never too early, not for an hour more', async () => {
    const { gate } = under.store;
    const lease = await gate.tryAcquire('usage:1', 20_000);
    if (lease.state === 'leader') await gate.settle('usage:1', lease.token, clock.now() + WINDOW_MS);
    clock.advance(-HOUR_MS);
    const openAt = clock.now() + WINDOW_MS;
    expect(await gate.peek('usage:1')).toEqual({ state: 'closed', openAt });
    clock.advance(WINDOW_MS - 1);
    expect(await gate.tryAcquire('usage:1', 20_000)).toEqual({ state: 'closed', openAt });
    clock.advance(1);
    expect((await gate.tryAcquire('usage:1', 20_000)).state).toBe('leader');
  });
});
