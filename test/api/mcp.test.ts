import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Scope } from '../../src/api/scopes.ts';
import { findIccids } from '../../src/domain/iccid.ts';
import { addKey, keysOf, startApi, startReceiver } from '../support/api.ts';
import type { BotUnderTest } from '../support/bot.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { ScriptedPlatform } from '../support/scripted-platform.ts';
import { until } from '../support/until.ts';

const ICCID = '8910000000001000019';
const MINUTE_MS = 60_000;
let clock: ManualClock;
let bot: BotUnderTest;
let chat: ScriptedPlatform;
let clients: Client[];
beforeEach(async () => {
  clock = new ManualClock();
  chat = new ScriptedPlatform();
  clients = [];
  bot = await startApi(clock, { morePlatforms: () => [chat] });
});
afterEach(async () => {
  await Promise.all(clients.map((client) => client.close()));
  await bot.stop();
});

/** The SDK's own client, over streamable HTTP. */
async function connect(key: string): Promise<Client> {
  const client = new Client({ name: 'test', version: '1.0.0' });
  clients.push(client);
  const requestInit = { headers: { authorization: `Bearer ${key}` } };
  await client.connect(new StreamableHTTPClientTransport(new URL(`${bot.httpUrl}/mcp`), { requestInit }));
  return client;
}
async function clientWith(name: string, scopes: readonly Scope[]): Promise<Client> {
  return connect((await addKey(bot, clock, name, scopes)).key);
}
const check = (client: Client, more: Record<string, unknown> = {}) =>
  client.callTool({ name: 'check_usage', arguments: { iccid: ICCID, ...more } });

describe('MCP over HTTP', () => {
  it('has five tools, each of them said to read only, with the shape of its answer', async () => {
    const { tools } = await (await clientWith('agent', ['usage'])).listTools();
    expect(tools.map(({ name }) => name).toSorted()).toEqual([
      'check_usage',
      'esim_details',
      'find_esim',
      'list_packages',
      'list_topups',
    ]);
    for (const { annotations, outputSchema } of tools) {
      expect(annotations).toMatchObject({ readOnlyHint: true, destructiveHint: false });
      expect(outputSchema).toMatchObject({ type: 'object' });
    }
  });

  it('answers with the figure, its age, and when asking again helps', async () => {
    const client = await clientWith('agent', ['usage', 'details']);
    expect((await check(client)).structuredContent).toMatchObject({
      answer: { kind: 'fresh' },
      ageSeconds: 0,
    });
    clock.advance(4 * MINUTE_MS);
    expect((await check(client)).structuredContent).toMatchObject({
      answer: { kind: 'cached' },
      ageSeconds: 240,
      askAgainAt: new Date(ManualClock.START + 15 * MINUTE_MS).toISOString(),
    });
    for (const name of ['list_packages', 'esim_details', 'list_topups']) {
      const { structuredContent, isError } = await client.callTool({ name, arguments: { iccid: ICCID } });
      expect([isError ?? false, structuredContent]).toMatchObject([false, { answer: { kind: 'fresh' } }]);
      expect(JSON.stringify(structuredContent)).not.toMatch(/LPA|esims\.cloud|etPrice/);
    }
    const found = await client.callTool({ name: 'find_esim', arguments: { query: '0019' } });
    expect(found.structuredContent).toMatchObject({ matches: [{ iccid: ICCID }] });
    const find = (query: string) =>
      clock.during(client.callTool({ name: 'find_esim', arguments: { query } }));
    // What is written on its order: known to the account alone.
    expect((await find('TICKET-5512')).structuredContent).toMatchObject({ matches: [{ iccid: ICCID }] });
    expect((await find('anna@example.com')).structuredContent).toMatchObject({
      matches: [],
      advice: expect.stringContaining('not connected'),
    });
    bot.simulator.inject('orders', { kind: 'status', status: 503 }, 9);
    expect((await find('20991231-999999')).structuredContent).toMatchObject({
      matches: [],
      advice: expect.stringContaining('not everything could be asked'),
    });
    expect((await check(client, { iccid: '12' })).structuredContent).toMatchObject({
      answer: { kind: 'refused', reason: 'malformed-iccid' },
    });
  });

  it('tells an agent when to come back, and keeps what it promises', async () => {
    bot.simulator.inject('usage', { kind: 'rate-limited', retryAfter: '900' }, 1);
    const client = await clientWith('agent', ['usage']);
    const at = new Date(clock.now() + 15 * MINUTE_MS).toISOString();
    const first = await check(client);
    expect(first.structuredContent).toMatchObject({
      answer: { kind: 'deferred', promise: { kind: 'none' } },
      askAgainAt: at,
      advice: expect.stringContaining('"promise": true'),
    });
    const promised = await check(client, { promise: true });
    expect(promised.structuredContent).toMatchObject({
      answer: { promise: { kind: 'queued' } },
      advice: expect.stringContaining(`promised: the bot reads it by itself at ${at}`),
    });
    clock.advance(15 * MINUTE_MS);
    await clock.during(until('it is read', () => bot.simulator.calls.length === 2));
    const { structuredContent } = await check(client);
    expect(structuredContent).toMatchObject({ answer: { reading: { status: 'ACTIVE' } } });
    expect(bot.simulator.calls).toHaveLength(2);
  });

  it('stops a key that walks through eSIMs, over both doors together and whatever the tool', async () => {
    const { key } = await addKey(bot, clock, 'walker', ['usage', 'details']);
    const client = await connect(key);
    const iccids = bot.simulator.addEsims(61).flatMap(findIccids);
    const tool = (name: string, iccid = '') => client.callTool({ name, arguments: { iccid } });
    const headers = { authorization: `Bearer ${key}` };
    for (const [index, iccid] of iccids.slice(0, 60).entries()) {
      if (index % 2 === 0) expect((await tool('check_usage', iccid)).isError ?? false).toBe(false);
      else expect((await fetch(`${bot.httpUrl}/v1/esims/${iccid}/usage`, { headers })).status).toBe(200);
    }
    const asked = bot.simulator.calls.length + bot.simulator.detailCalls.length;
    for (const name of ['check_usage', 'list_packages', 'esim_details', 'list_topups'])
      expect((await tool(name, iccids[60])).structuredContent).toMatchObject({
        answer: { kind: 'refused', reason: 'too-many' },
        advice: expect.stringMatching(/^Refused: too-many. Ask again at .*Z, not earlier/),
      });
    expect(bot.simulator.calls.length + bot.simulator.detailCalls.length).toBe(asked);
    const rows = () => bot.app.store.audit.recent({ limit: 99 });
    const refused = async () => (await rows()).filter(({ outcome }) => /refused|too-many/.test(outcome));
    await until('the refusals stand in the audit', async () => (await refused()).length === 4);
    expect((await refused()).every(({ asker, place }) => asker === 'api:walker' && place === 'mcp')).toBe(
      true,
    );
  });

  it('refuses a tool without its scope, and a key that was revoked', async () => {
    const client = await clientWith('agent', ['usage']);
    const refused = await client.callTool({ name: 'esim_details', arguments: { iccid: ICCID } });
    expect([refused.isError, JSON.stringify(refused.content)]).toEqual([
      true,
      expect.stringContaining('scope details'),
    ]);
    await keysOf(bot, clock).revoke('agent');
    await expect(check(client)).rejects.toThrow();
    await expect(connect('nobody')).rejects.toThrow();
    expect(bot.simulator.calls).toHaveLength(0);
  });

  it.each([
    ['a page of another site', { origin: 'https://evil.example' }],
    ['an opaque origin', { origin: 'null' }],
  ])('refuses %s, whatever its key', async (_what, headers) => {
    const { key } = await addKey(bot, clock, 'agent', ['usage']);
    const response = await fetch(`${bot.httpUrl}/mcp`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
      body: '{}',
    });
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ code: 'foreign-origin' });
  });
});

describe('one eSIM asked for through a chat, the API and MCP at once', () => {
  const askChat = (messageKey: string) =>
    bot.app.usageService.lookup({
      iccid: chatIccid(),
      requestId: 'r1',
      place: 'test',
      address: { platform: 'terminal', asker: 'terminal:anna', messageKey, routes: null },
    });
  const chatIccid = () => {
    const [known] = findIccids(ICCID);
    if (!known) throw new Error('no ICCID');
    return known;
  };

  it('costs one call to Airalo', async () => {
    const { key } = await addKey(bot, clock, 'program', ['usage']);
    const client = await clientWith('agent', ['usage']);
    const iccid = chatIccid();
    const headers = { authorization: `Bearer ${key}` };
    await Promise.all([
      ...Array.from({ length: 5 }, (_, index) => askChat(`m${index}`)),
      ...Array.from({ length: 5 }, () => fetch(`${bot.httpUrl}/v1/esims/${iccid}/usage`, { headers })),
      ...Array.from({ length: 5 }, () => check(client, { iccid })),
    ]);
    expect(bot.simulator.calls).toHaveLength(1);
  });

  it('is promised once to each where Airalo refuses', async () => {
    const receiver = await startReceiver();
    const { key } = await addKey(bot, clock, 'program', ['usage']);
    const client = await clientWith('agent', ['usage']);
    const iccid = chatIccid();
    bot.simulator.inject('usage', { kind: 'rate-limited', retryAfter: '900' }, 1);
    const headers = { authorization: `Bearer ${key}` };
    for (let time = 0; time < 2; time++) {
      await askChat('m1');
      await fetch(`${bot.httpUrl}/v1/esims/${iccid}/usage?callback=${receiver.url}`, { headers });
      await check(client, { iccid, promise: true });
    }
    expect((await bot.app.store.outbox.depth()).pending).toBe(3);
    clock.advance(15 * MINUTE_MS);
    const isKept = async () => {
      const { pending, active } = await bot.app.store.outbox.depth();
      return pending + active === 0;
    };
    await clock.during(until('all are kept', isKept));
    expect([bot.simulator.calls.length, receiver.received.length, chat.final().length]).toEqual([2, 1, 1]);
    await receiver.close();
  });
});
