import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { backupStore, restoreStore } from '../../src/storage/backup.ts';
import { openStore } from '../../src/storage/open.ts';
import type { Store } from '../../src/storage/ports.ts';
import { captureLog } from '../support/log-capture.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { startProcess } from '../support/processes.ts';
import { makeTemporaryPlace, type TemporaryPlace } from '../support/temporary-place.ts';

const HOUR_MS = 3_600_000;
const ICCID = '8910000000001000019';

describe('a backup of the SQLite store', () => {
  const clock = new ManualClock();
  let place: TemporaryPlace;
  let opened: Store[];
  let url: string;
  let file: string;

  beforeEach(async () => {
    place = await makeTemporaryPlace();
    url = `sqlite:${place.path('data', 'store.sqlite')}`;
    file = place.path('backup.sqlite');
    opened = [];
  });
  afterEach(async () => {
    for (const store of opened) await store.close();
    await place.remove();
  });

  async function open(): Promise<Store> {
    const store = await openStore(url, { clock, log: captureLog().log });
    opened.push(store);
    return store;
  }
  const job = (id: string) => ({
    id,
    type: 'reply',
    owner: 'U1',
    payload: { for: id },
    runAt: clock.now() + HOUR_MS,
    deadline: clock.now() + 2 * HOUR_MS,
  });
  async function close(store: Store, iccid: string): Promise<number> {
    const openAt = clock.now() + HOUR_MS;
    const lease = await store.gate.tryAcquire(`usage:${iccid}`, HOUR_MS);
    if (lease.state === 'leader') await store.gate.settle(`usage:${iccid}`, lease.token, openAt);
    return openAt;
  }

  it('is made while the bot works, whole, for the owner alone, and never over another file', async () => {
    const store = await open();
    await Promise.all(
      Array.from({ length: 200 }, (_, number) => store.outbox.enqueue(job(`reply-${number}`))),
    );
    expect(await backupStore(url, file)).toMatchObject({ pending: 200 });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readdir(place.directory)).toEqual(
      expect.not.arrayContaining(['backup.sqlite.part', 'backup.sqlite-wal']),
    );
    await expect(backupStore(url, file)).rejects.toMatchObject({
      remedy: expect.stringContaining('not there yet'),
    });
    expect(await store.outbox.enqueue(job('reply-after'))).toBe('added');
  });

  it('that cannot be written names its own folder, and not the store', async () => {
    await open();
    await expect(backupStore(url, place.path('nowhere', 'backup.sqlite'))).rejects.toMatchObject({
      message: expect.stringContaining('The backup cannot be written'),
      remedy: expect.stringContaining(place.path('nowhere')),
    });
  });

  it('brings back what was there; what was asked and answered since is not asked or answered again', async () => {
    const store = await open();
    await store.outbox.enqueue(job('reply-kept'));
    await store.outbox.enqueue(job('reply-ended-since'));
    await store.snapshots.put(ICCID, { kind: 'unknown-esim', asOf: 7 });
    await backupStore(url, file);
    await store.outbox.cancel('reply-ended-since');
    const openAt = await close(store, ICCID);
    await store.close();

    const restored = await restoreStore(url, file, clock);
    expect(restored).toMatchObject({ windowsKept: true, pending: 2 });
    const after = await open();
    expect((await after.outbox.pendingOf('U1')).map(({ id }) => id)).toEqual(['reply-kept']);
    expect(await after.outbox.enqueue(job('reply-ended-since'))).toBe('duplicate');
    expect(await after.snapshots.get(ICCID)).toEqual({ kind: 'unknown-esim', asOf: 7 });
    expect(await after.gate.peek(`usage:${ICCID}`)).toEqual({ state: 'closed', openAt });
    expect((await stat(place.path('data', 'store.sqlite'))).mode & 0o777).toBe(0o600);
    expect(restored.former && (await stat(restored.former)).isFile()).toBe(true);
  });

  it('is not restored under a bot, even one that stands still, and the store stays as it is', async () => {
    await (await open()).close();
    await backupStore(url, file);
    await writeFile(place.path('report'), '');
    const bot = startProcess('gate', url, place.path('report'));
    expect(await bot.opened).toBe('ready');
    bot.pause('SIGSTOP');
    const before = await readFile(place.path('data', 'store.sqlite'));
    await expect(restoreStore(url, file, clock)).rejects.toMatchObject({ code: 'STORE_IN_USE' });
    expect(await readFile(place.path('data', 'store.sqlite'))).toEqual(before);
    bot.pause('SIGCONT');
    await bot.kill('SIGKILL');
    expect(await restoreStore(url, file, clock)).toMatchObject({ pending: 0 });
  });

  it('is named as it was typed when it is none, and nothing is made of the store', async () => {
    const [note, folder, nowhere] = [place.path('note.txt'), place.path(), place.path('nowhere')];
    await writeFile(note, 'hello');
    for (const [named, words] of [
      [note, `${note} is not a backup of the bot`],
      [folder, `There is no file ${folder} that this account may read`],
      [nowhere, `There is no file ${nowhere} that this account may read`],
    ] as const)
      await expect(restoreStore(url, named, clock)).rejects.toMatchObject({ message: words });
  });

  it('can be restored to a machine that has no store yet, or one that cannot be read', async () => {
    const store = await open();
    await store.outbox.enqueue(job('reply-1'));
    await backupStore(url, file);
    await store.close();
    url = `sqlite:${place.path('new', 'store.sqlite')}`;
    expect(await restoreStore(url, file, clock)).toMatchObject({ former: undefined, windowsKept: true });
    expect(await (await open()).outbox.find('reply-1')).toBeDefined();
  });

  it('that is damaged, or no backup at all, is refused and changes nothing', async () => {
    const store = await open();
    for (let number = 0; number < 100; number++) await store.outbox.enqueue(job(`reply-${number}`));
    await backupStore(url, file);
    await store.close();
    const bytes = await readFile(file);
    bytes.fill(0xab, bytes.length - 8_192, bytes.length - 4_096);
    await writeFile(file, bytes);
    await expect(restoreStore(url, file, clock)).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
    await writeFile(place.path('notes'), 'These are my holiday notes. '.repeat(400));
    await expect(restoreStore(url, place.path('notes'), clock)).rejects.toMatchObject({
      code: 'STORE_CORRUPT',
    });
    expect((await (await open()).outbox.depth()).pending).toBe(100);
  });

  it('of a Redis is left to Redis', async () => {
    await expect(backupStore('redis://localhost', file)).rejects.toMatchObject({
      remedy: expect.stringContaining('append-only'),
    });
  });
});
