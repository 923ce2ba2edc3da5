import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { startReceiver } from '../support/api.ts';
import { createWorld, endWorld, envOf, type World } from '../support/bot.ts';
import { type RunningCommand, runCommand, startCommand } from '../support/command.ts';
import { ENGINES, type EnginePlace, openPlace } from '../support/engines.ts';
import { untilElsewhere } from '../support/until.ts';

/** Longer than the death of one process and the start of the next. */
const WINDOW_SECONDS = 12;

describe.each(ENGINES)('two processes with the HTTP API on one store (%s)', (engine) => {
  let world: World;
  let place: EnginePlace;
  let running: RunningCommand[];
  beforeEach(async () => {
    world = await createWorld(systemClock, { windowMs: WINDOW_SECONDS * 1000 });
    place = await openPlace(engine);
    running = [];
  });
  afterEach(async () => {
    for (const one of running) one.signal('SIGKILL');
    await Promise.all(running.map(({ ended }) => ended));
    await endWorld(world);
    await place.remove();
  });

  const env = () => ({
    ...envOf(world),
    STORE_URL: place.url,
    AIRALO_USAGE_WINDOW_SECONDS: String(WINDOW_SECONDS),
    HTTP_API: 'on',
    HTTP_API_PRIVATE_CALLBACKS: 'on',
    BULK_ROWS_PER_DAY: '3',
  });
  async function start() {
    const bot = startCommand(['start'], world.folder, env(), { fromDist: false });
    running.push(bot);
    const port = await untilElsewhere('the port', () => /"port":(\d+)/.exec(bot.said().err)?.[1]);
    return { bot, url: `http://127.0.0.1:${port}` };
  }
  const keys = (...args: string[]) => runCommand(['keys', ...args], world.folder, env());
  async function newKey(name: string, scopes = 'usage') {
    const { code, out } = await keys('add', name, '--scopes', scopes);
    expect(code).toBe(0);
    return out.trimEnd().split('\n').at(-1) ?? '';
  }
  const ask = (url: string, key: string, path: string, init: RequestInit = {}) =>
    fetch(`${url}${path}`, {
      ...init,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    });
  const usage = (iccid: string) => `/v1/esims/${iccid}/usage`;

  it('share one call and one day of a key, and refuse a revoked one with the next request', async () => {
    const [first, second] = await Promise.all([start(), start()]);
    const key = await newKey('helpdesk');
    const [iccid = '', ...others] = world.simulator.addEsims(5);
    const answers = await Promise.all(
      [first, second, first, second].map(({ url }) => ask(url, key, usage(iccid))),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(world.simulator.calls).toHaveLength(1);

    const list = (url: string, iccids: readonly string[]) =>
      ask(url, key, '/v1/esims/lookup', { method: 'POST', body: JSON.stringify({ iccids }) });
    expect((await list(first.url, others.slice(0, 2))).status).toBe(200);
    const over = await list(second.url, others.slice(2));
    expect([over.status, await over.json()]).toMatchObject([429, { code: 'day-used-up' }]);

    expect((await keys('revoke', 'helpdesk')).code).toBe(0);
    const refused = await Promise.all([first, second].map(({ url }) => ask(url, key, usage(iccid))));
    expect(refused.map(({ status }) => status)).toEqual([401, 401]);
    const agents = await Promise.all(
      [first, second].map(({ url }) => ask(url, key, '/mcp', { method: 'POST', body: '{}' })),
    );
    expect(agents.map(({ status }) => status)).toEqual([401, 401]);
  });

  it('keep a promise once, signed, though the one that made it was killed', async () => {
    const receiver = await startReceiver();
    const first = await start();
    const key = await newKey('helpdesk');
    const revoked = await newKey('gone');
    const [iccid = '', other = ''] = world.simulator.addEsims(2);
    for (const one of [iccid, other]) world.simulator.useUpWindow(one);
    const path = (one: string) => `${usage(one)}?callback=${encodeURIComponent(receiver.url)}`;
    const promised = await ask(first.url, key, path(iccid));
    expect([promised.status, await promised.json()]).toMatchObject([202, { promise: { kind: 'queued' } }]);
    expect((await ask(first.url, revoked, path(other))).status).toBe(202);
    first.bot.signal('SIGKILL');
    await first.bot.ended;
    expect((await keys('revoke', 'gone')).code).toBe(0);
    const second = await start();
    // Asked again at another process it is the same promise.
    await ask(second.url, key, path(iccid));
    await untilElsewhere('the callback', () => receiver.received.length > 0);
    const [callback] = receiver.received;
    const secret = createHmac('sha256', key).update('callback').digest('hex');
    expect(callback?.headers['esim-usage-signature']).toBe(
      createHmac('sha256', secret)
        .update(callback?.body ?? '')
        .digest('hex'),
    );
    expect(JSON.parse(callback?.body ?? '')).toMatchObject({ reply: { kind: 'fresh', iccid } });
    const letters = () => runCommand(['outbox', 'list'], world.folder, env());
    await untilElsewhere('the other has ended', async () => (await letters()).out.includes('revoked'));
    expect(receiver.received).toHaveLength(1);
    await receiver.close();
  });
});
