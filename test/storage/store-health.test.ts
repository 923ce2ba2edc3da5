import { symlink } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { systemClock } from '../../src/clock.ts';
import { openStore } from '../../src/storage/open.ts';
import type { Store } from '../../src/storage/ports.ts';
import { openDatabase, type SqliteDatabase } from '../../src/storage/sqlite/database.ts';
import { captureLog } from '../support/log-capture.ts';
import { makeTemporaryPlace, type TemporaryPlace } from '../support/temporary-place.ts';

const anything = z.unknown();

describe('the health of a SQLite store', () => {
  let place: TemporaryPlace;
  let store: Store;
  let beside: SqliteDatabase;

  beforeEach(async () => {
    place = await makeTemporaryPlace();
    store = await openStore(`sqlite:${place.path('store.sqlite')}`, {
      clock: systemClock,
      log: captureLog().log,
    });
    beside = await openDatabase(place.path('store.sqlite'));
  });
  afterEach(async () => {
    await beside.close();
    await store.close();
    await place.remove();
  });

  it('is told while another program holds the file locked, without waiting for it', async () => {
    await beside.all(anything, 'BEGIN IMMEDIATE');
    const order: string[] = [];
    const write = store.registry.put('note', 'a', 1, 1_000).then(() => order.push('written'));
    const [health, shared] = await Promise.all([store.health(), store.health()]);
    order.push('health');
    expect(health).toMatchObject({ ok: false, warnings: [{ remedy: expect.stringContaining('locked') }] });
    expect(shared).toEqual(health);
    await beside.all(anything, 'COMMIT');
    await write;
    expect(order).toEqual(['health', 'written']);
    expect(await store.health()).toMatchObject({ ok: true });
  });

  it.skipIf(process.platform !== 'linux')(
    'is bad on a full disk, though the log still has room',
    async () => {
      await symlink('/dev/full', place.path('store.sqlite.probe'));
      expect(await store.health()).toMatchObject({
        ok: false,
        warnings: [{ what: expect.stringContaining('no room') }],
      });
      expect(await store.health()).toMatchObject({ ok: true });
    },
  );

  it.skipIf(process.platform !== 'linux')(
    'is never asked for below /proc: the start is refused at once',
    async () => {
      const parts = { clock: systemClock, log: captureLog().log };
      await expect(openStore('sqlite:/proc/esim/store.sqlite', parts)).rejects.toMatchObject({
        code: 'STORE_UNAVAILABLE',
        remedy: expect.stringContaining('STORE_URL'),
      });
    },
  );
});
