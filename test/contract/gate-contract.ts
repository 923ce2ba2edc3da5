import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CallGate } from '../../src/storage/ports.ts';
import type { GateUnderTest } from './store-under-test.ts';

const LEASE_MS = 600;
const LONG_MS = 60_000;
const KEY = 'usage:8910000000001000019';

/** What every `CallGate` keeps: one winner, a lease that can be lost, a window that opens by itself. */
export function describeGate(name: string, open: () => Promise<GateUnderTest>): void {
  describe(`${name}: call gate`, () => {
    let under: GateUnderTest;
    beforeEach(async () => {
      under = await open();
    });
    afterEach(() => under.cleanUp());

    async function lead(gate: CallGate, leaseMs = LONG_MS): Promise<string> {
      const decision = await gate.tryAcquire(KEY, leaseMs);
      if (decision.state !== 'leader') throw new Error(`Expected to lead, but it is ${decision.state}`);
      return decision.token;
    }

    test('has one winner among many who ask at once', async () => {
      const { gate, other } = under;
      const asked = Array.from({ length: 24 }, (_, turn) =>
        (turn % 2 ? gate : other).tryAcquire(KEY, LONG_MS),
      );
      const states = (await Promise.all(asked)).map((decision) => decision.state);
      expect(states.filter((state) => state === 'leader')).toHaveLength(1);
      expect(states.filter((state) => state === 'in-flight')).toHaveLength(23);
    });

    test('lets hundreds of different keys be taken, settled and given back in one instant, each for itself', async () => {
      const { gate } = under;
      const keys = Array.from({ length: 600 }, (_, index) => `usage:many-${index}`);
      const taken = await Promise.all(keys.flatMap((key) => [0, 1].map(() => gate.tryAcquire(key, LONG_MS))));
      const tokens = taken.flatMap((decision) => (decision.state === 'leader' ? [decision.token] : []));
      expect(tokens).toHaveLength(keys.length);
      const openAt = under.clock.now() + LONG_MS;
      const ended = await Promise.all(
        keys.map(async (key, index) => {
          const token = tokens[index] ?? '';
          if (index % 3 === 0) return gate.release(key, token);
          return Promise.all([gate.settle(key, 'not the holder', openAt), gate.settle(key, token, openAt)]);
        }),
      );
      expect(ended[1]).toEqual([false, true]);
      const states = await Promise.all(keys.map(async (key) => (await gate.peek(key)).state));
      expect(states).toEqual(keys.map((_, index) => (index % 3 === 0 ? 'open' : 'closed')));
    });

    test('tells the others that a call is under way and until when its lease lasts', async () => {
      const before = under.clock.now();
      await lead(under.gate);
      for (const state of [await under.other.tryAcquire(KEY, LONG_MS), await under.other.peek(KEY)]) {
        expect(state.state).toBe('in-flight');
        if (state.state !== 'in-flight') continue;
        expect(state.leaseUntil).toBeGreaterThanOrEqual(before + LONG_MS - 5);
        expect(state.leaseUntil).toBeLessThanOrEqual(under.clock.now() + LONG_MS + 5);
      }
    });

    test('is closed until the instant it was settled with, and then open', async () => {
      const token = await lead(under.gate);
      const openAt = under.clock.now() + LEASE_MS;
      expect(await under.gate.settle(KEY, token, openAt)).toBe(true);
      expect(await under.other.peek(KEY)).toEqual({ state: 'closed', openAt });
      expect(await under.other.tryAcquire(KEY, LONG_MS)).toEqual({ state: 'closed', openAt });
      await under.advance(LEASE_MS);
      expect(await under.other.peek(KEY)).toEqual({ state: 'open' });
      await lead(under.other);
    });

    test('opens when the lease of a leader who died runs out', async () => {
      await lead(under.gate, LEASE_MS);
      expect((await under.other.tryAcquire(KEY, LONG_MS)).state).toBe('in-flight');
      await under.advance(LEASE_MS);
      await lead(under.other);
    });

    test('does not let a leader who lost the lease settle; the window of the new holder stands', async () => {
      const late = await lead(under.gate, LEASE_MS);
      await under.advance(LEASE_MS);
      const current = await lead(under.other);
      expect(await under.gate.settle(KEY, late, under.clock.now() + 1)).toBe(false);
      expect((await under.gate.peek(KEY)).state).toBe('in-flight');
      const openAt = under.clock.now() + LONG_MS;
      expect(await under.other.settle(KEY, current, openAt)).toBe(true);
      expect(await under.gate.settle(KEY, late, under.clock.now() + 1)).toBe(false);
      expect(await under.gate.peek(KEY)).toEqual({ state: 'closed', openAt });
    });

    test('settles a lease once only', async () => {
      const token = await lead(under.gate);
      const openAt = under.clock.now() + LONG_MS;
      expect(await under.gate.settle(KEY, token, openAt)).toBe(true);
      expect(await under.gate.settle(KEY, token, openAt + LONG_MS)).toBe(false);
      expect(await under.gate.peek(KEY)).toEqual({ state: 'closed', openAt });
    });

    test('opens at once when the lease is given back', async () => {
      const token = await lead(under.gate);
      await under.gate.release(KEY, token);
      expect(await under.other.peek(KEY)).toEqual({ state: 'open' });
      await lead(under.other);
    });

    test('ignores a release by somebody who does not hold the lease', async () => {
      const late = await lead(under.gate, LEASE_MS);
      await under.advance(LEASE_MS);
      const current = await lead(under.other);
      await under.gate.release(KEY, late);
      expect((await under.gate.peek(KEY)).state).toBe('in-flight');
      await under.other.settle(KEY, current, under.clock.now() + LONG_MS);
      await under.other.release(KEY, current);
      expect((await under.gate.peek(KEY)).state).toBe('closed');
    });

    test('is open at once when settled with an instant in the past', async () => {
      const token = await lead(under.gate);
      expect(await under.gate.settle(KEY, token, under.clock.now() - 1)).toBe(true);
      expect(await under.other.peek(KEY)).toEqual({ state: 'open' });
      await lead(under.other);
    });

    test('keeps each key apart', async () => {
      await lead(under.gate);
      expect((await under.gate.tryAcquire('usage:8910000000001000027', LONG_MS)).state).toBe('leader');
      expect(await under.gate.peek('usage:8910000000001000035')).toEqual({ state: 'open' });
    });

    test('does not take the lease by looking', async () => {
      expect(await under.gate.peek(KEY)).toEqual({ state: 'open' });
      await lead(under.other);
    });
  });
}
