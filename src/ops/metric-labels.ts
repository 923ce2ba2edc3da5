import type { Counter, Histogram } from 'prom-client';

/** The counted families whose labels are known before anything happens. */
export interface LabelledMetrics {
  readonly lookups: Histogram<'outcome'>;
  readonly airalo: Histogram<'endpoint' | 'status'>;
  readonly acknowledgements: Histogram<'platform' | 'outcome'>;
  readonly deliveries: Histogram<'platform' | 'outcome'>;
  readonly waits: Counter<'because'>;
  readonly promises: Counter<'end' | 'route'>;
  readonly lists: Counter<'end'>;
}

const OUTCOMES = ['fresh', 'cached', 'deferred'];
const WAITS = ['rate-limited', 'airalo-unavailable', 'busy'];
const ENDPOINTS = ['usage', 'token'];
/** The ones to expect; any other is counted from its first time on. */
const STATUSES = ['200', '401', '403', '429', '500', '503', 'network'];
const ACKNOWLEDGED = ['sent', 'lost'];
const TRIED = ['delivered', 'retry', 'undeliverable'];
/** A dead letter has no route: none was left. */
const DELIVERED_BY = ['edit', 'response-url', 'ephemeral', 'direct-message', 'channel'];
const LIST_ENDS = ['delivered', 'cancelled', 'refused', 'dead'];

/**
 * Sets what can be counted to 0. Prometheus reads how far a series has risen: one that is born at 1 has not risen, so the first
 * dead letter after a start would raise no alarm (Prometheus' docs, Instrumentation, Avoid missing metrics).
 */
export function zeroKnown(metrics: LabelledMetrics, platforms: readonly string[]): void {
  for (const outcome of OUTCOMES) metrics.lookups.zero({ outcome });
  for (const because of WAITS) metrics.waits.inc({ because }, 0);
  for (const endpoint of ENDPOINTS) for (const status of STATUSES) metrics.airalo.zero({ endpoint, status });
  for (const platform of platforms) {
    for (const outcome of ACKNOWLEDGED) metrics.acknowledgements.zero({ platform, outcome });
    for (const outcome of TRIED) metrics.deliveries.zero({ platform, outcome });
  }
  metrics.promises.inc({ end: 'dead', route: 'none' }, 0);
  for (const route of DELIVERED_BY) metrics.promises.inc({ end: 'delivered', route }, 0);
  for (const end of LIST_ENDS) metrics.lists.inc({ end }, 0);
}
