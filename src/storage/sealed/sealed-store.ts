import type { Consumer, JobContext, Outbox, OutboxJob, Registry, Store } from '../ports.ts';
import type { Seal } from './seal.ts';

/**
 * Any engine, with what holds secrets sealed before it is written: payloads of jobs (response URLs, interaction tokens) and values of the
 * registry (the Airalo token, notes of cards). Readings, gates and the audit hold none.
 */
export function sealStore(store: Store, seal: Seal): Store {
  return {
    kind: store.kind,
    snapshots: store.snapshots,
    gate: store.gate,
    pace: store.pace,
    audit: store.audit,
    history: store.history,
    outbox: sealOutbox(store.outbox, seal),
    registry: sealRegistry(store.registry, seal),
    health: () => store.health(),
    prune: () => store.prune(),
    close: () => store.close(),
  };
}

function sealOutbox(outbox: Outbox, seal: Seal): Outbox {
  // The place is sealed in: a payload moved to another job's row does not open there.
  const placeOf = (id: string) => `outbox ${id}`;
  const opened = <Job extends OutboxJob>(job: Job): Job => ({
    ...job,
    payload: seal.open(job.payload, placeOf(job.id)),
  });
  return {
    enqueue: (job) => outbox.enqueue({ ...job, payload: seal.close(job.payload, placeOf(job.id)) }),
    consume(type, handle, options): Consumer {
      const handleSealed = (job: OutboxJob, context: JobContext) =>
        handle(opened(job), {
          attempt: context.attempt,
          signal: context.signal,
          savePayload: (payload) => context.savePayload(seal.close(payload, placeOf(job.id))),
        });
      return outbox.consume(type, async (job, context) => handleSealed(job, context), options);
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
        : outbox.postpone(id, runAt, seal.close(payload, placeOf(id))),
    finish: (id) => outbox.finish(id),
    pendingOf: async (owner) => (await outbox.pendingOf(owner)).map(opened),
    dead: async (limit) => (await outbox.dead(limit)).map(opened),
    redrive: (id, deadline) => outbox.redrive(id, deadline),
    drop: (id) => outbox.drop(id),
    depth: () => outbox.depth(),
  };
}

function sealRegistry(registry: Registry, seal: Seal): Registry {
  const placeOf = (kind: string, key: string) => `registry ${kind} ${key}`;
  return {
    async get(kind, key) {
      const stored = await registry.get(kind, key);
      return stored === undefined ? undefined : seal.open(stored, placeOf(kind, key));
    },
    put: (kind, key, value, ttlMs) => registry.put(kind, key, seal.close(value, placeOf(kind, key)), ttlMs),
    putIfAbsent: (kind, key, value, ttlMs) =>
      registry.putIfAbsent(kind, key, seal.close(value, placeOf(kind, key)), ttlMs),
    delete: (kind, key) => registry.delete(kind, key),
  };
}
