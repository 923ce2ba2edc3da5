import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { createMetrics } from '../../src/ops/metrics.ts';
import type { StoreHealth } from '../../src/ops/store-probe.ts';
import { StoreError } from '../../src/storage/ports.ts';
import { VERSION } from '../../src/version.ts';
import { ManualClock } from '../support/manual-clock.ts';

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

const WELL = { ok: true, facts: [], warnings: [] };
const FULL = { ok: false, facts: [], warnings: [{ what: 'The disk is full', remedy: 'Make room' }] };

interface StoreState {
  depth?: () => Promise<typeof NONE>;
  health?: () => Promise<StoreHealth>;
}

/** Fresh from a start. */
function started(
  { depth = async () => NONE, health = async () => WELL }: StoreState = {},
  clock = new ManualClock(),
) {
  const metrics = createMetrics({
    store: { outbox: { depth }, health },
    platforms: ['slack', 'discord'],
    clock,
  });
  return { ...metrics, text: async () => (await metrics.render()).body, clock };
}

/** Everything measured once, as Prometheus would read it. */
async function rendered(state: StoreState = {}): Promise<string> {
  const metrics = started(state);
  metrics.lookupAnswered('fresh', 120);
  metrics.cachedShown(90_000);
  metrics.waited('rate-limited');
  metrics.airaloCalled('usage', '200', 80);
  metrics.acknowledged('slack', 'sent', 12);
  metrics.customersAsked('found', 120);
  metrics.deliveryTried('discord', 'retry', 450);
  metrics.promiseEnded('delivered', 'edit', -5);
  metrics.watch(() => ({ connected: new Map([['slack', false]]), refused: new Map([['airalo', true]]) }));
  return metrics.text();
}

/** The names of the families in a rendering. */
function familiesIn(text: string): string[] {
  return [...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name ?? '');
}

function askedFor(): string[] {
  const ofDashboard = dashboard
    .parse(JSON.parse(fileText('grafana-dashboard.json')))
    .panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
  const ofRules = rules
    .parse(parse(fileText('alerts.yaml')))
    .groups.flatMap((group) => group.rules.map(({ expr }) => expr));
  return [...ofDashboard, ...ofRules].flatMap((expr) => expr.match(/\b(esim|process|nodejs)_\w+/g) ?? []);
}

describe('the metrics', () => {
  it('count lookups, calls and promises, and never know a lateness below nothing', async () => {
    const text = await rendered({
      depth: async () => ({ pending: 3, active: 1, dead: 2, oldestDueMs: 1_500 }),
    });
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
    const text = await rendered({
      depth: () => Promise.reject(new StoreError('STORE_UNAVAILABLE', 'away', 'wait')),
    });
    expect(text).toContain('esim_store_up 0');
  });

  it('say that the store is not up when its disk is full, though it can still be read', async () => {
    expect(await rendered({ health: async () => FULL })).toContain('esim_store_up 0');
  });

  it('answer in time while the store hangs, and ask it once for all who wait', async () => {
    let asked = 0;
    const hangs = () => new Promise<never>(() => asked++);
    const metrics = started({ health: hangs, depth: () => new Promise<never>(() => undefined) });
    const both = Promise.all([metrics.text(), metrics.text()]);
    await metrics.clock.advance(2_000);
    expect((await both).every((text) => text.includes('esim_store_up 0'))).toBe(true);
    expect(asked).toBe(1);
  });

  it('begin at 0, so that the first of anything that alarms is a rise', async () => {
    const text = await started().text();
    for (const series of [
      'esim_promises_ended_total{end="dead",route="none"} 0',
      'esim_delivery_seconds_count{platform="slack",outcome="retry"} 0',
      'esim_delivery_seconds_count{platform="discord",outcome="delivered"} 0',
      'esim_acknowledgement_seconds_bucket{le="2",platform="discord",outcome="sent"} 0',
      'esim_airalo_call_seconds_count{endpoint="token",status="401"} 0',
      'esim_airalo_call_seconds_count{endpoint="usage",status="429"} 0',
      'esim_airalo_call_seconds_count{endpoint="usage",status="network"} 0',
      'esim_lists_ended_total{end="dead"} 0',
      'esim_waits_total{because="busy"} 0',
    ])
      expect(text).toContain(series);
    expect(text).not.toContain('platform="terminal"');
  });

  it('tell of the process and of the build', async () => {
    const text = await started().text();
    expect(text).toMatch(/^process_resident_memory_bytes \d/m);
    expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds \d/m);
    expect(text).toContain(`esim_build_info{version="${VERSION}",node="${process.version}"} 1`);
  });

  it('are the ones that the dashboard and the alert rules ask for', async () => {
    const known = await rendered();
    const names = askedFor();
    for (const name of ['esim_acknowledgement_seconds_bucket', 'esim_delivery_seconds_count'])
      expect(names).toContain(name);
    for (const name of names) expect(known).toMatch(new RegExp(`^${name}[ {]`, 'm'));
  });

  it('say which platform is connected and which service refuses a credential', async () => {
    const text = await rendered();
    expect(text).toContain('esim_platform_connected{platform="slack"} 0');
    expect(text).toContain('esim_credentials_refused{service="airalo"} 1');
  });

  it('stand each on the dashboard or in a rule', async () => {
    const asked = askedFor().map((name) => name.replace(/_(bucket|count|sum)$/, ''));
    const ours = familiesIn(await rendered()).filter((name) => name.startsWith('esim_'));
    expect(ours.filter((name) => !asked.includes(name))).toEqual([]);
  });
});
