import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AuditEvent, Retention, Snapshot } from '../../src/storage/ports.ts';
import type { OpenUnderTest, StoreUnderTest } from './store-under-test.ts';

const LONG_MS = 60 * 60 * 1000;
const SHORT_MS = 500;
const ICCID = '8910000000001000019';
const AS_OF = Date.UTC(2026, 10, 23, 14, 2, 0);

const SNAPSHOTS: Record<string, Snapshot> = {
  'a plan with voice, texts and an end': {
    kind: 'reading',
    asOf: AS_OF,
    reading: {
      status: { kind: 'known', name: 'ACTIVE' },
      data: { kind: 'megabytes', remaining: 1331.5, total: 5120 },
      voiceMinutes: { remaining: 12, total: 60 },
      textMessages: { remaining: 0, total: 20 },
      expiresAt: AS_OF + LONG_MS,
    },
  },
  'unlimited data': {
    kind: 'reading',
    asOf: AS_OF,
    reading: { status: { kind: 'known', name: 'NOT_ACTIVE' }, data: { kind: 'unlimited' } },
  },
  'a status never seen before': {
    kind: 'reading',
    asOf: AS_OF,
    reading: {
      status: { kind: 'unseen', name: 'PAUSED' },
      data: { kind: 'megabytes', remaining: 0, total: 0 },
    },
  },
  'an eSIM Airalo does not know': { kind: 'unknown-esim', asOf: AS_OF },
};

/** Snapshots, pace, registry and audit. */
export function describeSmallPorts(name: string, open: OpenUnderTest, retention: Retention): void {
  let under: StoreUnderTest;
  const each = () => {
    beforeEach(async () => {
      under = await open(retention);
    });
    afterEach(() => under.cleanUp());
  };

  describe(`${name}: snapshot cache`, () => {
    each();

    test.each(Object.entries(SNAPSHOTS))('gives back %s as it was put in', async (_, snapshot) => {
      await under.store.snapshots.put(ICCID, snapshot);
      expect(await under.store.snapshots.get(ICCID)).toStrictEqual(snapshot);
      expect(await (await under.another()).snapshots.get(ICCID)).toStrictEqual(snapshot);
    });

    test('knows nothing of an eSIM that was never read', async () => {
      await under.store.snapshots.put(ICCID, { kind: 'unknown-esim', asOf: AS_OF });
      expect(await under.store.snapshots.get('8910000000001000027')).toBeUndefined();
    });

    test('keeps the latest only, also over a restart', async () => {
      await under.store.snapshots.put(ICCID, { kind: 'unknown-esim', asOf: AS_OF });
      await under.store.snapshots.put(ICCID, { kind: 'unknown-esim', asOf: AS_OF + 1 });
      const reopened = await under.reopen();
      expect(await reopened.snapshots.get(ICCID)).toEqual({ kind: 'unknown-esim', asOf: AS_OF + 1 });
    });
  });

  describe(`${name}: call pace`, () => {
    each();

    test('gives the first slot at once and the following ones an interval apart', async () => {
      const { store, clock } = under;
      const before = clock.now();
      const slots = [];
      for (let call = 0; call < 3; call++) slots.push(await store.pace.reserve('airalo', 1_000, LONG_MS));
      const [first, second, third] = slots.map((slot) => (slot.kind === 'slot' ? slot.startAt : Number.NaN));
      expect(first).toBeGreaterThanOrEqual(before - 5);
      expect(first).toBeLessThanOrEqual(clock.now() + 5);
      expect([second, third]).toEqual([Number(first) + 1_000, Number(first) + 2_000]);
    });

    test('never gives one slot twice to several processes', async () => {
      const other = await under.another();
      const asked = Array.from({ length: 20 }, (_, turn) =>
        (turn % 2 ? under.store : other).pace.reserve('airalo', 500, LONG_MS),
      );
      const slots = (await Promise.all(asked)).map((slot) => (slot.kind === 'slot' ? slot.startAt : 0));
      const sorted = slots.toSorted((a, b) => a - b);
      const gaps = sorted.slice(1).map((startAt, place) => startAt - Number(sorted[place]));
      expect(Math.min(...gaps)).toBeGreaterThanOrEqual(500);
    });

    test('gives those who come together one slot each up to the end of the line, and tells the others when it ends', async () => {
      const { pace } = under.store;
      const first = await pace.reserve('airalo', 60_000, LONG_MS);
      const startAt = first.kind === 'slot' ? first.startAt : Number.NaN;
      const turns = await Promise.all(
        Array.from({ length: 6 }, () => pace.reserve('airalo', 60_000, 3.5 * 60_000)),
      );
      const after = [1, 2, 3].map((place) => ({ kind: 'slot', startAt: startAt + place * 60_000 }));
      expect(turns.slice(0, 3)).toEqual(after);
      for (const turn of turns.slice(3)) expect(turn).toEqual({ kind: 'busy', freeAt: startAt + 4 * 60_000 });
    });

    test('is busy, and books nothing, when the next slot is too far ahead', async () => {
      const { pace } = under.store;
      const first = await pace.reserve('airalo', 60_000, 0);
      if (first.kind !== 'slot') throw new Error('the first call had no slot');
      const freeAt = first.startAt + 60_000;
      expect(await pace.reserve('airalo', 60_000, 30_000)).toEqual({ kind: 'busy', freeAt });
      expect(await pace.reserve('airalo', 60_000, 30_000)).toEqual({ kind: 'busy', freeAt });
      expect(await pace.reserve('airalo', 60_000, 90_000)).toEqual({ kind: 'slot', startAt: freeAt });
    });

    test('saves no slots up while nobody calls, and keeps each key apart', async () => {
      const { store, clock } = under;
      await store.pace.reserve('airalo', 200, LONG_MS);
      await under.advance(SHORT_MS);
      const before = clock.now();
      const late = await store.pace.reserve('airalo', 200, LONG_MS);
      expect(late.kind === 'slot' && late.startAt).toBeGreaterThanOrEqual(before - 5);
      const elsewhere = await store.pace.reserve('slack', 200, 0);
      expect(elsewhere.kind).toBe('slot');
    });
  });

  describe(`${name}: registry`, () => {
    each();

    test('keeps plain values of any shape, replaces them, and keeps kinds apart', async () => {
      const { registry } = under.store;
      const value = { token: 'abc', nested: [1, null, 'ü', { deep: true }] };
      await registry.put('token', 'airalo', value, LONG_MS);
      await registry.put('note', 'airalo', 'short', LONG_MS);
      expect(await registry.get('token', 'airalo')).toEqual(value);
      await registry.put('token', 'airalo', false, LONG_MS);
      expect(await registry.get('token', 'airalo')).toBe(false);
      expect(await registry.get('note', 'airalo')).toBe('short');
      expect(await registry.get('note', 'other')).toBeUndefined();
      expect(await (await under.reopen()).registry.get('note', 'airalo')).toBe('short');
    });

    test('forgets a value past its end', async () => {
      const { registry } = under.store;
      await registry.put('claim', 'one', true, SHORT_MS);
      expect(await registry.get('claim', 'one')).toBe(true);
      await under.advance(SHORT_MS);
      expect(await registry.get('claim', 'one')).toBeUndefined();
      expect(await registry.delete('claim', 'one')).toBe(false);
    });

    test('of values put side by side each finds its key, and the latest of one key stands', async () => {
      const { registry } = under.store;
      await Promise.all(
        ['first', 'second', 'third'].flatMap((value, turn) => [
          registry.put('note', 'same', value, LONG_MS),
          registry.put('note', `own-${turn}`, { value }, LONG_MS),
        ]),
      );
      expect(await registry.get('note', 'same')).toBe('third');
      expect(await registry.get('note', 'own-1')).toEqual({ value: 'second' });
    });

    test('lets one of many claim a free key', async () => {
      const other = await under.another();
      const asked = Array.from({ length: 20 }, (_, turn) =>
        (turn % 2 ? under.store : other).registry.putIfAbsent('claim', 'one', turn, LONG_MS),
      );
      const claimed = await Promise.all(asked);
      expect(claimed.filter(Boolean)).toHaveLength(1);
      expect(await other.registry.get('claim', 'one')).toBe(claimed.indexOf(true));
    });

    test('treats a claim past its end as free, and a deleted one', async () => {
      const { registry } = under.store;
      expect(await registry.putIfAbsent('claim', 'one', 1, SHORT_MS)).toBe(true);
      expect(await registry.putIfAbsent('claim', 'one', 2, SHORT_MS)).toBe(false);
      await under.advance(SHORT_MS);
      expect(await registry.putIfAbsent('claim', 'one', 3, LONG_MS)).toBe(true);
      expect(await registry.get('claim', 'one')).toBe(3);
      expect(await registry.delete('claim', 'one')).toBe(true);
      expect(await registry.delete('claim', 'one')).toBe(false);
      expect(await registry.putIfAbsent('claim', 'one', 4, LONG_MS)).toBe(true);
    });
  });

  describe(`${name}: audit log`, () => {
    each();

    test('lists newest first, for everybody or for one asker, up to the limit', async () => {
      const { store, clock } = under;
      const events = Array.from(
        { length: 6 },
        (_, turn): AuditEvent => ({
          at: clock.now() + turn,
          asker: turn % 2 ? 'slack:U1' : 'discord:2',
          place: 'C1',
          iccidMasked: '…0019',
          outcome: `fresh-${turn}`,
        }),
      );
      for (const event of events) await store.audit.append(event);
      const reopened = await under.reopen();
      expect(await reopened.audit.recent({ limit: 4 })).toEqual(events.toReversed().slice(0, 4));
      expect(await reopened.audit.recent({ asker: 'slack:U1', limit: 10 })).toEqual(
        events.filter((event) => event.asker === 'slack:U1').toReversed(),
      );
      expect(await reopened.audit.recent({ asker: 'nobody', limit: 10 })).toEqual([]);
    });
  });
}
