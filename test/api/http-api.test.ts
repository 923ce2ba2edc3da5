import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { PROBLEM_CODES } from '../../src/api/problem.ts';
import { usageReply } from '../../src/api/schemas.ts';
import { findIccids } from '../../src/domain/iccid.ts';
import { addKey, keysOf, startApi, startReceiver } from '../support/api.ts';
import type { BotUnderTest } from '../support/bot.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { until } from '../support/until.ts';

const ICCID = '8910000000001000019';
const MINUTE_MS = 60_000;
let clock: ManualClock;
let bot: BotUnderTest;
let key: string;

beforeEach(async () => {
  clock = new ManualClock();
  bot = await startApi(clock);
  ({ key } = await addKey(bot, clock, 'helpdesk', ['usage', 'details']));
});
afterEach(() => bot.stop());

/** What a test looks at in a body. */
const shown = z.object({
  code: z.string().optional(),
  detail: z.string().optional(),
  replies: z.array(z.looseObject({ iccid: z.string().optional() })).optional(),
  value: z
    .object({ activation: z.object({ activationCode: z.string() }).optional() })
    .optional()
    .catch(undefined),
});
const bodyOf = async (response: Response) => shown.parse(await response.json());

function ask(
  path: string,
  { headers = {}, ...init }: RequestInit & { headers?: Record<string, string> } = {},
) {
  return fetch(`${bot.httpUrl}${path}`, {
    redirect: 'manual',
    ...init,
    headers: { authorization: `Bearer ${key}`, ...headers },
  });
}
const usageOf = (iccid: string, headers: Record<string, string> = {}) =>
  ask(`/v1/esims/${iccid}/usage`, { headers });

/** Somebody else has just read the eSIM at Airalo. */
function refuseNext(): void {
  bot.simulator.inject('usage', { kind: 'rate-limited', retryAfter: '900' }, 1);
}

describe('usage of one eSIM', () => {
  it('is fresh, then cached, with an ETag and an age that hold until Airalo may be asked again', async () => {
    const first = await usageOf(ICCID);
    expect(first.status).toBe(200);
    expect(usageReply.parse(await first.json())).toMatchObject({
      kind: 'fresh',
      iccid: ICCID,
      asOf: new Date(clock.now()).toISOString(),
      refreshableAt: new Date(clock.now() + 15 * MINUTE_MS).toISOString(),
    });
    expect(first.headers.get('cache-control')).toBe('private, max-age=900');
    clock.advance(MINUTE_MS);
    const second = await usageOf(ICCID);
    expect(usageReply.parse(await second.json())).toMatchObject({ kind: 'cached', because: 'within-window' });
    expect(second.headers.get('cache-control')).toBe('private, max-age=840');
    expect(second.headers.get('etag')).toBe(first.headers.get('etag'));
    const third = await usageOf(ICCID, { 'if-none-match': first.headers.get('etag') ?? '' });
    expect([third.status, await third.text()]).toEqual([304, '']);
    expect(bot.simulator.calls).toHaveLength(1);
  });

  it('is 202 with a Retry-After while Airalo wants to be left alone', async () => {
    refuseNext();
    const response = await usageOf(ICCID);
    expect([response.status, response.headers.get('retry-after')]).toEqual([202, '900']);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(usageReply.parse(await response.json())).toMatchObject({
      kind: 'deferred',
      promise: { kind: 'none', why: 'not-asked-for' },
    });
  });

  it('is waited for as long as that helps, and not a moment where it does not', async () => {
    refuseNext();
    await usageOf(ICCID);
    clock.advance(15 * MINUTE_MS - 10_000);
    const waited = await clock.during(usageOf(ICCID, { prefer: 'wait=20' }));
    expect([waited.status, waited.headers.get('preference-applied')]).toEqual([200, 'wait=20']);
    expect(usageReply.parse(await waited.json()).kind).toBe('fresh');
    refuseNext();
    const other = bot.simulator.addEsims(1).flatMap(findIccids)[0] ?? '';
    // The clock stands still: an answer that was waited for would never come.
    const useless = await usageOf(other, { prefer: 'respond-async, wait=600' });
    expect([useless.status, useless.headers.get('preference-applied')]).toEqual([202, 'wait=20']);
  });

  it('is answered at once where it is waited for and the bot leaves, and its callback is promised', async () => {
    const receiver = await startReceiver();
    refuseNext();
    await usageOf(ICCID);
    clock.advance(15 * MINUTE_MS - 10_000);
    const asleep = clock.sleeping;
    const waiting = ask(`/v1/esims/${ICCID}/usage?callback=${receiver.url}`, {
      headers: { prefer: 'wait=20' },
    });
    await until('it waits', () => clock.sleeping > asleep);
    await clock.during(bot.stop({ keep: true }));
    const answer = await waiting;
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([202, '10']);
    expect(await answer.json()).toMatchObject({ kind: 'deferred', promise: { kind: 'queued' } });
    expect(bot.log.text()).not.toMatch(/"level":"(warn|error)"/);
    bot = await startApi(clock, { world: bot.world });
    clock.advance(10_000);
    await clock.during(until('the callback', () => receiver.received.length === 1));
    const rows = await bot.app.store.audit.recent({ limit: 9 });
    expect(rows.filter(({ place }) => place === 'api').length).toBeGreaterThan(1);
    await receiver.close();
  });

  it('is a problem where it is refused, with a stable code', async () => {
    const unknown = await usageOf('8910000000009999999');
    expect(unknown.headers.get('content-type')).toBe('application/problem+json');
    expect(await unknown.json()).toMatchObject({
      status: 404,
      code: 'unknown-esim',
      reply: { kind: 'refused' },
    });
    expect(await (await usageOf('12')).json()).toMatchObject({ status: 400, code: 'malformed-iccid' });
    expect(bot.log.text()).not.toContain(ICCID);
  });
});

describe('a key', () => {
  it('is needed, and must be one', async () => {
    const none = await fetch(`${bot.httpUrl}/v1/esims/${ICCID}/usage`);
    expect([none.status, none.headers.get('www-authenticate')]).toEqual([
      401,
      'Bearer realm="esim-usage-bot"',
    ]);
    const wrong = await usageOf(ICCID, { authorization: `Bearer ${key}x` });
    expect([wrong.status, (await bodyOf(wrong)).code]).toEqual([401, 'unknown-key']);
    expect(wrong.headers.get('www-authenticate')).toContain('error="invalid_token"');
    expect(bot.simulator.calls).toHaveLength(0);
  });

  it('without a scope is refused by its name, and asks nobody', async () => {
    const { key: narrow } = await addKey(bot, clock, 'narrow', ['usage']);
    const headers = { authorization: `Bearer ${narrow}` };
    for (const path of ['packages', 'details', 'topups']) {
      const refused = await ask(`/v1/esims/${ICCID}/${path}`, { headers });
      expect([refused.status, (await bodyOf(refused)).code]).toEqual([403, 'missing-scope']);
    }
    const secrets = await ask(`/v1/esims/${ICCID}/details?activation=true`);
    expect([secrets.status, (await bodyOf(secrets)).detail]).toEqual([403, 'It needs the scope secrets']);
    expect(bot.simulator.detailCalls).toHaveLength(0);
  });

  it('that is revoked stops at once, also while it waits', async () => {
    refuseNext();
    await usageOf(ICCID);
    clock.advance(15 * MINUTE_MS - 10_000);
    const asleep = clock.sleeping;
    const waiting = usageOf(ICCID, { prefer: 'wait=20' });
    await until('it waits', () => clock.sleeping > asleep);
    expect(await keysOf(bot, clock).revoke('helpdesk')).toBe(true);
    expect((await clock.during(waiting)).status).toBe(401);
    expect((await usageOf(ICCID)).status).toBe(401);
  });

  it('stands in the audit as who asked, and nowhere as itself', async () => {
    await usageOf(ICCID);
    await ask(`/v1/esims/${ICCID}/packages`);
    await until('audited', async () => (await bot.app.store.audit.recent({ limit: 9 })).length === 2);
    const rows = await bot.app.store.audit.recent({ limit: 9 });
    expect(rows.map(({ asker, place, outcome }) => [asker, place, outcome]).toSorted()).toEqual([
      ['api:helpdesk', 'api', 'ask-packages'],
      ['api:helpdesk', 'api', 'fresh'],
    ]);
    expect(JSON.stringify(await keysOf(bot, clock).list())).not.toContain(key);
    expect(bot.log.text()).not.toContain(key);
  });

  it('that walks through eSIMs is stopped as a person is, and told until when', async () => {
    const iccids = bot.simulator.addEsims(61).flatMap(findIccids);
    for (const iccid of iccids.slice(0, 60)) expect((await usageOf(iccid)).status).toBe(200);
    const over = await usageOf(iccids[60] ?? '');
    expect([over.status, (await bodyOf(over)).code]).toEqual([429, 'too-many']);
    expect(Number(over.headers.get('retry-after'))).toBeGreaterThan(500);
    // Another key is somebody else.
    const { key: other } = await addKey(bot, clock, 'other', ['usage']);
    expect((await usageOf(iccids[60] ?? '', { authorization: `Bearer ${other}` })).status).toBe(200);
  });

  it('that asks without an end is slowed down', async () => {
    const answers = await Promise.all(Array.from({ length: 245 }, () => ask('/v1/esims/12/usage')));
    const slowed = answers.filter(({ status }) => status === 429);
    expect(slowed).toHaveLength(5);
    expect(Number(slowed[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});

describe('details', () => {
  it('hold what activates the eSIM only where it is asked for, by a key that may', async () => {
    const plain = await (await ask(`/v1/esims/${ICCID}/details`)).json();
    expect(plain).toMatchObject({ kind: 'fresh', value: { recycled: false } });
    expect(JSON.stringify(plain)).not.toMatch(/LPA|esims\.cloud|activation/);
    const { key: strong } = await addKey(bot, clock, 'strong', ['details', 'secrets']);
    const opened = await ask(`/v1/esims/${ICCID}/details?activation=true`, {
      headers: { authorization: `Bearer ${strong}` },
    });
    expect(opened.headers.get('cache-control')).toBe('no-store');
    expect((await bodyOf(opened)).value?.activation?.activationCode).toMatch(/^LPA:/);
  });

  it('are asked for without what activates it or with it, and with nothing else', async () => {
    const { key: strong } = await addKey(bot, clock, 'strong', ['details', 'secrets']);
    const headers = { authorization: `Bearer ${strong}` };
    for (const [said, status] of [
      ['false', 200],
      ['yes', 400],
      ['', 400],
    ] as const) {
      const answer = await ask(`/v1/esims/${ICCID}/details?activation=${said}`, { headers });
      expect([said, answer.status]).toEqual([said, status]);
      expect(await answer.text()).not.toContain('LPA:');
    }
  });

  it('of top-ups hold prices for a key that may read them alone', async () => {
    expect(await (await ask(`/v1/esims/${ICCID}/topups`)).text()).not.toContain('rice');
    const { key: buyer } = await addKey(bot, clock, 'buyer', ['details', 'prices']);
    const priced = await ask(`/v1/esims/${ICCID}/topups`, { headers: { authorization: `Bearer ${buyer}` } });
    expect(await priced.text()).toContain('"netPrice"');
  });
});

describe('a list', () => {
  const lookup = (body: unknown, headers: Record<string, string> = {}) =>
    ask('/v1/esims/lookup', {
      method: 'POST',
      body: typeof body === 'string' ? body : JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...headers },
    });

  it('of a hundred is answered in its order, each eSIM read once', async () => {
    const iccids = bot.simulator.addEsims(98).flatMap(findIccids);
    const asked = [...iccids, iccids[0] ?? '', 'nonsense'];
    const response = await lookup({ iccids: asked });
    const { replies = [] } = await bodyOf(response);
    expect(replies).toHaveLength(100);
    expect(replies.slice(0, 99).map(({ iccid }) => iccid)).toEqual(asked.slice(0, 99));
    expect(replies[99]).toEqual({ kind: 'refused', reason: 'malformed-iccid' });
    expect(bot.simulator.calls).toHaveLength(98);
  });

  it.each([
    ['no JSON', '{', {}, 400, 'bad-request'],
    ['too many', { iccids: Array.from({ length: 101 }, () => ICCID) }, {}, 400, 'bad-request'],
    ['a misspelt member', { iccids: [ICCID], calback: 'https://x.example' }, {}, 400, 'bad-request'],
    ['another type', 'iccids=1', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'wrong-type'],
    ['a large body', `"${'x'.repeat(70_000)}"`, {}, 413, 'too-large'],
  ])('with %s is refused', async (_what, body, headers, status, code) => {
    const response = await lookup(body, headers);
    expect([response.status, (await bodyOf(response)).code]).toEqual([status, code]);
  });

  it('is not given to a key that was revoked while it was read', async () => {
    bot.simulator.inject('usage', { kind: 'hang' });
    const asking = lookup({ iccids: [ICCID] });
    await until('it is being read', () => bot.simulator.tokenRequests > 0);
    expect(await keysOf(bot, clock).revoke('helpdesk')).toBe(true);
    // Airalo is given up in the end, and there would be an answer.
    expect((await clock.during(asking)).status).toBe(401);
    bot.simulator.release();
  });

  it('counts for the day of its key', async () => {
    await bot.stop();
    bot = await startApi(clock, { env: { BULK_ROWS_PER_DAY: '3' } });
    ({ key } = await addKey(bot, clock, 'helpdesk', ['usage']));
    const iccids = bot.simulator.addEsims(4).flatMap(findIccids);
    expect((await lookup({ iccids: iccids.slice(0, 2) })).status).toBe(200);
    const over = await lookup({ iccids: iccids.slice(2) });
    expect([over.status, (await bodyOf(over)).code]).toEqual([429, 'day-used-up']);
    expect(Number(over.headers.get('retry-after'))).toBe(10 * 3_600);
  });
});

describe('what is not there', () => {
  it.each([
    ['/v1/', 404],
    ['/v1/esims', 404],
    ['/v1/esims/12/balance', 404],
    ['/v1/esims/12/toString', 404],
    ['/v1/esims/12/usage/more', 404],
    ['/v1/esims/%2e%2e/usage?x=1', 404],
    [`/v1/esims/${ICCID}/usage?calback=x`, 400],
  ])('%s is %i', async (path, status) => {
    const response = await ask(path);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
  });

  it('is said with the methods there are', async () => {
    const post = await ask(`/v1/esims/${ICCID}/usage`, { method: 'DELETE' });
    expect([post.status, post.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    const get = await ask('/v1/esims/lookup');
    expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST']);
    const head = await ask(`/v1/esims/${ICCID}/usage`, { method: 'HEAD' });
    expect([head.status, await head.text(), head.headers.get('etag')?.slice(0, 3)]).toEqual([200, '', 'W/"']);
  });

  it('is the whole API unless it is switched on', async () => {
    await bot.stop();
    bot = await startApi(clock, { env: { HTTP_API: 'off' } });
    expect((await fetch(`${bot.httpUrl}/v1/openapi.json`)).status).toBe(404);
    expect((await fetch(`${bot.httpUrl}/mcp`, { method: 'POST' })).status).toBe(404);
  });

  it('has a code that stands in the document', () => {
    const text = readFileSync(new URL('../../docs/api.md', import.meta.url), 'utf8');
    expect(PROBLEM_CODES.filter((code) => !text.includes(`\`${code}\``))).toEqual([]);
  });
});

describe('a promised answer', () => {
  it('goes to the callback, signed, once, and survives a crash', async () => {
    const receiver = await startReceiver();
    const { key: caller, callbackSecret } = await addKey(bot, clock, 'caller', ['usage']);
    key = caller;
    refuseNext();
    const asked = async () =>
      usageReply.parse(await (await ask(`/v1/esims/${ICCID}/usage?callback=${receiver.url}`)).json());
    const first = await asked();
    expect(first).toMatchObject({ kind: 'deferred', promise: { kind: 'queued' } });
    // Asked twice it is the same promise.
    expect(await asked()).toEqual(first);
    await bot.stop({ keep: true });
    bot = await startApi(clock, { world: bot.world });
    clock.advance(15 * MINUTE_MS);
    await clock.during(until('the callback', () => receiver.received.length > 0));
    const [{ headers, body } = { headers: {}, body: '' }] = receiver.received;
    expect(headers['esim-usage-signature']).toBe(
      createHmac('sha256', callbackSecret).update(body).digest('hex'),
    );
    const { id, sentAt, reply } = JSON.parse(body);
    expect(usageReply.parse(reply)).toMatchObject({ kind: 'fresh', iccid: ICCID });
    expect([headers['idempotency-key'], Date.parse(sentAt) > ManualClock.START]).toEqual([id, true]);
    await until('it is done', async () => (await bot.app.store.outbox.depth()).pending === 0);
    expect(receiver.received).toHaveLength(1);
    await receiver.close();
  });

  it('to a key that was revoked meanwhile is not sent', async () => {
    const receiver = await startReceiver();
    refuseNext();
    await ask(`/v1/esims/${ICCID}/usage?callback=${receiver.url}`);
    await keysOf(bot, clock).revoke('helpdesk');
    clock.advance(15 * MINUTE_MS);
    await clock.during(until('it has ended', async () => (await bot.app.store.outbox.depth()).dead === 1));
    const [dead] = await bot.app.store.outbox.dead(1);
    expect([dead?.reason, receiver.received.length]).toEqual(['The key was revoked', 0]);
    await receiver.close();
  });
});
