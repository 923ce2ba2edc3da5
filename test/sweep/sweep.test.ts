import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { StoreFault } from './driver-probe.ts';
import type { Fault } from './fault.ts';
import { createHostPool, type HostPool } from './host-pool.ts';
import { BUILT } from './program.ts';
import { type Baseline, runRow, type Trouble } from './row.ts';
import { SCENARIOS } from './scenarios.ts';

/** Some rows of each kind; all of them run in `npm run test:sweep`. */
const CALLS: readonly (readonly [scenario: string, call: string, fault: Fault])[] = [
  ['Slack socket: start', 'Slack auth.test', '503 for 60 s'],
  ['Slack socket: command', 'Slack users.info', 'no answer'],
  ['Slack socket: command', 'Airalo token', '500 once'],
  ['Slack socket: command', 'Airalo usage', '429, 30 s'],
  ['Slack socket: command', 'Airalo usage', 'slow drip'],
  ['Slack socket: command', 'Airalo usage', 'SIGKILL after'],
  ['Slack socket: command', 'response_url POST', 'reset'],
  ['Slack socket: connection lost', 'Slack apps.connections.open', 'reset'],
  ['Slack HTTP: direct message', 'Slack chat.postMessage', '429, 30 s'],
  ['Slack HTTP: direct message', 'Slack chat.update', '503 for 60 s'],
  ['Slack socket: e-mail of a customer', 'customer records POST', 'no answer'],
  ['Slack socket: workflow step', 'Slack functions.completeSuccess', 'answer lost after the effect'],
  ['API: a callback', 'callback POST', '403 of a proxy'],
  ['Discord: start', 'Discord GET /gateway/bot', '500 once'],
  ['Discord: direct message', 'Discord POST /channels/:id/messages', 'answer lost after the effect'],
  ['Discord: direct message', 'Airalo usage', 'refused for 8 s'],
  ['Discord: direct message', 'Airalo usage', '503 for 60 s'],
  ['Discord: command', 'Discord PATCH /webhooks/:id/:token/messages/@original', '403 of a proxy'],
  ['Discord: connection lost', 'gateway upgrade', 'reset'],
];
const STATEMENTS: readonly (readonly [scenario: string, statement: string, fault: StoreFault])[] = [
  ['Slack socket: command', 'INSERT audit', 'store: locked for 60 s'],
  ['Discord: direct message', 'INSERT snapshot_cache', 'store: disk full for 60 s'],
];

describe('the sweep', () => {
  let pool: HostPool;
  const baselines = new Map<string, Baseline>();
  beforeAll(() => {
    pool = createHostPool(BUILT, ['platforms/slack', 'platforms/discord', 'api', 'api/mcp']);
  });
  afterAll(() => pool.close());

  const scenarioNamed = (name: string) => {
    const found = SCENARIOS.find((scenario) => scenario.name === name);
    if (!found) throw new Error(`No scenario ${name}`);
    return found;
  };

  async function baselineOf(name: string): Promise<Baseline> {
    const known = baselines.get(name) ?? (await runRow(scenarioNamed(name), pool)).baseline;
    baselines.set(name, known);
    return known;
  }

  async function breachesOf(name: string, trouble: Trouble): Promise<readonly string[]> {
    const { breaches, missed } = await runRow(scenarioNamed(name), pool, trouble, await baselineOf(name));
    expect(missed, 'the call was made').toBe(false);
    return breaches;
  }

  // A process is loaded and minutes are lived through; a busy machine may take its time for it.
  vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

  it.each(CALLS)('holds when, in "%s", %s meets: %s', async (name, wanted, fault) => {
    const { calls } = await baselineOf(name);
    const call = calls.find(({ destination, route }) => `${destination} ${route}` === wanted);
    if (!call) throw new Error(`No call ${wanted} among ${JSON.stringify(calls)}`);
    expect(await breachesOf(name, { kind: 'call', call, fault })).toEqual([]);
  });

  it.each(STATEMENTS)('holds when, in "%s", %s meets: %s', async (name, statement, fault) => {
    expect(await breachesOf(name, { kind: 'statement', statement, nth: 1, fault })).toEqual([]);
  });
});
