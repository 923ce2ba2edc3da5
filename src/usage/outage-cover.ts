import { LRUCache } from 'lru-cache';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { roomFor } from '../room-for.ts';
import {
  type CallGate,
  type CallPace,
  type Registry,
  type Snapshot,
  type SnapshotCache,
  type Store,
  StoreError,
} from '../storage/ports.ts';

/** The ports a lookup needs. The outbox is not among them: a promise is made durable or not at all. */
export type CoveredPorts = Pick<Store, 'snapshots' | 'gate' | 'pace' | 'registry'>;

/** An outage fails every question; the log says so once a minute. */
const COMPLAIN_EVERY_MS = 60_000;
/** Some megabytes at the most, however long the outage lasts. */
const MAX_ENTRIES = 10_000;

/**
 * Lets lookups go on while the store is out of order, under the rules of this process alone: what Airalo last
 * said about an eSIM is also kept in memory, so that even then nobody asks before he may. `memory` is that cover; the
 * store leads again by itself with its next success.
 */
export function coverOutages(
  store: CoveredPorts,
  memoryGate: CallGate,
  { clock, log }: { readonly clock: Clock; readonly log: Log },
): CoveredPorts {
  let complainedAt = Number.NEGATIVE_INFINITY;

  async function covered<T>(primary: () => Promise<T>, cover: () => T | Promise<T>): Promise<T> {
    try {
      return await primary();
    } catch (error) {
      // A bug of ours is no outage: it must be seen, not covered.
      if (!(error instanceof StoreError)) throw error;
      // Less than nothing: the clock was put back.
      if (!(clock.now() - complainedAt >= 0 && clock.now() - complainedAt < COMPLAIN_EVERY_MS)) {
        complainedAt = clock.now();
        log.error(
          { err: error },
          'The store is out of order; lookups go on from memory, promises are not made',
        );
      }
      return cover();
    }
  }

  return {
    snapshots: coverSnapshots(store.snapshots, covered),
    gate: coverGate(store.gate, memoryGate, covered, clock),
    pace: coverPace(store.pace, covered, clock),
    registry: coverRegistry(store.registry, covered, clock),
  };
}

type Covered = <T>(primary: () => Promise<T>, cover: () => T | Promise<T>) => Promise<T>;

function coverSnapshots(snapshots: SnapshotCache, covered: Covered): SnapshotCache {
  // What was read while the store was away, until the store has something newer.
  const unsaved = new LRUCache<string, Snapshot>(roomFor(MAX_ENTRIES));
  return {
    async get(iccid) {
      const stored = await covered(
        () => snapshots.get(iccid),
        () => undefined,
      );
      const kept = unsaved.get(iccid);
      // The store may come back with what it held before the outage.
      return kept && (!stored || kept.asOf > stored.asOf) ? kept : stored;
    },
    put: (iccid, snapshot) =>
      covered(
        async () => {
          await snapshots.put(iccid, snapshot);
          unsaved.delete(iccid);
        },
        () => void unsaved.set(iccid, snapshot),
      ),
  };
}

function coverGate(gate: CallGate, memory: CallGate, covered: Covered, clock: Clock): CallGate {
  /** Tokens given out by the memory gate, so that each is settled where it was got. */
  const ofMemory = new Set<string>();
  /** Windows, by key, that the store has not heard of: it is told before it is asked again. */
  const untold = new LRUCache<string, number>(roomFor(MAX_ENTRIES));
  const tell = (key: string, openAt: number) =>
    covered(
      async () => {
        await closeIn(gate, key, openAt, clock);
        untold.delete(key);
      },
      () => void untold.set(key, openAt),
    );
  const untoldClosed = (key: string) => {
    const openAt = untold.get(key) ?? 0;
    return openAt > clock.now() ? ({ state: 'closed', openAt } as const) : undefined;
  };
  const closeInMemory = async (key: string, openAt: number) => {
    const taken = await memory.tryAcquire(key, 1);
    if (taken.state === 'leader') await memory.settle(key, taken.token, openAt);
  };
  return {
    async tryAcquire(key, leaseMs) {
      // The store would say "open" for a window it has never heard of.
      const closed = untoldClosed(key);
      if (closed) {
        await tell(key, closed.openAt);
        return closed;
      }
      return covered(
        () => gate.tryAcquire(key, leaseMs),
        async () => {
          const decision = await memory.tryAcquire(key, leaseMs);
          if (decision.state === 'leader') ofMemory.add(decision.token);
          return decision;
        },
      );
    },
    async settle(key, token, openAt) {
      // Got from memory, so the store does not know the token; it hears of the window as soon as it can.
      if (ofMemory.delete(token)) {
        await memory.settle(key, token, openAt);
        await tell(key, openAt);
        return true;
      }
      // Kept here too: the store may be gone when the next one asks.
      await closeInMemory(key, openAt);
      return covered(
        () => gate.settle(key, token, openAt),
        () => {
          untold.set(key, openAt);
          return true;
        },
      );
    },
    release: (key, token) =>
      ofMemory.delete(token)
        ? memory.release(key, token)
        : covered(
            () => gate.release(key, token),
            () => undefined,
          ),
    peek: async (key) =>
      untoldClosed(key) ??
      covered(
        () => gate.peek(key),
        () => memory.peek(key),
      ),
  };
}

async function closeIn(gate: CallGate, key: string, openAt: number, clock: Clock): Promise<void> {
  // Refused where another process holds or has closed it: its window is as good as ours.
  const taken = await gate.tryAcquire(key, Math.max(1, openAt - clock.now()));
  if (taken.state === 'leader') await gate.settle(key, taken.token, openAt);
}

function coverPace(pace: CallPace, covered: Covered, clock: Clock): CallPace {
  const nextAt = new Map<string, number>();
  return {
    reserve: (key, intervalMs, maxWaitMs) =>
      covered(
        () => pace.reserve(key, intervalMs, maxWaitMs),
        () => {
          const now = clock.now();
          const next = nextAt.get(key) ?? now;
          // No booking reaches further: the clock was put back since, and the row says nothing.
          const startAt = next - now > maxWaitMs + intervalMs ? now : Math.max(next, now);
          if (startAt - now > maxWaitMs) return { kind: 'busy', freeAt: startAt };
          nextAt.set(key, startAt + intervalMs);
          return { kind: 'slot', startAt };
        },
      ),
  };
}

function coverRegistry(registry: Registry, covered: Covered, clock: Clock): Registry {
  const kept = new LRUCache<string, { readonly value: unknown; readonly endsAt: number }>(
    roomFor(MAX_ENTRIES),
  );
  const live = (id: string) => {
    const entry = kept.get(id);
    return entry && entry.endsAt > clock.now() ? entry : undefined;
  };
  const idOf = (kind: string, key: string) => `${kind}\n${key}`;
  return {
    get: (kind, key) =>
      live(idOf(kind, key))
        ? Promise.resolve(live(idOf(kind, key))?.value)
        : covered(
            () => registry.get(kind, key),
            () => undefined,
          ),
    put: (kind, key, value, ttlMs) =>
      covered(
        async () => {
          await registry.put(kind, key, value, ttlMs);
          kept.delete(idOf(kind, key));
        },
        () => void kept.set(idOf(kind, key), { value, endsAt: clock.now() + ttlMs }),
      ),
    putIfAbsent: (kind, key, value, ttlMs) =>
      covered(
        () => registry.putIfAbsent(kind, key, value, ttlMs),
        () => {
          // Across processes a question may be answered twice during an outage; in this one it is not.
          if (live(idOf(kind, key))) return false;
          kept.set(idOf(kind, key), { value, endsAt: clock.now() + ttlMs });
          return true;
        },
      ),
    delete: (kind, key) => {
      const wasKept = kept.delete(idOf(kind, key));
      return covered(
        () => registry.delete(kind, key),
        () => wasKept,
      );
    },
  };
}
