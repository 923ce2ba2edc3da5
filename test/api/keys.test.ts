import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ApiKeys, createApiKeys } from '../../src/api/keys.ts';
import { systemClock } from '../../src/clock.ts';
import { openStore } from '../../src/storage/open.ts';
import type { Store } from '../../src/storage/ports.ts';
import { ENGINES, type EnginePlace, openPlace } from '../support/engines.ts';
import { captureLog } from '../support/log-capture.ts';

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
