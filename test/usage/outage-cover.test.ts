import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMemoryGate } from '../../src/storage/memory/memory-gate.ts';
import { openStore } from '../../src/storage/open.ts';
import { type Snapshot, type Store, StoreError } from '../../src/storage/ports.ts';
import { type CoveredPorts, coverOutages } from '../../src/usage/outage-cover.ts';
import { captureLog, type LogCapture } from '../support/log-capture.ts';
import { ManualClock } from '../support/manual-clock.ts';

const WINDOW_MS = 900_000;
let clock: ManualClock;
let capture: LogCapture;
let folder: string;
let store: Store;
let covered: CoveredPorts;

const snapshotAt = (asOf: number): Snapshot => ({ kind: 'unknown-esim', asOf });

async function lead(key: string): Promise<string> {
  const decision = await covered.gate.tryAcquire(key, 20_000);
  if (decision.state !== 'leader') throw new Error(`Not the leader: ${decision.state}`);
  return decision.token;
}

beforeEach(async () => {
  clock = new ManualClock();
  capture = captureLog();
  folder = await mkdtemp(join(tmpdir(), 'esim-usage-outage-'));
  store = await openStore(`sqlite:${join(folder, 's.sqlite')}`, { clock, log: capture.log });
  covered = coverOutages(store, createMemoryGate(clock), { clock, log: capture.log });
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

const outage = () => Promise.reject(new StoreError('STORE_UNAVAILABLE', 'away', 'wait'));

/** A closed store throws `StoreError` for everything, as one that cannot be reached does. */
const breakStore = () => store.close();

describe('while the store is out of order', () => {
  it('a window that was shut before stays shut', async () => {
    await covered.gate.settle('usage:1', await lead('usage:1'), clock.now() + WINDOW_MS);
    await breakStore();
    expect(await covered.gate.tryAcquire('usage:1', 20_000)).toEqual({
      state: 'closed',
      openAt: clock.now() + WINDOW_MS,
    });
  });

  it('each eSIM is still asked for once', async () => {
    await breakStore();
    const token = await lead('usage:2');
    expect(await covered.gate.tryAcquire('usage:2', 20_000)).toMatchObject({ state: 'in-flight' });
    await covered.gate.settle('usage:2', token, clock.now() + WINDOW_MS);
    expect(await covered.gate.peek('usage:2')).toMatchObject({ state: 'closed' });
    clock.advance(WINDOW_MS + 1);
    expect(await covered.gate.tryAcquire('usage:2', 20_000)).toMatchObject({ state: 'leader' });
  });

  it('a window that only this process knows of stays shut when the store is back, and the store is told', async () => {
    const doors = { open: false };
    const flaky = {
      ...store,
      gate: {
        tryAcquire: (key: string, leaseMs: number) =>
          doors.open ? store.gate.tryAcquire(key, leaseMs) : outage(),
        settle: (key: string, token: string, openAt: number) =>
          doors.open ? store.gate.settle(key, token, openAt) : outage(),
        release: () => outage(),
        peek: (key: string) => (doors.open ? store.gate.peek(key) : outage()),
      },
    };
    covered = coverOutages(flaky, createMemoryGate(clock), { clock, log: capture.log });
    const openAt = clock.now() + WINDOW_MS;
    await covered.gate.settle('usage:4', await lead('usage:4'), openAt);
    doors.open = true;
    expect(await covered.gate.peek('usage:4')).toEqual({ state: 'closed', openAt });
    expect(await covered.gate.tryAcquire('usage:4', 20_000)).toEqual({ state: 'closed', openAt });
    expect(await store.gate.peek('usage:4')).toEqual({ state: 'closed', openAt });
    clock.advance(WINDOW_MS);
    expect(await covered.gate.tryAcquire('usage:4', 20_000)).toMatchObject({ state: 'leader' });
  });

  it('each pace is kept for itself, and a clock that is put back stops none', async () => {
    await breakStore();
    const { pace } = covered;
    const startAt = clock.now();
    expect(await pace.reserve('one', 250, 9_000)).toEqual({ kind: 'slot', startAt });
    expect(await pace.reserve('one', 250, 9_000)).toEqual({ kind: 'slot', startAt: startAt + 250 });
    expect(await pace.reserve('other', 250, 9_000)).toEqual({ kind: 'slot', startAt });
    clock.advance(-3_600_000);
    expect(await pace.reserve('one', 250, 9_000)).toEqual({ kind: 'slot', startAt: clock.now() });
  });

  it('a lease given back may be taken again', async () => {
    await breakStore();
    await covered.gate.release('usage:3', await lead('usage:3'));
    expect(await covered.gate.peek('usage:3')).toEqual({ state: 'open' });
  });

  it('a reading that could not be stored is still shown, and the newer one wins', async () => {
    await covered.snapshots.put('1', snapshotAt(1));
    await breakStore();
    await covered.snapshots.put('1', snapshotAt(2));
    expect(await covered.snapshots.get('1')).toEqual(snapshotAt(2));
    expect(await covered.snapshots.get('2')).toBeUndefined();
  });

  it('a duplicate is still known, until its time is over', async () => {
    await breakStore();
    expect(await covered.registry.putIfAbsent('claim', 'e1', true, 1000)).toBe(true);
    expect(await covered.registry.putIfAbsent('claim', 'e1', true, 1000)).toBe(false);
    clock.advance(1001);
    expect(await covered.registry.putIfAbsent('claim', 'e1', true, 1000)).toBe(true);
  });

  it('a value is kept and given back until it is deleted', async () => {
    await breakStore();
    await covered.registry.put('note', 'n1', { a: 1 }, 1000);
    expect(await covered.registry.get('note', 'n1')).toEqual({ a: 1 });
    expect(await covered.registry.delete('note', 'n1')).toBe(true);
    expect(await covered.registry.get('note', 'n1')).toBeUndefined();
  });

  it('calls keep their distance', async () => {
    await breakStore();
    const now = clock.now();
    const turns = [1, 2, 3, 4].map(() => covered.pace.reserve('airalo', 250, 600));
    expect(await Promise.all(turns)).toEqual([
      { kind: 'slot', startAt: now },
      { kind: 'slot', startAt: now + 250 },
      { kind: 'slot', startAt: now + 500 },
      { kind: 'busy', freeAt: now + 750 },
    ]);
  });

  it('the log says so once a minute, with the remedy, not once a question', async () => {
    await breakStore();
    for (let question = 0; question < 5; question++) await covered.snapshots.get('1');
    expect(capture.lines('out of order')).toHaveLength(1);
    expect(JSON.stringify(capture.lines('out of order'))).toContain('remedy');
    clock.advance(60_001);
    await covered.snapshots.get('1');
    expect(capture.lines('out of order')).toHaveLength(2);
  });
});

describe('the cover', () => {
  it('passes on what is not an outage', async () => {
    const wrong = {
      ...store,
      snapshots: { get: () => Promise.reject(new TypeError('own fault')), put: async () => undefined },
    };
    const ports = coverOutages(wrong, createMemoryGate(clock), { clock, log: capture.log });
    await expect(ports.snapshots.get('1')).rejects.toThrow('own fault');
  });
});
