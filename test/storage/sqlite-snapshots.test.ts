import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openStore } from '../../src/storage/open.ts';
import type { Store } from '../../src/storage/ports.ts';
import { openDatabase, type SqliteDatabase } from '../../src/storage/sqlite/database.ts';
import { captureLog, type LogCapture } from '../support/log-capture.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { makeTemporaryPlace, type TemporaryPlace } from '../support/temporary-place.ts';

const ICCID = '8910000000001000019';
const OTHER = '8910000000001000027';
const DAY_MS = 24 * 60 * 60 * 1000;
const anyRow = z.unknown();

describe('SQLite: snapshots and pruning', () => {
  let place: TemporaryPlace;
  let clock: ManualClock;
  let log: LogCapture;
  let store: Store;
  /** A look at the file from beside the store. */
  let beside: SqliteDatabase;

  beforeEach(async () => {
    place = await makeTemporaryPlace();
    clock = new ManualClock();
    log = captureLog();
    store = await openStore(`sqlite:${place.path('store.sqlite')}`, { clock, log: log.log });
    beside = await openDatabase(place.path('store.sqlite'));
  });
  afterEach(async () => {
    await beside.close();
    await store.close();
    await place.remove();
  });

  const unknown = () => ({ kind: 'unknown-esim', asOf: clock.now() }) as const;

  test.each([
    ['broken text', '{"value":{"kind":'],
    ['another shape', '{"value":{"kind":"reading","asOf":"yesterday"}}'],
    ['a bare number', '{"value":7}'],
  ])('counts a damaged row (%s) as not there, removes it and tells the operator', async (_, text) => {
    await store.snapshots.put(ICCID, unknown());
    await beside.changed(`UPDATE snapshot_cache SET value = $text RETURNING 1`, { $text: text });
    expect(await store.snapshots.get(ICCID)).toBeUndefined();
    expect(await beside.changed(`SELECT 1 FROM snapshot_cache WHERE key LIKE '%${ICCID}'`)).toBe(0);
    expect(log.lines('damaged')).toHaveLength(1);
    expect(log.text()).not.toContain(ICCID);
    await store.snapshots.put(ICCID, unknown());
    expect(await store.snapshots.get(ICCID)).toEqual(unknown());
  });

  test('asked for beside others, a damaged row hides none of them', async () => {
    await store.snapshots.put(ICCID, unknown());
    await store.snapshots.put(OTHER, unknown());
    await beside.changed(`UPDATE snapshot_cache SET value = '{' WHERE key LIKE $key RETURNING 1`, {
      $key: `%${ICCID}`,
    });
    const asked = [ICCID, OTHER, OTHER].map((iccid) => store.snapshots.get(iccid));
    expect(await Promise.all(asked)).toEqual([undefined, unknown(), unknown()]);
    expect(log.lines('damaged')).toHaveLength(1);
  });

  test('throws, and does not look like a miss, while the file is out of order', async () => {
    await store.snapshots.put(ICCID, unknown());
    await beside.all(anyRow, 'ALTER TABLE snapshot_cache RENAME TO away');
    await expect(store.snapshots.get(ICCID)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await expect(store.snapshots.put(ICCID, unknown())).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await beside.all(anyRow, 'ALTER TABLE away RENAME TO snapshot_cache');
    expect(await store.snapshots.get(ICCID)).toEqual(unknown());
  });

  test('keeps a snapshot seven days from its last reading, and then forgets it', async () => {
    await store.snapshots.put(ICCID, unknown());
    await store.snapshots.put(OTHER, unknown());
    clock.advance(6 * DAY_MS);
    await store.snapshots.put(OTHER, unknown());
    clock.advance(DAY_MS);
    expect(await store.prune()).toBe(1);
    expect(await store.snapshots.get(ICCID)).toBeUndefined();
    expect(await store.snapshots.get(OTHER)).toBeDefined();
    expect(await store.prune()).toBe(0);
  });

  test('prunes any number, in batches', async () => {
    const count = 1_050;
    await Promise.all(
      Array.from({ length: count }, (_, number) => store.registry.put('note', `n${number}`, number, 1_000)),
    );
    await Promise.all(
      Array.from({ length: count }, (_, number) => store.snapshots.put(`${number}`, unknown())),
    );
    clock.advance(8 * DAY_MS);
    expect(await store.prune()).toBe(2 * count);
    expect(await beside.changed('SELECT 1 FROM snapshot_cache')).toBe(0);
    expect(await beside.changed('SELECT 1 FROM snapshot_index')).toBe(0);
  });

  test('prunes gates and paces that mean nothing any more', async () => {
    const decision = await store.gate.tryAcquire('usage:1', 1_000);
    expect(decision.state).toBe('leader');
    await store.pace.reserve('airalo', 1_000, 1_000);
    expect(await store.prune()).toBe(0);
    clock.advance(2 * DAY_MS);
    expect(await store.prune()).toBe(2);
  });
});
