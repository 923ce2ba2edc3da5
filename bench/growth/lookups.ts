import { type App, createApp } from '../../src/app.ts';
import { systemClock } from '../../src/clock.ts';
import { requireAiralo } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { toIccid } from '../../test/support/arbitraries.ts';
import { percentile } from '../figures.ts';
import { type Engine, openStockedStore, type StockedStore, stockedIccid } from './stocked-store.ts';

const SIZES = [1_000, 100_000, 1_000_000];
/** In each the bots are new, for they remember what they have told of the last thousand eSIMs. */
const PASSES = 4;
const WARM_UP = 150;
/** Of one pass; together with the warm-up no more than the smallest store has eSIMs. */
const LOOKUPS = 750;
/** A prime that divides none of the sizes: its multiples meet every eSIM once, far from each other. */
const STRIDE = 611_953;

export interface LookupFigures {
  readonly cachedEsims: number;
  /** The store's part: one reading by its number. */
  readonly readP50Ms: number;
  readonly readP99Ms: number;
  /** The desk's whole answer, with its line in the audit. */
  readonly lookupP50Ms: number;
  readonly lookupP99Ms: number;
}

interface Side {
  readonly size: number;
  readonly store: StockedStore;
  readonly reads: number[];
  readonly lookups: number[];
}

/**
 * Three stores of different sizes, open at the same time and asked in turns, so that whatever the machine does besides falls on all of them
 * alike. Each question is about another eSIM, whose reading is cached and fresh.
 */
export async function measureLookups(engine: Engine): Promise<LookupFigures[]> {
  const sides: Side[] = [];
  try {
    for (const size of SIZES) {
      const side = { size, store: await openStockedStore(engine), reads: [], lookups: [] };
      sides.push(side);
      await side.store.putReadings(size);
    }
    for (let pass = 0; pass < PASSES; pass++) await askInTurns(sides);
    return sides.map(({ size, reads, lookups }) => ({
      cachedEsims: size,
      readP50Ms: percentile(reads, 0.5),
      readP99Ms: percentile(reads, 0.99),
      lookupP50Ms: percentile(lookups, 0.5),
      lookupP99Ms: percentile(lookups, 0.99),
    }));
  } finally {
    await Promise.all(sides.map(({ store }) => store.remove()));
  }
}

async function askInTurns(sides: readonly Side[]): Promise<void> {
  const start = Math.floor(Math.random() * STRIDE);
  const bots: { side: Side; app: App }[] = [];
  try {
    for (const side of sides) bots.push({ side, app: await openApp(side.store.url) });
    for (let round = -WARM_UP; round < LOOKUPS; round++)
      for (const { side, app } of bots) {
        const anybody = stockedIccid(Math.floor(Math.random() * side.size));
        const iccid = toIccid(stockedIccid((start + (round + WARM_UP) * STRIDE) % side.size));
        const readMs = await timed(() => app.store.snapshots.get(anybody));
        const lookupMs = await timed(() =>
          app.usageService.lookup({ iccid, requestId: `r${round}`, place: 'bench' }),
        );
        if (round < 0) continue;
        side.reads.push(readMs);
        side.lookups.push(lookupMs);
      }
  } finally {
    await Promise.all(bots.map(({ app }) => app.stop()));
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

/** Throws when the answer is not the cached reading: then something else would have been measured. */
async function timed(work: () => Promise<{ readonly kind: string } | undefined>): Promise<number> {
  const startedAt = performance.now();
  const found = await work();
  const tookMs = performance.now() - startedAt;
  if (found?.kind !== 'reading' && found?.kind !== 'cached') throw new Error(`Not cached: ${found?.kind}`);
  return tookMs;
}
