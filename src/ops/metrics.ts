import { Registry } from 'prom-client';
import type { Clock } from '../clock.ts';
import type { Store } from '../storage/ports.ts';
import { createInstruments } from './instruments.ts';
import { zeroKnown } from './metric-labels.ts';
import { processMetrics } from './process-metrics.ts';
import { createStoreProbe, inTime } from './store-probe.ts';

/** What the bot counts, for `GET /metrics`. No label ever holds an ICCID or a person. */
export interface Metrics {
  /** `outcome`: of `outcomeOf`, such as `fresh`, `cached`, `deferred`. */
  lookupAnswered(outcome: string, tookMs: number): void;
  /** Of a reading that came from the cache. */
  cachedShown(ageMs: number): void;
  /** A question that had to wait: `rate-limited`, `airalo-unavailable` or `busy`. */
  waited(because: string): void;
  /**
   * Each request that went out, also one that is repeated; `status`: of HTTP, or `network` where
   * none came.
   */
  airaloCalled(endpoint: string, status: string, tookMs: number): void;
  /** A question to the reseller's records; `outcome`: `found`, `unavailable` or `operator-needed`. */
  customersAsked(outcome: string, tookMs: number): void;
  /** `outcome`: `sent` or `lost`. */
  acknowledged(platform: string, outcome: string, tookMs: number): void;
  /** One try to send a promised answer; `outcome`: `delivered`, `retry` or `undeliverable`. */
  deliveryTried(platform: string, outcome: string, tookMs: number): void;
  /** `latenessMs`: after the promised instant; what came earlier counts as 0. */
  promiseEnded(end: 'delivered' | 'dead', route: string, latenessMs: number): void;
  /** A list of eSIMs that was sent as a file. */
  listEnded(end: 'delivered' | 'cancelled' | 'refused' | 'dead', esims: number): void;
  /** From now on each rendering looks at these connections and credentials; called once, when they are there. */
  watch(standing: () => Standing): void;
  /** Everything in Prometheus' text form. */
  render(): Promise<{ readonly contentType: string; readonly body: string }>;
}

/** How the bot stands with the services it depends on. */
export interface Standing {
  /** Whether questions reach it, by platform. */
  readonly connected: ReadonlyMap<string, boolean>;
  /** Whether a credential is refused, by service. */
  readonly refused: ReadonlyMap<string, boolean>;
}

/** Whose state is shown beside what is counted. */
export interface MetricsParts {
  readonly store: Pick<Store, 'health'> & { readonly outbox: Pick<Store['outbox'], 'depth'> };
  /** Those that are configured. */
  readonly platforms: readonly string[];
  readonly clock: Clock;
}

/** A registry of its own, so that several bots in one process (tests) do not count together. */
export function createMetrics({ store, platforms, clock }: MetricsParts): Metrics {
  const registry = new Registry();
  const counted = createInstruments(registry);
  zeroKnown(counted, platforms);
  const probe = createStoreProbe(store, clock);

  let standing: (() => Standing) | undefined;

  function readStanding(): void {
    const now = standing?.();
    for (const [platform, is] of now?.connected ?? []) counted.connected.set({ platform }, is ? 1 : 0);
    for (const [service, is] of now?.refused ?? []) counted.refused.set({ service }, is ? 1 : 0);
  }

  async function readStore(): Promise<void> {
    const asked = store.outbox.depth().catch(() => undefined);
    const [health, depth] = await Promise.all([probe(), inTime(clock, asked, undefined)]);
    counted.storeUp.set(health.ok && depth ? 1 : 0);
    if (!depth) return;
    counted.pending.set({ state: 'pending' }, depth.pending);
    counted.pending.set({ state: 'active' }, depth.active);
    counted.pending.set({ state: 'dead' }, depth.dead);
    counted.oldestDue.set(depth.oldestDueMs / 1000);
  }

  return {
    lookupAnswered: (outcome, tookMs) => counted.lookups.observe({ outcome }, tookMs / 1000),
    cachedShown: (ageMs) => counted.cacheAge.observe(Math.max(0, ageMs) / 1000),
    waited: (because) => counted.waits.inc({ because }),
    airaloCalled: (endpoint, status, tookMs) => counted.airalo.observe({ endpoint, status }, tookMs / 1000),
    customersAsked: (outcome, tookMs) => counted.customers.observe({ outcome }, Math.max(0, tookMs) / 1000),
    // A clock that was set back must not count below nothing.
    acknowledged: (platform, outcome, tookMs) =>
      counted.acknowledgements.observe({ platform, outcome }, Math.max(0, tookMs) / 1000),
    deliveryTried: (platform, outcome, tookMs) =>
      counted.deliveries.observe({ platform, outcome }, Math.max(0, tookMs) / 1000),
    promiseEnded: (end, route, latenessMs) => {
      counted.promises.inc({ end, route });
      counted.lateness.observe(Math.max(0, latenessMs) / 1000);
    },
    listEnded: (end, esims) => {
      counted.lists.inc({ end });
      if (end === 'delivered') counted.listed.inc(esims);
    },
    watch(look) {
      standing = look;
    },
    async render() {
      readStanding();
      await readStore();
      const all = Registry.merge([registry, processMetrics()]);
      return { contentType: all.contentType, body: await all.metrics() };
    },
  };
}
