import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../src/storage/open.ts';
import type { Store } from '../../src/storage/ports.ts';
import { createSeal, readKey } from '../../src/storage/sealed/seal.ts';
import { describeStore } from '../contract/store-contract.ts';
import { captureLog } from '../support/log-capture.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { openSqliteUnderTest } from '../support/sqlite-under-test.ts';
import { makeTemporaryPlace, type TemporaryPlace } from '../support/temporary-place.ts';

const LONG_MS = 3_600_000;
const KEY = randomBytes(32);
const SECRET = 'https://hooks.example/secret-response-url';

describeStore('SQLite, sealed', (retention) => openSqliteUnderTest(retention, [KEY]));

describe('a sealed store', () => {
  const clock = new ManualClock();
  let place: TemporaryPlace;
  let opened: Store[];
  const open = async (...keys: Buffer[]) => {
    const parts = { clock, log: captureLog().log, keys };
    const store = await openStore(`sqlite:${place.path('store.sqlite')}`, parts);
    opened.push(store);
    return store;
  };
  const job = (id: string) => ({
    id,
    type: 'reply',
    owner: 'U1',
    payload: { url: SECRET },
    runAt: clock.now() + LONG_MS,
    deadline: clock.now() + 2 * LONG_MS,
  });

  beforeEach(async () => {
    place = await makeTemporaryPlace();
    opened = [];
  });
  afterEach(async () => {
    for (const store of opened) await store.close();
    await place.remove();
  });

  it('writes no secret into its files', async () => {
    const store = await open(KEY);
    await store.outbox.enqueue(job('reply-1'));
    await store.registry.put('airalo-token', 'current', { accessToken: SECRET }, LONG_MS);
    const files = ['store.sqlite', 'store.sqlite-wal'].map((name) => readFile(place.path(name), 'latin1'));
    const bytes = (await Promise.all(files)).join('');
    expect(bytes).toContain('reply-1');
    expect(bytes).not.toContain('secret-response-url');
    expect(await store.registry.get('airalo-token', 'current')).toEqual({ accessToken: SECRET });
  });

  it('opens nothing that was moved or changed', () => {
    const seal = createSeal([KEY]);
    const closed = seal.close({ url: SECRET }, 'outbox a');
    expect(seal.open(closed, 'outbox a')).toEqual({ url: SECRET });
    expect(() => seal.open(closed, 'outbox b')).toThrow(/STORE_KEY/);
    expect(seal.close(1, 'x')).not.toEqual(seal.close(1, 'x'));
  });

  it('takes a key of 32 bytes only', () => {
    expect(readKey(KEY.toString('base64'))).toEqual(KEY);
    expect(readKey(KEY.toString('hex'))).toEqual(KEY);
    for (const text of ['', 'short', randomBytes(16).toString('base64'), 'z'.repeat(64)])
      expect(readKey(text)).toBeUndefined();
  });
});
