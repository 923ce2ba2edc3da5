import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { openStore } from '../../src/storage/open.ts';
import type { Store } from '../../src/storage/ports.ts';
import { createSeal } from '../../src/storage/sealed/seal.ts';
import { giveUpKey, sealWithFirstKey, surveyKeys } from '../../src/storage/store-key.ts';
import { ENGINES, type EnginePlace, openPlace } from '../support/engines.ts';
import { captureLog } from '../support/log-capture.ts';

const LONG_MS = 3_600_000;
const [OLD, NEW] = [randomBytes(32), randomBytes(32)];
const idOf = (key: Buffer) => createSeal([key]).keyId ?? '';
/** 40 of them, of a number range that stands nowhere else. */
const ICCIDS = Array.from({ length: 40 }, (_, number) => `891000000000777${String(number).padStart(4, '0')}`);
const SECRET = 'https://hooks.example/secret-response-url';

describe.each(ENGINES)('STORE_KEY on %s', (engine) => {
  let place: EnginePlace;
  let opened: Store[];
  let openAt: number;
  beforeEach(async () => {
    place = await openPlace(engine);
    opened = [];
    openAt = Date.now() + LONG_MS;
  });
  afterEach(async () => {
    for (const store of opened) await store.close();
    await place.remove();
  });

  const partsOf = (keys: readonly Buffer[]) => ({ clock: systemClock, log: captureLog().log, keys });
  async function start(...keys: Buffer[]): Promise<Store> {
    const store = await openStore(place.url, partsOf(keys));
    opened.push(store);
    return store;
  }

  /** Something of everything for each eSIM, as the bot keeps it. */
  async function fill(store: Store, iccids: readonly string[] = ICCIDS): Promise<void> {
    const keep = async (iccid: string, index: number) => {
      const lease = await store.gate.tryAcquire(`usage:${iccid}`, LONG_MS);
      if (lease.state === 'leader') await store.gate.settle(`usage:${iccid}`, lease.token, openAt);
      await store.snapshots.put(iccid, { kind: 'unknown-esim', asOf: 7 });
      await store.history.append(iccid, {
        at: openAt - 2 * LONG_MS,
        remainingMb: 900,
        totalMb: 1_024,
        status: 'ACTIVE',
      });
      await store.registry.put('packages', iccid, { iccid, name: 'Lisa' }, LONG_MS);
      await store.outbox.enqueue({
        id: `watch-${iccid.slice(-4)}a`,
        type: 'watch',
        owner: 'watches-U1',
        payload: { iccid, url: SECRET },
        runAt: openAt + index,
        deadline: openAt + 2 * LONG_MS,
      });
    };
    await Promise.all(iccids.map(keep));
    await store.registry.put('esim-names', 'all', ICCIDS, LONG_MS);
  }

  async function expectEverything(store: Store): Promise<void> {
    const check = async (iccid: string) => {
      expect(await store.gate.peek(`usage:${iccid}`)).toEqual({ state: 'closed', openAt });
      expect(await store.gate.tryAcquire(`usage:${iccid}`, 1)).toEqual({ state: 'closed', openAt });
      expect(await store.snapshots.get(iccid)).toEqual({ kind: 'unknown-esim', asOf: 7 });
      expect(await store.history.since(iccid, 0, 9)).toHaveLength(1);
      expect(await store.registry.get('packages', iccid)).toEqual({ iccid, name: 'Lisa' });
    };
    await Promise.all(ICCIDS.map(check));
    expect(await store.registry.get('esim-names', 'all')).toEqual(ICCIDS);
    const jobs = await store.outbox.pendingOf('watches-U1');
    expect(jobs.map(({ payload }) => payload)).toEqual(ICCIDS.map((iccid) => ({ iccid, url: SECRET })));
  }

  function expectNoneIn(bytes: string): void {
    expect(ICCIDS.filter((iccid) => bytes.includes(iccid))).toEqual([]);
    expect(bytes).not.toContain('secret-response-url');
    expect(bytes).not.toContain('Lisa');
  }

  it('keeps every ICCID and every secret out of what is on the disk', async () => {
    const store = await start(OLD);
    await fill(store);
    await expectEverything(store);
    expectNoneIn(await place.bytes());
  });

  it('turned on for a store in clear, loses no window, promise, name or reading, and leaves nothing in clear', async () => {
    const clear = await start();
    await fill(clear);
    await clear.close();
    expect(await place.bytes()).toContain(ICCIDS[39]);
    const sealed = await start(OLD);
    await expectEverything(sealed);
    expectNoneIn(await place.bytes());
    await sealed.close();
    await expectEverything(await start(OLD));
  });

  it('changed as the documents say, leaves everything where it was', async () => {
    // docs/operations.md, "Changing STORE_KEY": 1. the new key in front, restart.
    const before = await start(OLD);
    await fill(before);
    await before.close();
    const between = await start(NEW, OLD);
    await expectEverything(between);
    // 2. wait until the log and the doctor say that the keys behind it can be removed; the bot does it by itself in its housekeeping.
    expect((await between.health()).facts.join()).toContain('keep it in STORE_KEY');
    await between.prune();
    expect((await between.health()).facts.join()).toContain('can leave STORE_KEY');
    await between.close();
    // 3. drop the old key, restart.
    const after = await start(NEW);
    await expectEverything(after);
    expect([...(await surveyKeys(place.url, partsOf([NEW]))).keys()]).toEqual([idOf(NEW)]);
  });

  it('that lacks a key which is still needed refuses to start, says how much is at stake, and loses nothing', async () => {
    const before = await start(OLD);
    await fill(before);
    await before.close();
    for (const keys of [[NEW], []])
      await expect(start(...keys)).rejects.toMatchObject({
        code: 'STORE_SEALED',
        // 40 watches, 40 readings, 40 packages, one list of names.
        message: expect.stringContaining(`121 stored values`),
        remedy: expect.stringContaining(`store-key give-up ${idOf(OLD)}`),
      });
    await expectEverything(await start(NEW, OLD));
  });

  it('is not given up by one process while another still seals with the earlier key', async () => {
    const rolling = await start(OLD, NEW);
    const restarted = await start(NEW, OLD);
    await fill(rolling);
    await restarted.prune();
    expect((await restarted.health()).facts.join()).toContain('keep it in STORE_KEY');
    await rolling.close();
    expect(await sealWithFirstKey(place.url, partsOf([NEW, OLD]))).toMatchObject({ complete: true });

    expect((await restarted.health()).facts.join()).toContain('can leave STORE_KEY');
    await expectEverything(restarted);
  });

  it('may be sealed anew by two processes at once', async () => {
    const before = await start(OLD);
    await fill(before);
    await before.close();
    const two = [await start(NEW, OLD), await start(NEW, OLD)];
    await Promise.all(two.map((store) => store.prune()));
    for (const store of two) await expectEverything(store);
  });

  it('is refused beside a process that works without it', async () => {
    await start();
    await expect(start(OLD)).rejects.toMatchObject({
      code: 'STORE_SEALED',
      remedy: expect.stringContaining('Stop every process'),
    });
  });

  it('that is lost can be given up, but not while Airalo would be asked too early for it', async () => {
    const before = await start(OLD);
    openAt = Date.now() + 60_000;
    await fill(before, ICCIDS.slice(0, 2));
    await before.close();
    const lost = (clock = systemClock) => giveUpKey(place.url, idOf(OLD), { ...partsOf([NEW]), clock });
    await expect(lost()).rejects.toMatchObject({
      remedy: expect.stringContaining('run the command again after'),
    });
    expect(await lost({ ...systemClock, now: () => openAt + 1 })).toBe(7);
    const after = await start(NEW);
    expect(await after.outbox.pendingOf('watches-U1')).toEqual([]);
    expect(await after.registry.get('esim-names', 'all')).toBeUndefined();
    await fill(after);
  });

  it('one value that cannot be opened hides none of the others', async () => {
    const store = await start(OLD);
    await fill(store, ICCIDS.slice(0, 3));
    const stranger = await openStore(place.url, partsOf([NEW, OLD]));
    opened.push(stranger);
    const job = {
      id: 'watch-x',
      type: 'watch',
      owner: 'watches-U1',
      payload: 1,
      runAt: openAt,
      deadline: openAt,
    };
    await stranger.outbox.enqueue(job);
    await stranger.snapshots.put('8910000000001000019', { kind: 'unknown-esim', asOf: 1 });
    await stranger.registry.put('note', 'a', 1, LONG_MS);
    const listed = await store.outbox.pendingOf('watches-U1');
    expect(listed.map(({ unreadable = false }) => unreadable).sort()).toEqual([false, false, false, true]);
    expect(await store.outbox.find('watch-x')).toMatchObject({ payload: null, unreadable: true });
    expect(await store.snapshots.get('8910000000001000019')).toBeUndefined();
    await expect(store.registry.get('note', 'a')).rejects.toMatchObject({ code: 'STORE_SEALED' });
    expect(await stranger.snapshots.get('8910000000001000019')).toBeDefined();
  });
});
