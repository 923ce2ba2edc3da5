import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../src/storage/open.ts';
import type { Snapshot, SnapshotCache, Store } from '../../src/storage/ports.ts';
import { DEFAULT_RETENTION } from '../../src/storage/retention.ts';
import { openDatabase, type SqliteDatabase } from '../../src/storage/sqlite/database.ts';
import { shareSnapshots } from '../../src/usage/shared-snapshots.ts';
import { captureLog } from '../support/log-capture.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { makeTemporaryPlace, type TemporaryPlace } from '../support/temporary-place.ts';

const ICCID = '8910000000001000019';

let place: TemporaryPlace;
let clock: ManualClock;
let own: Store;
let ofAnother: Store;
/** A look at the file from beside the stores. */
let beside: SqliteDatabase;
let shared: SnapshotCache;

beforeEach(async () => {
  place = await makeTemporaryPlace();
  clock = new ManualClock();
  const open = () =>
    openStore(`sqlite:${place.path('store.sqlite')}`, {
      clock,
      log: captureLog().log,
      retention: DEFAULT_RETENTION,
    });
  [own, ofAnother] = [await open(), await open()];
  beside = await openDatabase(place.path('store.sqlite'));
  shared = shareSnapshots(own.snapshots, clock);
});
afterEach(async () => {
  await beside.close();
  await own.close();
  await ofAnother.close();
  await place.remove();
});

const learnt = (asOf: number): Snapshot => ({ kind: 'unknown-esim', asOf });

describe('what was just looked up of an eSIM', () => {
  it('shows at once what this process learns, also while somebody looks it up', async () => {
    await shared.put(ICCID, learnt(1));
    expect(await shared.get(ICCID)).toEqual(learnt(1));
    const [, whileWritten] = [shared.put(ICCID, learnt(2)), shared.get(ICCID)];
    expect([1, 2]).toContain((await whileWritten)?.asOf);
    await shared.put(ICCID, learnt(3));
    expect(await shared.get(ICCID)).toEqual(learnt(3));
  });

  it('shows what another process has learnt or removed a second later', async () => {
    await shared.put(ICCID, learnt(1));
    await shared.get(ICCID);
    await ofAnother.snapshots.put(ICCID, learnt(2));
    expect(await shared.get(ICCID)).toEqual(learnt(1));
    clock.advance(1_000);
    expect(await shared.get(ICCID)).toEqual(learnt(2));
    await beside.changed(`DELETE FROM snapshot_cache RETURNING 1`);
    clock.advance(1_000);
    expect(await shared.get(ICCID)).toBeUndefined();
  });

  it('is looked up anew where there was nothing', async () => {
    expect(await shared.get(ICCID)).toBeUndefined();
    await ofAnother.snapshots.put(ICCID, learnt(1));
    expect(await shared.get(ICCID)).toEqual(learnt(1));
  });

  it('is looked up anew when the clock was put back', async () => {
    await shared.put(ICCID, learnt(1));
    await shared.get(ICCID);
    await ofAnother.snapshots.put(ICCID, learnt(2));
    clock.advance(-60_000);
    expect(await shared.get(ICCID)).toEqual(learnt(2));
  });

  it('is looked up anew after the store was away', async () => {
    await own.snapshots.put(ICCID, learnt(1));
    let away = true;
    const faulty: SnapshotCache = {
      put: own.snapshots.put,
      get: (iccid) => (away ? Promise.reject(new Error('away')) : own.snapshots.get(iccid)),
    };
    const sharing = shareSnapshots(faulty, clock);
    await expect(sharing.get(ICCID)).rejects.toThrow('away');
    away = false;
    expect(await sharing.get(ICCID)).toEqual(learnt(1));
  });
});
