import { chmod, mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openStore } from '../../src/storage/open.ts';
import { type Store, StoreError } from '../../src/storage/ports.ts';
import { captureLog } from '../support/log-capture.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { startProcess } from '../support/processes.ts';
import { makeTemporaryPlace, type TemporaryPlace } from '../support/temporary-place.ts';

let place: TemporaryPlace;
let opened: Store[];
beforeEach(async () => {
  place = await makeTemporaryPlace();
  opened = [];
});
afterEach(async () => {
  await Promise.all(opened.map((store) => store.close()));
  await place.remove();
});

async function open(url: string): Promise<Store> {
  const store = await openStore(url, { clock: new ManualClock(), log: captureLog().log });
  opened.push(store);
  return store;
}
async function failure(url: string): Promise<StoreError> {
  const error = await open(url).catch((reason: unknown) => reason);
  if (!(error instanceof StoreError)) throw new Error(`Expected a StoreError, got ${String(error)}`);
  return error;
}
const modeOf = async (path: string) => (await stat(path)).mode & 0o777;

describe('SQLite: the file', () => {
  test('is made with its directories, for the owner alone', async () => {
    const path = place.path('data', 'deep', 'store.sqlite');
    const store = await open(`sqlite:${path}`);
    await store.registry.put('token', 'airalo', 'secret', 1_000);
    expect(await modeOf(path)).toBe(0o600);
    expect(await modeOf(`${path}-wal`)).toBe(0o600);
    expect(await modeOf(place.path('data'))).toBe(0o700);
    expect(await modeOf(place.path('data', 'deep'))).toBe(0o700);
    expect(await store.health()).toMatchObject({ ok: true, warnings: [] });
  });

  test('may be named with two slashes', async () => {
    await open(`sqlite://${place.path('store.sqlite')}`);
    expect((await stat(place.path('store.sqlite'))).isFile()).toBe(true);
  });

  test('draws a warning when other accounts can read it', async () => {
    const path = place.path('store.sqlite');
    const store = await open(`sqlite:${path}`);
    await chmod(path, 0o644);
    const health = await store.health();
    expect(health.ok).toBe(true);
    expect(health.warnings).toMatchObject([{ remedy: `chmod 600 ${path}` }]);
  });

  test('draws a warning when it is taken away from under the bot', async () => {
    const path = place.path('store.sqlite');
    const store = await open(`sqlite:${path}`);
    await rename(path, `${path}.old`);
    expect((await store.health()).warnings).toMatchObject([
      { what: expect.stringContaining('removed or replaced'), remedy: 'Start the bot again' },
    ]);
  });

  test('is not usable any more once the store is closed', async () => {
    const store = await open(`sqlite:${place.path('store.sqlite')}`);
    await store.close();
    await expect(store.registry.get('claim', 'one')).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    expect(await store.health()).toMatchObject({ ok: false });
  });

  test('holds no trace of a payload once the job is done or cancelled', async () => {
    const path = place.path('store.sqlite');
    const store = await open(`sqlite:${path}`);
    const common = { type: 'reply', owner: 'U1', runAt: 0, deadline: 1 };
    for (const id of ['reply-done', 'reply-cancelled', 'other-waiting'])
      await store.outbox.enqueue({
        ...common,
        id,
        type: id.slice(0, 5),
        payload: { token: `credential-of-${id}` },
      });
    await store.outbox.cancel('reply-cancelled');
    const consumer = store.outbox.consume('reply', async () => ({ kind: 'done' }), {
      concurrency: 1,
      visibilityMs: 1_000,
      backoff: { baseMs: 1, capMs: 1 },
      onError: () => undefined,
    });
    while (await store.outbox.find('reply-done')) await store.outbox.depth();
    await consumer.stop(1_000);
    await store.close();
    const bytes = (await readFile(path)).toString('latin1');
    expect(bytes).not.toContain('credential-of-reply');
    expect(bytes).toContain('credential-of-other-waiting');
  });
});

describe('SQLite: a file that cannot be used', () => {
  test.each([
    ['memory', 'sqlite::memory:'],
    ['no path', 'sqlite:'],
    ['another engine', 'mysql://localhost'],
  ])('is refused with the setting to change: %s', async (_, url) => {
    const error = await failure(url);
    expect(error.code).toBe('STORE_UNAVAILABLE');
    expect(error.remedy).toContain('STORE_URL');
  });

  test('is told apart: below a regular file', async () => {
    await writeFile(place.path('file'), '');
    const path = place.path('file', 'store.sqlite');
    const error = await failure(`sqlite:${path}`);
    expect(error.code).toBe('STORE_UNAVAILABLE');
    expect(error.message).toContain(path);
    expect(error.remedy).toContain('STORE_URL');
  });

  test('is told apart: a directory', async () => {
    await mkdir(place.path('store.sqlite'));
    expect((await failure(`sqlite:${place.path('store.sqlite')}`)).code).toBe('STORE_UNAVAILABLE');
  });

  test('is told apart: not a SQLite file', async () => {
    const path = place.path('store.sqlite');
    await writeFile(path, 'These are my holiday notes. '.repeat(400));
    const error = await failure(`sqlite:${path}`);
    expect(error.code).toBe('STORE_CORRUPT');
    expect(error.remedy).toContain(path);
    expect((await readFile(path, 'utf8')).startsWith('These are my holiday notes')).toBe(true);
  });

  test.each([
    ['its directory', 0o555, 0o600],
    ['the file', 0o777, 0o444],
  ])('is told apart: an account that may not write %s', async (_, directoryMode, fileMode) => {
    const path = place.path('data', 'store.sqlite');
    await (await open(`sqlite:${path}`)).close();
    await chmod(path, fileMode);
    await chmod(place.path('data'), directoryMode);
    await chmod(place.directory, 0o755);
    const bot = startProcess('gate', `sqlite:${path}`, place.path('report'), { unprivileged: true });
    expect(await bot.opened).toBe('failed STORE_READ_ONLY');
    await bot.ended;
    await chmod(place.path('data'), 0o700);
  });
});
