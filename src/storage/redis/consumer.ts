import { type Job, UnrecoverableError, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { endsWithin, systemClock } from '../../clock.ts';
import { LeaseLostError } from '../lease-lost.ts';
import type { Consumer } from '../ports.ts';
import { PREFIX } from './connection.ts';
import { asStoreError } from './faults.ts';
import { recordOf } from './job-record.ts';
import { giveBack, type JobRunParts, regain, runJob } from './job-run.ts';

/** What a BullMQ worker of ours is made from. */
export interface ConsumerParts extends JobRunParts {
  /** Of the worker alone. */
  readonly client: Redis;
  /** Makes the worker's id known; only then it takes locks. */
  announce(): Promise<void>;
}

/** A consumer, and what the liveness of instances needs of it. */
export interface RedisConsumer extends Consumer {
  /** Stands before the colon of every lock of it. */
  readonly workerId: string;
  /** Looks at once for jobs without a lock. */
  takeStalled(): void;
  /** Renews the lock of every running job at once, or tells its handler that it is lost. */
  checkLeases(): void;
}

/** However often workers die under a job, it is never given up for that: BullMQ would after one. */
const STALLED_OFTEN = Number.MAX_SAFE_INTEGER;
/** A dead worker's job is found within the lease and this part of it. */
const STALLED_CHECK_PART = 0.4;
/** How often a stopping consumer looks whether its jobs have ended. */
const POLL_MS = 20;
/** Within the two seconds in which every call to the store answers or fails. */
const CLOSE_MS = 1_500;

/** Runs jobs on a BullMQ worker, whose lock is the lease: renewed while the handler runs, lost when the process dies. */
export function startConsumer(parts: ConsumerParts): RedisConsumer {
  const { queue, client, options } = parts;
  const { visibilityMs } = options;
  const running = new Map<string, { readonly token: string; readonly abort: AbortController }>();
  let stopping = false;
  let stopped = false;
  const worker = new Worker(queue.name, (job, token = '') => run(job, token), {
    connection: client,
    prefix: PREFIX,
    concurrency: options.concurrency,
    autorun: false,
    // BullMQ renews the lock at half of it by itself while the handler runs.
    lockDuration: visibilityMs,
    // BullMQ's own 30 s would eat a good part of the quarter of an hour that an interaction's token lives.
    stalledInterval: Math.max(50, Math.round(visibilityMs * STALLED_CHECK_PART)),
    maxStalledCount: STALLED_OFTEN,
  });
  worker.on('error', (error) => {
    // The loss of a lease is told by whoever notices it, with its job.
    if (!stopped && !/^(Missing lock|could not renew lock)/.test(error.message))
      options.onError(asStoreError(error), undefined);
  });
  worker.on('lockRenewalFailed', (ids) => {
    for (const id of ids) void checkLease(id);
  });

  /** The handler is told when somebody else may have its job. */
  async function checkLease(id: string): Promise<void> {
    const run = running.get(id);
    if (!run) return;
    // While Redis is away nobody can take it either: the next renewal asks again.
    const held = await regain(parts, id, run.token).catch(() => true);
    if (!held) run.abort.abort(new LeaseLostError(id));
  }

  async function run(job: Job, token: string): Promise<void> {
    const record = recordOf(job);
    if (!record) throw new UnrecoverableError('The stored job cannot be read');
    if (record.done) return;
    // BullMQ may still take one that it was waiting for when it was told to stop: that one is given back.
    if (stopping) return giveBack(job, record, token);
    const id = job.id ?? '';
    const abort = new AbortController();
    running.set(id, { token, abort });
    try {
      await runJob({ job, record, token, abort }, parts);
    } finally {
      running.delete(id);
    }
  }

  async function begin(): Promise<void> {
    await parts.announce();
    if (!stopping) await worker.run();
  }
  // The list of workers is complete when this function has returned.
  queueMicrotask(
    () => void begin().catch((error: unknown) => options.onError(asStoreError(error), undefined)),
  );

  return {
    workerId: worker.id,
    takeStalled() {
      // BullMQ's check runs at once when its timer is started anew.
      if (!stopping) void worker.startStalledCheckTimer().catch(() => undefined);
    },
    checkLeases() {
      for (const id of running.keys()) void checkLease(id);
    },
    async stop(drainMs) {
      stopping = true;
      await worker.pause(true);
      const giveUpAt = systemClock.now() + drainMs;
      while (running.size > 0 && systemClock.now() < giveUpAt) await systemClock.sleep(POLL_MS);
      stopped = true;
      for (const [id, { abort }] of running) abort.abort(new LeaseLostError(id));
      // Without Redis it would wait for it.
      await endsWithin(systemClock, worker.close(running.size > 0), CLOSE_MS);
      client.disconnect();
    },
  };
}
