import type { Clock } from '../../clock.ts';
import type { Engine } from '../engine.ts';
import {
  type CallGate,
  type Consumer,
  type JobContext,
  type JobOutcome,
  type Outbox,
  type OutboxJob,
  type ReadingHistory,
  type Registry,
  type Store,
  type StoredJob,
  StoreError,
} from '../ports.ts';
import type { Codec } from './codec.ts';

/** A job that cannot be opened is looked at again so much later: an instance that has the key may take it meanwhile. */
const LOOK_AGAIN_MS = 5 * 60_000;

/**
 * The ports of an engine with names and values sealed before they are written: keyed hashes for names, which may hold an ICCID; sealed
 * payloads of jobs (response URLs, interaction tokens) and values of the registry (the Airalo token, notes of cards, names of eSIMs).
 * The audit has masked numbers only, the history figures whose eSIM nobody can tell without the key.
 */
export function sealPorts(
  { gate, outbox, registry, history }: Engine,
  codec: Codec,
  clock: Clock,
): Pick<Store, 'gate' | 'outbox' | 'registry' | 'history'> {
  return {
    gate: sealGate(gate, codec),
    outbox: sealOutbox(outbox, codec, clock),
    registry: sealRegistry(registry, codec),
    history: sealHistory(history, codec),
  };
}

function sealGate(gate: CallGate, codec: Codec): CallGate {
  const nameOf = (key: string) => codec.name('gate', key);
  return {
    tryAcquire: (key, leaseMs) => gate.tryAcquire(nameOf(key), leaseMs),
    settle: (key, token, openAt) => gate.settle(nameOf(key), token, openAt),
    release: (key, token) => gate.release(nameOf(key), token),
    peek: (key) => gate.peek(nameOf(key)),
  };
}

function sealHistory(history: ReadingHistory, codec: Codec): ReadingHistory {
  const nameOf = (iccid: string) => codec.name('history', iccid);
  return {
    append: (iccid, point) => history.append(nameOf(iccid), point),
    since: (iccid, from, limit) => history.since(nameOf(iccid), from, limit),
  };
}

function sealOutbox(outbox: Outbox, codec: Codec, clock: Clock): Outbox {
  // The place is sealed in: a payload moved to another job's row does not open there.
  const placeOf = (id: string) => `outbox ${id}`;
  /** One that cannot be opened hides none of the others. */
  function opened<Job extends StoredJob>(job: Job): Job {
    try {
      return { ...job, payload: codec.open(job.payload, placeOf(job.id)) };
    } catch (error) {
      if (error instanceof StoreError) return { ...job, payload: null, unreadable: true };
      throw error;
    }
  }
  return {
    enqueue: (job) => outbox.enqueue({ ...job, payload: codec.close(job.payload, placeOf(job.id)) }),
    consume(type, handle, options): Consumer {
      const handleSealed = async (stored: OutboxJob, context: JobContext): Promise<JobOutcome> => {
        const job: StoredJob = opened<StoredJob>(stored);
        if (job.unreadable) return leave(job);
        return handle(job, {
          attempt: context.attempt,
          get signal() {
            return context.signal;
          },
          savePayload: (payload) => context.savePayload(codec.close(payload, placeOf(job.id))),
        });
      };
      return outbox.consume(type, handleSealed, options);
    },
    find: async (id) => {
      const job = await outbox.find(id);
      return job && opened(job);
    },
    cancel: (id) => outbox.cancel(id),
    hasten: (id, runAt) => outbox.hasten(id, runAt),
    postpone: (id, runAt, payload) =>
      payload === undefined
        ? outbox.postpone(id, runAt)
        : outbox.postpone(id, runAt, codec.close(payload, placeOf(id))),
    finish: (id) => outbox.finish(id),
    pendingOf: async (owner) => (await outbox.pendingOf(owner)).map(opened),
    dead: async (limit) => (await outbox.dead(limit)).map(opened),
    redrive: (id, deadline) => outbox.redrive(id, deadline),
    drop: (id) => outbox.drop(id),
    depth: () => outbox.depth(),
  };

  function leave(job: OutboxJob): JobOutcome {
    const now = clock.now();
    // Nobody can be told, for whom to tell is what is sealed.
    if (now >= job.deadline)
      return { kind: 'dead', reason: 'Sealed with a key that STORE_KEY does not hold, or damaged' };
    return { kind: 'defer', runAt: Math.max(now, job.runAt) + LOOK_AGAIN_MS };
  }
}

function sealRegistry(registry: Registry, codec: Codec): Registry {
  const nameOf = (kind: string, key: string) => codec.name(`registry ${kind}`, key);
  const contextOf = (kind: string, name: string) => `registry ${kind} ${name}`;
  return {
    async get(kind, key) {
      const name = nameOf(kind, key);
      const stored = await registry.get(kind, name);
      return stored === undefined ? undefined : codec.open(stored, contextOf(kind, name));
    },
    put(kind, key, value, ttlMs) {
      const name = nameOf(kind, key);
      return registry.put(kind, name, codec.close(value, contextOf(kind, name)), ttlMs);
    },
    putIfAbsent(kind, key, value, ttlMs) {
      const name = nameOf(kind, key);
      return registry.putIfAbsent(kind, name, codec.close(value, contextOf(kind, name)), ttlMs);
    },
    delete: (kind, key) => registry.delete(kind, nameOf(kind, key)),
  };
}
