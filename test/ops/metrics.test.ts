import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { createMetrics } from '../../src/ops/metrics.ts';
import { StoreError } from '../../src/storage/ports.ts';

const NONE = { pending: 0, active: 0, dead: 0, oldestDueMs: 0 };
const fileText = (name: string) => readFileSync(new URL(`../../deploy/${name}`, import.meta.url), 'utf8');
const dashboard = z.object({
  panels: z.array(z.object({ targets: z.array(z.object({ expr: z.string() })) })),
});
const rules = z.object({
  groups: z.array(
    z.object({
      rules: z.array(
        z.object({ alert: z.string(), expr: z.string(), annotations: z.object({ remedy: z.string() }) }),
      ),
    }),
  ),
});

/** Everything measured once, as Prometheus would read it. */
async function rendered(depth = async () => NONE): Promise<string> {
  const metrics = createMetrics({ depth });
  metrics.lookupAnswered('fresh', 120);
  metrics.cachedShown(90_000);
  metrics.waited('rate-limited');
  metrics.airaloCalled('usage', '200', 80);
  metrics.acknowledged('slack', 'sent', 12);
  metrics.deliveryTried('discord', 'retry', 450);
  metrics.promiseEnded('delivered', 'edit', -5);
  return (await metrics.render()).body;
}

describe('the metrics', () => {
  it('count lookups, calls and promises, and never know a lateness below nothing', async () => {
    const text = await rendered(async () => ({ pending: 3, active: 1, dead: 2, oldestDueMs: 1_500 }));
    expect(text).toContain('esim_lookup_seconds_count{outcome="fresh"} 1');
    expect(text).toContain('esim_airalo_call_seconds_sum{endpoint="usage",status="200"} 0.08');
    expect(text).toContain('esim_cached_reading_age_seconds_sum 90');
    expect(text).toContain('esim_waits_total{because="rate-limited"} 1');
    expect(text).toContain(
      'esim_acknowledgement_seconds_bucket{le="0.025",platform="slack",outcome="sent"} 1',
    );
    expect(text).toContain('esim_delivery_seconds_sum{platform="discord",outcome="retry"} 0.45');
    expect(text).toContain('esim_promises_ended_total{end="delivered",route="edit"} 1');
    expect(text).toContain('esim_promise_lateness_seconds_sum 0\n');
    expect(text).toContain('esim_promises{state="dead"} 2');
    expect(text).toContain('esim_promise_oldest_due_seconds 1.5');
    expect(text).toContain('esim_store_up 1');
  });

  it('can be read while the store is away, and say so', async () => {
    const text = await rendered(() => Promise.reject(new StoreError('STORE_UNAVAILABLE', 'away', 'wait')));
    expect(text).toContain('esim_store_up 0');
  });

  it('are the ones that the dashboard and the alert rules ask for', async () => {
    const known = await rendered();
    const asked = [
      ...dashboard
        .parse(JSON.parse(fileText('grafana-dashboard.json')))
        .panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
      ...rules
        .parse(parse(fileText('alerts.yaml')))
        .groups.flatMap((group) => group.rules.map(({ expr }) => expr)),
    ];
    const names = asked.flatMap((expr) => expr.match(/\besim_\w+/g) ?? []);
    for (const name of ['esim_acknowledgement_seconds_bucket', 'esim_delivery_seconds_count'])
      expect(names).toContain(name);
    for (const name of names) expect(known).toMatch(new RegExp(`^${name}[ {]`, 'm'));
  });
});
