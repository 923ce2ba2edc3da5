import { type Clock, endsWithin } from '../clock.ts';
import type { Store } from '../storage/ports.ts';

/** As `Store.health` tells it. */
export type StoreHealth = Awaited<ReturnType<Store['health']>>;

/** Prometheus and load balancers give up after some ten seconds; both must hear the truth well before that. */
const PROBE_WITHIN_MS = 2_000;

const SILENT: StoreHealth = {
  ok: false,
  facts: [],
  warnings: [
    {
      what: `The store does not answer within ${PROBE_WITHIN_MS / 1000} seconds`,
      remedy: 'It is locked, its disk hangs, or it is away: look at the log and at what else uses it',
    },
  ],
};

/**
 * How the store stands, within two seconds whatever it does. One look at a time: those who ask while it is under way share it, so
 * that a store that hangs is not asked again and again. Never throws.
 */
export function createStoreProbe(store: Pick<Store, 'health'>, clock: Clock): () => Promise<StoreHealth> {
  let underWay: Promise<StoreHealth> | undefined;
  return () => {
    underWay ??= store
      .health()
      .catch(() => SILENT)
      .finally(() => {
        underWay = undefined;
      });
    return inTime(clock, underWay, SILENT);
  };
}

/** What `work` comes to, or `otherwise` when it has not come in the probe's time. */
export async function inTime<T>(clock: Clock, work: Promise<T>, otherwise: T): Promise<T> {
  return (await endsWithin(clock, work, PROBE_WITHIN_MS)) ? work : otherwise;
}
