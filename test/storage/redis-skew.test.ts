import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Clock } from '../../src/clock.ts';
import { systemClock } from '../../src/clock.ts';
import { openStore } from '../../src/storage/open.ts';
import type { Store } from '../../src/storage/ports.ts';
import { captureLog } from '../support/log-capture.ts';
import { HAS_REDIS, type RedisServer, startRedis } from '../support/redis-server.ts';

const WINDOW_MS = 900_000;
/** Of a way to the server and back, and of a test that was held up. */
const ROOM_MS = 5_000;

/** A machine whose clock is wrong. */
const aheadBy = (skewMs: number): Clock => ({ ...systemClock, now: () => systemClock.now() + skewMs });

describe.skipIf(!HAS_REDIS).each([60_000, -60_000])('a machine whose clock is off by %i ms', (skewMs) => {
  let server: RedisServer;
  let wrong: Store;
  let right: Store;
  const clock = aheadBy(skewMs);
  beforeAll(async () => {
    server = await startRedis();
    const { log } = captureLog();
    wrong = await openStore(server.url, { clock, log });
    right = await openStore(server.url, { clock: systemClock, log });
  });
  afterAll(async () => {
    await wrong.close();
    await right.close();
    await server.stop();
  });

  test('closes a window for its whole length, for itself and for the others', async () => {
    const decision = await wrong.gate.tryAcquire('usage:1', 10_000);
    if (decision.state !== 'leader') throw new Error('not the leader');
    await wrong.gate.settle('usage:1', decision.token, clock.now() + WINDOW_MS);
    for (const [store, itsClock] of [
      [wrong, clock],
      [right, systemClock],
    ] as const) {
      const state = await store.gate.peek('usage:1');
      const leftMs = state.state === 'closed' ? state.openAt - itsClock.now() : 0;
      expect(leftMs).toBeGreaterThan(WINDOW_MS - ROOM_MS);
      expect(leftMs).toBeLessThanOrEqual(WINDOW_MS + ROOM_MS);
    }
  });

  test('waits for its turn at Airalo no longer and no shorter than the others', async () => {
    await right.pace.reserve('airalo', 8_000, 30_000);
    const turn = await wrong.pace.reserve('airalo', 8_000, 30_000);
    const waitMs = turn.kind === 'slot' ? turn.startAt - clock.now() : 0;
    expect(waitMs).toBeGreaterThan(8_000 - ROOM_MS);
    expect(waitMs).toBeLessThanOrEqual(8_000);
  });
});
