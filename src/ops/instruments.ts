import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** Around the three seconds that Slack and Discord give. */
const ACKNOWLEDGEMENT_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3];
/** From an answer out of the cache to a call that has used up its time. */
const SECONDS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Every family of ours with its name, its labels and its buckets, as Prometheus shows them. */
export function createInstruments(registry: Registry) {
  const registers = [registry];
  return {
    lookups: new Histogram({
      name: 'esim_lookup_seconds',
      help: 'Time from a question to its answer, by outcome',
      labelNames: ['outcome'],
      buckets: SECONDS,
      registers,
    }),
    airalo: new Histogram({
      name: 'esim_airalo_call_seconds',
      help: 'Calls to Airalo by endpoint and status; 429 are refusals',
      labelNames: ['endpoint', 'status'],
      buckets: SECONDS,
      registers,
    }),
    customers: new Histogram({
      name: 'esim_customer_lookup_seconds',
      help: 'Questions to the reseller’s own records (CUSTOMER_LOOKUP_URL), by outcome',
      labelNames: ['outcome'],
      buckets: SECONDS,
      registers,
    }),
    acknowledgements: new Histogram({
      name: 'esim_acknowledgement_seconds',
      help: 'Time from a question to the first word back to the platform; people see an error after 3 s',
      labelNames: ['platform', 'outcome'],
      buckets: ACKNOWLEDGEMENT_SECONDS,
      registers,
    }),
    deliveries: new Histogram({
      name: 'esim_delivery_seconds',
      help: 'Tries to send a promised answer, by platform and outcome',
      labelNames: ['platform', 'outcome'],
      buckets: SECONDS,
      registers,
    }),
    cacheAge: new Histogram({
      name: 'esim_cached_reading_age_seconds',
      help: 'How old the readings are that are shown from the cache',
      buckets: [60, 300, 900, 3600, 6 * 3600, 24 * 3600, 7 * 24 * 3600],
      registers,
    }),
    waits: new Counter({
      name: 'esim_waits_total',
      help: 'Questions that had to wait, by reason',
      labelNames: ['because'],
      registers,
    }),
    promises: new Counter({
      name: 'esim_promises_ended_total',
      help: 'Promised answers that ended, by end and route',
      labelNames: ['end', 'route'],
      registers,
    }),
    lateness: new Histogram({
      name: 'esim_promise_lateness_seconds',
      help: 'Time between the promised instant and the end of the promise',
      buckets: [...SECONDS, 60, 300, 1800],
      registers,
    }),
    pending: new Gauge({
      name: 'esim_promises',
      help: 'Promised answers in the outbox, by state',
      labelNames: ['state'],
      registers,
    }),
    oldestDue: new Gauge({
      name: 'esim_promise_oldest_due_seconds',
      help: 'How long the oldest due promise has been waiting for a worker',
      registers,
    }),
    lists: new Counter({
      name: 'esim_lists_ended_total',
      help: 'Lists sent as files that ended, by end',
      labelNames: ['end'],
      registers,
    }),
    listed: new Counter({
      name: 'esim_lists_esims_total',
      help: 'eSIMs in the lists that were answered',
      registers,
    }),
    storeUp: new Gauge({
      name: 'esim_store_up',
      help: '1 when the store takes a write and answers, 0 when it does not: away, locked, or its disk full',
      registers,
    }),
    connected: new Gauge({
      name: 'esim_platform_connected',
      help: '1 while questions of the platform reach the bot, 0 while they do not',
      labelNames: ['platform'],
      registers,
    }),
    refused: new Gauge({
      name: 'esim_credentials_refused',
      help: '1 while the service refuses a credential of the bot, 0 while it does not',
      labelNames: ['service'],
      registers,
    }),
  };
}
