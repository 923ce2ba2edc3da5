import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BulkAllowance, createBulkAllowance } from '../../src/bulk/bulk-allowance.ts';
import type { Store } from '../../src/storage/ports.ts';
import { type BotUnderTest, startBot } from '../support/bot.ts';
import { ManualClock } from '../support/manual-clock.ts';

const DAY_MS = 24 * 60 * 60_000;
let clock: ManualClock;
let bot: BotUnderTest;
let store: Store;
let allowance: BulkAllowance;
beforeEach(async () => {
  clock = new ManualClock();
  bot = await startBot({ clock, start: false });
  store = bot.app.store;
  allowance = createBulkAllowance(store.registry, store.outbox, clock, 100);
});
afterEach(() => bot.stop());

const queue = (id: string) =>
  store.outbox.enqueue({
    id,
    type: 'bulk',
    owner: 'anna',
    payload: {},
    runAt: clock.now() + DAY_MS,
    deadline: clock.now() + DAY_MS,
  });

describe('the allowance of one person', () => {
  it('is one list at a time, until it is given back', async () => {
    expect(await allowance.take('anna', 'list-a', 10)).toBeUndefined();
    await queue('list-a');
    expect(await allowance.take('anna', 'list-b', 10)).toEqual({ kind: 'one-at-a-time' });
    expect(await allowance.take('ben', 'list-c', 10)).toBeUndefined();
    await allowance.leave('anna', 'list-b');
    expect(await allowance.take('anna', 'list-b', 10)).toEqual({ kind: 'one-at-a-time' });
    await allowance.leave('anna', 'list-a');
    expect(await allowance.take('anna', 'list-b', 10)).toBeUndefined();
  });

  it('is not kept by a list that ended without giving it back', async () => {
    await allowance.take('anna', 'list-a', 10);
    await queue('list-a');
    await store.outbox.cancel('list-a');
    expect(await allowance.take('anna', 'list-b', 10)).toBeUndefined();
  });

  it('counts a list once, also when its question is answered again after a crash', async () => {
    for (const _try of [1, 2, 3]) {
      expect(await allowance.take('anna', 'list-a', 60)).toBeUndefined();
      await allowance.leave('anna', 'list-a');
    }
    expect(await allowance.take('anna', 'list-b', 41)).toMatchObject({ kind: 'day-used-up', left: 40 });
    expect(await allowance.take('anna', 'list-b', 40)).toBeUndefined();
  });

  it('is so many eSIMs in a day', async () => {
    expect(await allowance.take('anna', 'list-a', 70)).toBeUndefined();
    await allowance.leave('anna', 'list-a');
    expect(await allowance.take('anna', 'list-b', 31)).toEqual({
      kind: 'day-used-up',
      most: 100,
      left: 30,
      until: Date.UTC(2026, 10, 24),
    });
    expect(await allowance.take('anna', 'list-b', 30)).toBeUndefined();
    await allowance.leave('anna', 'list-b');
    clock.advance(DAY_MS);
    expect(await allowance.take('anna', 'list-c', 100)).toBeUndefined();
  });
});
