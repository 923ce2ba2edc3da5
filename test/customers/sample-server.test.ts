import { type ChildProcess, spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { createCustomerLookup } from '../../src/customers/customer-lookup.ts';
import { startSlackBot } from '../platforms/slack/slack-bot.ts';
import { captureLog } from '../support/log-capture.ts';
import { command } from '../support/slack/people.ts';
import { lastForm } from '../support/slack/workspace.ts';
import { until } from '../support/until.ts';

const FILE = fileURLToPath(new URL('../../docs/customer-lookup-server.mjs', import.meta.url));
const SECRET = 'shared-secret';
const FIRST = '8910000000001000019';

let server: ChildProcess;
let url = '';
beforeAll(async () => {
  server = spawn(process.execPath, [FILE], {
    env: { PATH: process.env.PATH, CUSTOMER_LOOKUP_SECRET: SECRET, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  server.stdout?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  url = await until('the server listens', () => /http:\S+\d/.exec(said)?.[0]);
});
afterAll(() => {
  server.kill();
});

const signed = (body: string, secret = SECRET) =>
  fetch(url, {
    method: 'POST',
    body,
    headers: { 'x-esim-usage-signature': createHmac('sha256', secret).update(body).digest('hex') },
  });
const now = () => Math.floor(Date.now() / 1000);

describe('the sample server', () => {
  it('has the forty lines the document speaks of', () => {
    expect(readFileSync(FILE, 'utf8').trimEnd().split('\n').length).toBeLessThanOrEqual(41);
  });

  it('answers the bot’s own client', async () => {
    const lookup = createCustomerLookup(
      { url, secret: SECRET },
      { clock: systemClock, log: captureLog().log },
    );
    try {
      const order = await lookup.find('1042', 'order');
      expect(order).toMatchObject({ kind: 'found', matches: [{ label: 'Order #1042' }] });
      expect(await lookup.find('Anna@example.com', 'email')).toEqual(order);
      expect(await lookup.find('nobody@example.com', 'email')).toEqual({ kind: 'found', matches: [] });
    } finally {
      await lookup.close();
    }
  });

  it('refuses a wrong signature, none, and a request that somebody has kept', async () => {
    const body = JSON.stringify({ query: 'anna@example.com', kind: 'email', timestamp: now() });
    expect((await signed(body)).status).toBe(200);
    expect((await signed(body, 'another')).status).toBe(401);
    expect((await fetch(url, { method: 'POST', body })).status).toBe(401);
    const kept = JSON.stringify({ query: 'anna@example.com', kind: 'email', timestamp: now() - 301 });
    expect((await signed(kept)).status).toBe(401);
    const without = JSON.stringify({ query: 'anna@example.com', kind: 'email' });
    expect((await signed(without)).status).toBe(401);
  });

  it('answers the whole bot, which asks it over a channel’s command', async () => {
    const settings = { CUSTOMER_LOOKUP_URL: url, CUSTOMER_LOOKUP_SECRET: SECRET };
    // Its clock is checked: the bot runs by the machine's own here.
    const it_ = await startSlackBot('socket', settings, { clock: systemClock });
    try {
      await it_.slack.push(command(it_.slack, 'anna@example.com'));
      const shown = () => it_.slack.workspace.seenBy('UANNA', 'CSUPPORT').at(-1);
      await until('the table', () => shown() && /2 eSIMs/.test(JSON.stringify(lastForm(shown()))));
      expect(JSON.stringify(lastForm(shown()))).not.toContain(FIRST);
      expect(it_.slack.workspace.publicIn('CSUPPORT')).toEqual([]);
    } finally {
      await it_.close();
    }
  });
});
