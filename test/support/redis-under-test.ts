import { afterAll, beforeAll } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { openStore } from '../../src/storage/open.ts';
import type { Retention, Store } from '../../src/storage/ports.ts';
import type { StoreUnderTest } from '../contract/store-under-test.ts';
import { captureLog } from './log-capture.ts';
import { type RedisServer, startRedis } from './redis-server.ts';

/** A real Redis for the tests of the surrounding `describe`, emptied for each. */
export function useRedis(keys: readonly Buffer[] = []): {
  openUnderTest(retention: Retention): Promise<StoreUnderTest>;
  openUrl(): Promise<string>;
} {
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server.stop());

  /** On the server's clock, which no test can move: time passes in real time, and the contract asks for little of it. */
  async function openUnderTest(retention: Retention): Promise<StoreUnderTest> {
    const { log } = captureLog();
    const opened: Store[] = [];
    await server.empty();
    const open = async () => {
      const store = await openStore(server.url, { clock: systemClock, log, retention, keys });
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

  return {
    openUnderTest,
    async openUrl() {
      await server.empty();
      return server.url;
    },
  };
}
