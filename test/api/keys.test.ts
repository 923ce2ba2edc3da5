import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ApiKeys, createApiKeys } from '../../src/api/keys.ts';
import { systemClock } from '../../src/clock.ts';
import { openStore } from '../../src/storage/open.ts';
import type { Store } from '../../src/storage/ports.ts';
import { addKey, startApi } from '../support/api.ts';
import { ENGINES, type EnginePlace, openPlace } from '../support/engines.ts';
import { captureLog } from '../support/log-capture.ts';
import { HAS_REDIS, startRedis } from '../support/redis-server.ts';
import { until } from '../support/until.ts';

/** What every store must do for the keys of the API; two connections stand for two processes. */
describe.each(ENGINES)('keys on %s', (engine) => {
  let place: EnginePlace;
  let stores: Store[];
  let here: ApiKeys;
  let there: ApiKeys;
  beforeEach(async () => {
    place = await openPlace(engine);
    const { log } = captureLog();
    const open = () => openStore(place.url, { clock: systemClock, log, keys: [] });
    stores = [await open(), await open()];
    [here, there] = stores.map((store) => createApiKeys({ ...store, clock: systemClock })) as [
      ApiKeys,
      ApiKeys,
    ];
  });
  afterEach(async () => {
    await Promise.all(stores.map((store) => store.close()));
    await place.remove();
  });

  it('are known to the other process from the first question, and to none after they are revoked', async () => {
    const made = await here.add('helpdesk', ['usage', 'details']);
    const key = made?.key ?? '';
    const holder = await there.holderOf(key);
    expect(holder).toMatchObject({ name: 'helpdesk', scopes: ['usage', 'details'] });
    expect(await there.find(holder?.id ?? '')).toEqual(holder);
    expect(await there.holderOf(`${key}x`)).toBeUndefined();
    expect(await here.revoke('helpdesk')).toBe(true);
    expect(await there.holderOf(key)).toBeUndefined();
    expect(await there.find(holder?.id ?? '')).toBeUndefined();
    expect(await there.revoke('helpdesk')).toBe(false);
  });

  it('of one name there is one, and the next of that name is another', async () => {
    const first = await here.add('helpdesk', ['usage']);
    expect(await there.add('helpdesk', ['secrets'])).toBeUndefined();
    await there.revoke('helpdesk');
    const second = await there.add('helpdesk', ['usage']);
    expect(second?.key).not.toBe(first?.key);
    expect(await here.holderOf(first?.key ?? '')).toBeUndefined();
    expect((await here.holderOf(second?.key ?? ''))?.name).toBe('helpdesk');
  });

  it('made by both at once are all there', async () => {
    const names = Array.from({ length: 10 }, (_, index) => `key-${index}`);
    const made = await Promise.all(
      names.map((name, index) => (index % 2 === 0 ? here : there).add(name, ['usage'])),
    );
    expect(made.every((one) => one !== undefined)).toBe(true);
    expect((await here.list()).map(({ name }) => name).toSorted()).toEqual(names);
  });

  it('stand in no file of the store', async () => {
    const made = await here.add('helpdesk', ['usage']);
    const bytes = await place.bytes();
    expect(bytes).toContain('helpdesk');
    expect(bytes).not.toContain(made?.key);
  });
});

it.each(ENGINES)(
  'the secret of a key’s callbacks is sealed where there is a STORE_KEY (%s)',
  async (engine) => {
    const place = await openPlace(engine);
    const { log } = captureLog();
    const store = await openStore(place.url, { clock: systemClock, log, keys: [Buffer.alloc(32, 7)] });
    const made = await createApiKeys({ ...store, clock: systemClock }).add('helpdesk', ['usage']);
    const bytes = await place.bytes();
    for (const secret of [made?.key, made?.callbackSecret, 'helpdesk']) expect(bytes).not.toContain(secret);
    await store.close();
    await place.remove();
  },
);

describe.skipIf(!HAS_REDIS)('while Redis is away', () => {
  it('nobody is let in, and it is said when to come back; then the same key is good again', async () => {
    const redis = await startRedis();
    const bot = await startApi(systemClock, { env: { STORE_URL: redis.url } });
    const { key } = await addKey(bot, systemClock, 'helpdesk', ['usage']);
    const headers = { authorization: `Bearer ${key}` };
    const ask = (path: string, method = 'GET') => fetch(`${bot.httpUrl}${path}`, { headers, method });
    const usage = '/v1/esims/8910000000001000019/usage';
    await redis.crash();
    for (const answer of [await ask(usage), await ask('/mcp', 'POST')]) {
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
      expect(await answer.json()).toMatchObject({ code: 'store-unavailable' });
    }
    expect(bot.simulator.calls).toEqual([]);
    await redis.start();
    await until('it is let in', async () => (await ask(usage)).status === 200);
    await bot.stop();
    await redis.stop();
  });
});
