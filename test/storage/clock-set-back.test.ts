import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { openStore } from '../../src/storage/open.ts';
import type { GateState, Store } from '../../src/storage/ports.ts';
import { DEFAULT_RETENTION } from '../../src/storage/retention.ts';
import type { StoreUnderTest } from '../contract/store-under-test.ts';
import { captureLog } from '../support/log-capture.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { HAS_REDIS, type RedisServer, startRedis } from '../support/redis-server.ts';
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

/** No test can set the server's clock: instead what it holds becomes what it would hold if it had been set an hour later. */
describe.skipIf(!HAS_REDIS)('a Redis whose clock is corrected by an hour', () => {
  const LEASE_MS = 20_000;
  /** Of a way to the server and back, and of a test that was held up. */
  const ROOM_MS = 5_000;
  let server: RedisServer;
  let store: Store;
  let raw: Redis;
  beforeAll(async () => {
    server = await startRedis();
    store = await openStore(server.url, { clock: systemClock, log: captureLog().log });
    raw = new Redis(server.url);
  });
  afterAll(async () => {
    raw.disconnect();
    await store.close();
    await server.stop();
  });

  async function setBack(): Promise<void> {
    for (const key of await raw.keys('*:gate:*')) {
      const held = (await raw.get(key)) ?? '';
      const later = held.replace(/\b\d{13}\b/g, (instant) => String(Number(instant) + HOUR_MS));
      await raw.set(key, later, 'PX', (await raw.pttl(key)) + HOUR_MS);
    }
  }

  const leftMs = (state: GateState) => {
    if (state.state === 'open') return 0;
    return (state.state === 'closed' ? state.openAt : state.leaseUntil) - systemClock.now();
  };

  it('shuts a window for as long as it was meant to, and no hour more', async () => {
    const lease = await store.gate.tryAcquire('usage:1', LEASE_MS);
    if (lease.state !== 'leader') throw new Error('not the leader');
    await store.gate.settle('usage:1', lease.token, systemClock.now() + WINDOW_MS);
    await setBack();
    const state = await store.gate.peek('usage:1');
    expect(state.state).toBe('closed');
    expect(leftMs(state)).toBeGreaterThan(WINDOW_MS - ROOM_MS);
    expect(leftMs(state)).toBeLessThanOrEqual(WINDOW_MS);
    const again = await store.gate.tryAcquire('usage:1', LEASE_MS);
    expect(again.state === 'closed' && leftMs(again)).toBeLessThanOrEqual(WINDOW_MS);
  });

  it('ends a lease that nobody gives back, and leaves it to its holder until then', async () => {
    const lease = await store.gate.tryAcquire('usage:2', LEASE_MS);
    if (lease.state !== 'leader') throw new Error('not the leader');
    await setBack();
    const state = await store.gate.peek('usage:2');
    expect(state.state).toBe('in-flight');
    expect(leftMs(state)).toBeLessThanOrEqual(LEASE_MS + ROOM_MS);
    expect(await store.gate.settle('usage:2', lease.token, systemClock.now() + WINDOW_MS)).toBe(true);
  });
});
