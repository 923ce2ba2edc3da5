import { randomUUID } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import type { CallGate, GateDecision, GateState } from '../ports.ts';

interface Entry {
  readonly openAt: number;
  /** Set while a lease is held. */
  readonly token?: string;
}

/** As many eSIMs as a support team asks for in a window, many times over; some megabytes at the most. */
const MAX_KEYS = 10_000;
/** What is open is the same as what is missing, and forgotten so often: the windows of weeks would add up. */
const SWEEP_EVERY_MS = 15 * 60_000;

/**
 * The gate of one process, for while the store is out of order: the rule still holds here, though not across
 * processes. Keeps at most `mostKeys`; when all of them are shut, further keys count as closed until the first opens,
 * since to forget one would be to ask too early.
 */
export function createMemoryGate(clock: Clock, mostKeys = MAX_KEYS): CallGate {
  const entries = new Map<string, Entry>();
  let sweepAt = clock.now() + SWEEP_EVERY_MS;

  function stateOf(key: string): GateState {
    const entry = entries.get(key);
    if (!entry || entry.openAt <= clock.now()) return { state: 'open' };
    return entry.token === undefined
      ? { state: 'closed', openAt: entry.openAt }
      : { state: 'in-flight', leaseUntil: entry.openAt };
  }

  function sweep(openSince: number): void {
    for (const [key, { openAt }] of entries) if (openAt <= openSince) entries.delete(key);
  }

  /** The instant at which there is room again, when there is none now. */
  function fullUntil(key: string): number | undefined {
    const now = clock.now();
    if (now >= sweepAt) {
      // A lease that has just run out may still be settled by who holds it.
      sweep(now - SWEEP_EVERY_MS);
      sweepAt = now + SWEEP_EVERY_MS;
    }
    if (entries.size < mostKeys || entries.has(key)) return undefined;
    sweep(now);
    if (entries.size < mostKeys) return undefined;
    return Math.min(...[...entries.values()].map(({ openAt }) => openAt));
  }

  return {
    async tryAcquire(key, leaseMs): Promise<GateDecision> {
      const state = stateOf(key);
      if (state.state !== 'open') return state;
      const openAt = fullUntil(key);
      if (openAt !== undefined) return { state: 'closed', openAt };
      const token = randomUUID();
      entries.set(key, { openAt: clock.now() + leaseMs, token });
      return { state: 'leader', token };
    },
    async settle(key, token, openAt) {
      if (entries.get(key)?.token !== token) return false;
      entries.set(key, { openAt });
      return true;
    },
    async release(key, token) {
      if (entries.get(key)?.token === token) entries.delete(key);
    },
    peek: async (key) => stateOf(key),
  };
}
