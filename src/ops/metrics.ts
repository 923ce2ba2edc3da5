import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Clock } from '../clock.ts';
import type { Store } from '../storage/ports.ts';
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

/** Around the three seconds that Slack and Discord give. */
const ACKNOWLEDGEMENT_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3];
/** From an answer out of the cache to a call that has used up its time. */
const SECONDS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

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
  const registers = [registry];
  const lookups = new Histogram({
    name: 'esim_lookup_seconds',
    help: 'Time from a question to its answer, by outcome',
    labelNames: ['outcome'],
    buckets: SECONDS,
    registers,
  });
  const airalo = new Histogram({
    name: 'esim_airalo_call_seconds',
    help: 'Calls to Airalo by endpoint and status; 429 are refusals',
    labelNames: ['endpoint', 'status'],
    buckets: SECONDS,
    registers,
  });
  const acknowledgements = new Histogram({
    name: 'esim_acknowledgement_seconds',
    help: 'Time from a question to the first word back to the platform; people see an error after 3 s',
    labelNames: ['platform', 'outcome'],
    buckets: ACKNOWLEDGEMENT_SECONDS,
    registers,
  });
  const deliveries = new Histogram({
    name: 'esim_delivery_seconds',
    help: 'Tries to send a promised answer, by platform and outcome',
    labelNames: ['platform', 'outcome'],
    buckets: SECONDS,
    registers,
  });
  const cacheAge = new Histogram({
    name: 'esim_cached_reading_age_seconds',
    help: 'How old the readings are that are shown from the cache',
    buckets: [60, 300, 900, 3600, 6 * 3600, 24 * 3600, 7 * 24 * 3600],
    registers,
  });
  const waits = new Counter({
    name: 'esim_waits_total',
    help: 'Questions that had to wait, by reason',
    labelNames: ['because'],
    registers,
  });
  const promises = new Counter({
    name: 'esim_promises_ended_total',
    help: 'Promised answers that ended, by end and route',
    labelNames: ['end', 'route'],
    registers,
  });
  const lateness = new Histogram({
    name: 'esim_promise_lateness_seconds',
    help: 'Time between the promised instant and the end of the promise',
    buckets: [...SECONDS, 60, 300, 1800],
    registers,
  });
  const pending = new Gauge({
    name: 'esim_promises',
    help: 'Promised answers in the outbox, by state',
    labelNames: ['state'],
    registers,
  });
  const oldestDue = new Gauge({
    name: 'esim_promise_oldest_due_seconds',
    help: 'How long the oldest due promise has been waiting for a worker',
    registers,
  });

  const lists = new Counter({
    name: 'esim_lists_ended_total',
    help: 'Lists sent as files that ended, by end',
    labelNames: ['end'],
    registers,
  });
  const listed = new Counter({
    name: 'esim_lists_esims_total',
    help: 'eSIMs in the lists that were answered',
    registers,
  });
  const storeUp = new Gauge({
    name: 'esim_store_up',
    help: '1 when the store takes a write and answers, 0 when it does not: away, locked, or its disk full',
    registers,
  });
  zeroKnown({ lookups, airalo, acknowledgements, deliveries, waits, promises, lists }, platforms);
  const probe = createStoreProbe(store, clock);

  const connected = new Gauge({
    name: 'esim_platform_connected',
    help: '1 while questions of the platform reach the bot, 0 while they do not',
    labelNames: ['platform'],
    registers,
  });
  const refused = new Gauge({
    name: 'esim_credentials_refused',
    help: '1 while the service refuses a credential of the bot, 0 while it does not',
    labelNames: ['service'],
    registers,
  });
  let standing: (() => Standing) | undefined;

  function readStanding(): void {
    const now = standing?.();
    for (const [platform, is] of now?.connected ?? []) connected.set({ platform }, is ? 1 : 0);
    for (const [service, is] of now?.refused ?? []) refused.set({ service }, is ? 1 : 0);
  }

  async function readStore(): Promise<void> {
    const asked = store.outbox.depth().catch(() => undefined);
    const [health, depth] = await Promise.all([probe(), inTime(clock, asked, undefined)]);
    storeUp.set(health.ok && depth ? 1 : 0);
    if (!depth) return;
    pending.set({ state: 'pending' }, depth.pending);
    pending.set({ state: 'active' }, depth.active);
    pending.set({ state: 'dead' }, depth.dead);
    oldestDue.set(depth.oldestDueMs / 1000);
  }

  return {
    lookupAnswered: (outcome, tookMs) => lookups.observe({ outcome }, tookMs / 1000),
    cachedShown: (ageMs) => cacheAge.observe(Math.max(0, ageMs) / 1000),
    waited: (because) => waits.inc({ because }),
    airaloCalled: (endpoint, status, tookMs) => airalo.observe({ endpoint, status }, tookMs / 1000),
    // A clock that was set back must not count below nothing.
    acknowledged: (platform, outcome, tookMs) =>
      acknowledgements.observe({ platform, outcome }, Math.max(0, tookMs) / 1000),
    deliveryTried: (platform, outcome, tookMs) =>
      deliveries.observe({ platform, outcome }, Math.max(0, tookMs) / 1000),
    promiseEnded: (end, route, latenessMs) => {
      promises.inc({ end, route });
      lateness.observe(Math.max(0, latenessMs) / 1000);
    },
    listEnded: (end, esims) => {
      lists.inc({ end });
      if (end === 'delivered') listed.inc(esims);
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
