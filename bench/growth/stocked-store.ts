import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/clock.ts';
import { createLog } from '../../src/log.ts';
import { openStore } from '../../src/storage/open.ts';
import type { OutboxJob, Store } from '../../src/storage/ports.ts';
import { usageGateKey } from '../../src/usage/reader.ts';
import { toIccid } from '../../test/support/arbitraries.ts';
import { HAS_REDIS, startRedis } from '../../test/support/redis-server.ts';
import { copyReadingInRedis, enqueueJobs, untilRewritten } from './stock-redis.ts';
import { copyReadingInFile, insertJobs } from './stock-sqlite.ts';

/** What a store can stand on, as the tables have it. */
export type Engine = 'SQLite' | 'Redis';

/** Those that this machine has. */
export const ENGINES: readonly Engine[] = HAS_REDIS ? ['SQLite', 'Redis'] : ['SQLite'];

const DAY_MS = 24 * 60 * 60_000;

/** A store of its own, empty at first, which the bench fills before the bot opens it. */
export interface StockedStore {
  /** For `STORE_URL`. */
  readonly url: string;
  /** That many eSIMs with a fresh reading and a closed gate, the `stockedIccid`s. */
  putReadings(count: number): Promise<void>;
  /** As `enqueue` leaves them. */
  putJobs(jobs: readonly OutboxJob[]): Promise<void>;
  remove(): Promise<void>;
}

const FIRST = 8_910_000_000_000_000_000n;

/** The `index`-th of the eSIMs with a reading. */
export const stockedIccid = (index: number): string => String(FIRST + BigInt(index));

export function openStockedStore(engine: Engine): Promise<StockedStore> {
  return engine === 'SQLite' ? inFile() : inRedis();
}

async function inFile(): Promise<StockedStore> {
  const folder = await mkdtemp(join(tmpdir(), 'esim-bench-'));
  const path = join(folder, 'store.sqlite');
  const url = `sqlite:${path}`;
  return {
    url,
    async putReadings(count) {
      const first = stockedIccid(0);
      await putReadingsOf(url, [first]);
      await copyReadingInFile(path, first, count, Date.now() + DAY_MS);
    },
    async putJobs(jobs) {
      // Makes the tables.
      await inStore(url, async () => undefined);
      await insertJobs(path, jobs);
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Append only and fsynced at every write, as the bot's documentation advises; it evicts nothing. */
async function inRedis(): Promise<StockedStore> {
  const server = await startRedis('--maxmemory-policy', 'noeviction');
  const { url } = server;
  return {
    url,
    async putReadings(count) {
      const first = stockedIccid(0);
      await putReadingsOf(url, [first]);
      await copyReadingInRedis(url, first, count);
      await untilRewritten(url);
    },
    async putJobs(jobs) {
      await inStore(url, (store) => enqueueJobs(store.outbox, jobs));
      await untilRewritten(url);
    },
    remove: () => server.stop(),
  };
}

/** A fresh reading of each and a gate that is closed behind it, as if Airalo had just been asked. */
export function putReadingsOf(storeUrl: string, iccids: readonly string[]): Promise<void> {
  return inStore(storeUrl, async ({ snapshots, gate }) => {
    for (const iccid of iccids) {
      const now = Date.now();
      const data = { kind: 'megabytes', remaining: 1331, total: 5120 } as const;
      const reading = { status: { kind: 'known', name: 'ACTIVE' }, data, expiresAt: now + DAY_MS } as const;
      await snapshots.put(iccid, { kind: 'reading', asOf: now, reading });
      const key = usageGateKey(toIccid(iccid));
      const decision = await gate.tryAcquire(key, DAY_MS);
      if (decision.state === 'leader') await gate.settle(key, decision.token, now + DAY_MS);
    }
  });
}

async function inStore(storeUrl: string, work: (store: Store) => Promise<void>): Promise<void> {
  const store = await openStore(storeUrl, { clock: systemClock, log: createLog('error') });
  try {
    await work(store);
  } finally {
    await store.close();
  }
}
