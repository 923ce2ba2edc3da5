import { afterAll, beforeAll, describe } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { openStore } from '../../src/storage/open.ts';
import type { Retention, Store } from '../../src/storage/ports.ts';
import { describeProcesses } from '../contract/processes-contract.ts';
import { describeStore } from '../contract/store-contract.ts';
import type { StoreUnderTest } from '../contract/store-under-test.ts';
import { describeTakeover } from '../contract/takeover-contract.ts';
import { captureLog } from '../support/log-capture.ts';
import { HAS_REDIS, type RedisServer, startRedis } from '../support/redis-server.ts';

describe.skipIf(!HAS_REDIS)('on a real Redis', () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server.stop());

  /** On the server's clock, which no test can move: time passes in real time, and the contract asks for little of it. */
  async function openRedisUnderTest(retention: Retention): Promise<StoreUnderTest> {
    const { log } = captureLog();
    const opened: Store[] = [];
    await server.empty();
    const open = async () => {
      const store = await openStore(server.url, { clock: systemClock, log, retention });
      opened.push(store);
      return store;
    };
    const store = await open();
    return {
      store,
      clock: systemClock,
      another: open,
      // A timer may fire a millisecond early, and the server's clock is read in whole ones.
      advance: (durationMs) => systemClock.sleep(durationMs + 10),
      async reopen() {
        await store.close();
        return open();
      },
      async cleanUp() {
        await Promise.all(opened.map((one) => one.close()));
      },
    };
  }

  describeStore('Redis', openRedisUnderTest);
  const openUrl = async () => {
    await server.empty();
    return server.url;
  };
  describeProcesses('Redis', openUrl);
  describeTakeover('Redis', openUrl);
});
