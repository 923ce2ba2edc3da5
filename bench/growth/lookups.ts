import { type App, createApp } from '../../src/app.ts';
import { systemClock } from '../../src/clock.ts';
import { requireAiralo } from '../../src/config.ts';
import { createLog } from '../../src/ops/log.ts';
import { toIccid } from '../../test/support/arbitraries.ts';
import { percentile } from '../figures.ts';
import { type Engine, openStockedStore, type StockedStore, stockedIccid } from './stocked-store.ts';

const SIZES = [1_000, 100_000, 1_000_000];
const WARM_UP = 300;
const LOOKUPS = 3_000;

export interface LookupFigures {
  readonly cachedEsims: number;
  /** The store's part: one reading by its number. */
  readonly readP50Ms: number;
  readonly readP99Ms: number;
  /** The desk's whole answer, with its line in the audit. */
  readonly lookupP50Ms: number;
  readonly lookupP99Ms: number;
}

/**
 * Three stores of different sizes, open at the same time and asked in turns, so that whatever the machine does besides falls on all of them
 * alike. Each question is about an eSIM chosen at random, whose reading is cached and fresh.
 */
export async function measureLookups(engine: Engine): Promise<LookupFigures[]> {
  const stores: StockedStore[] = [];
  const sides: { size: number; app: App; reads: number[]; lookups: number[] }[] = [];
  try {
    for (const size of SIZES) {
      const store = await openStockedStore(engine);
      stores.push(store);
      await store.putReadings(size);
      sides.push({ size, app: await openApp(store.url), reads: [], lookups: [] });
    }
    for (let round = -WARM_UP; round < LOOKUPS; round++)
      for (const { size, app, reads, lookups } of sides) {
        const readMs = await timed(() => app.store.snapshots.get(anyOf(size)));
        const lookupMs = await timed(() =>
          app.desk.lookup({ iccid: toIccid(anyOf(size)), requestId: `r${round}`, place: 'bench' }),
        );
        if (round < 0) continue;
        reads.push(readMs);
        lookups.push(lookupMs);
      }
    return sides.map(({ size, reads, lookups }) => ({
      cachedEsims: size,
      readP50Ms: percentile(reads, 0.5),
      readP99Ms: percentile(reads, 0.99),
      lookupP50Ms: percentile(lookups, 0.5),
      lookupP99Ms: percentile(lookups, 0.99),
    }));
  } finally {
    await Promise.all(sides.map(({ app }) => app.stop()));
    await Promise.all(stores.map((store) => store.remove()));
  }
}

/** The whole core on this store; it is not started, so it has neither platforms nor a worker. Nobody listens at its Airalo. */
async function openApp(storeUrl: string): Promise<App> {
  const config = requireAiralo({
    AIRALO_CLIENT_ID: 'bench',
    AIRALO_CLIENT_SECRET: 'bench',
    AIRALO_BASE_URL: 'http://127.0.0.1:9',
    STORE_URL: storeUrl,
  });
  const log = createLog('error');
  return createApp(config, config.airalo, { clock: systemClock, log, fail: (error) => log.error(error) });
}

function anyOf(size: number): string {
  return stockedIccid(Math.floor(Math.random() * size));
}

/** Throws when the answer is not the cached reading: then something else would have been measured. */
async function timed(work: () => Promise<{ readonly kind: string } | undefined>): Promise<number> {
  const startedAt = performance.now();
  const found = await work();
  const tookMs = performance.now() - startedAt;
  if (found?.kind !== 'reading' && found?.kind !== 'cached') throw new Error(`Not cached: ${found?.kind}`);
  return tookMs;
}
