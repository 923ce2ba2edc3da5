import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { openStore } from '../../src/storage/open.ts';
import type { Retention, Store } from '../../src/storage/ports.ts';
import type { StoreUnderTest } from '../contract/store-under-test.ts';
import { captureLog } from './log-capture.ts';
import { ManualClock } from './manual-clock.ts';

/** Time passes in steps this small, so that a worker renews its lease between them as it would in real time. */
const STEP_MS = 50;

/** A store in a directory of its own, on a manual clock. */
export async function openSqliteUnderTest(
  retention: Retention,
  keys: readonly Buffer[] = [],
): Promise<StoreUnderTest & { path: string }> {
  const directory = await mkdtemp(join(tmpdir(), 'esim-store-'));
  const path = join(directory, 'store.sqlite');
  const clock = new ManualClock();
  const { log } = captureLog();
  const opened: Store[] = [];
  const open = async () => {
    const store = await openStore(`sqlite:${path}`, { clock, log, retention, keys });
    opened.push(store);
    return store;
  };
  const store = await open();
  return {
    path,
    store,
    clock,
    another: open,
    async advance(durationMs) {
      for (let left = durationMs; left > 0; left -= STEP_MS) {
        clock.advance(Math.min(STEP_MS, left));
        await settle(opened);
      }
    },
    async reopen() {
      await store.close();
      return open();
    },
    async cleanUp() {
      await Promise.all(opened.map((one) => one.close()));
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Statements run in order on a connection: after a few round trips, those begun by the woken workers are through. */
async function settle(stores: readonly Store[]): Promise<void> {
  for (let round = 0; round < 3; round++) {
    await nextTurn();
    await Promise.all(stores.map((store) => store.registry.get('settle', 'x').catch(() => undefined)));
  }
}
