import { DelayedError, type Job, type Queue, UnrecoverableError, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { endsWithin, systemClock } from '../../clock.ts';
import { backoffDelayMs } from '../backoff.ts';
import { LeaseLostError } from '../lease-lost.ts';
import type { Consumer, ConsumerOptions, JobContext, JobOutcome, OutboxJob } from '../ports.ts';
import { PREFIX, type RedisConnection } from './connection.ts';
import { regainLock } from './dead-locks.ts';
import { asStoreError } from './faults.ts';
import { attemptsOf, type JobRecord, outboxJob, recordOf } from './job-record.ts';

/** What a BullMQ worker of ours is made from. */
export interface ConsumerParts {
  /** For questions: answers or fails within two seconds. */
  readonly redis: RedisConnection;
  readonly queue: Queue;
  /** Of the worker alone. */
  readonly client: Redis;
  handle(job: OutboxJob, context: JobContext): Promise<JobOutcome>;
  readonly options: ConsumerOptions;
  /** Makes the worker's id known; only then it takes locks. */
  announce(): Promise<void>;
  /** The job has got another instant. */
  moved(job: OutboxJob): Promise<void>;
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
    const held = await regain(id, run.token).catch(() => true);
    if (!held) run.abort.abort(new LeaseLostError(id));
  }

  function regain(jobId: string, token: string): Promise<boolean> {
    return regainLock(parts.redis, { type: queue.name, jobId, token, lockMs: visibilityMs });
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
      await work(job, record, token, abort);
    } finally {
      running.delete(id);
    }
  }

  async function work(job: Job, record: JobRecord, token: string, abort: AbortController): Promise<void> {
    const id = job.id ?? '';
    const attempt = attemptsOf(job, record);
    let current = record;
    const save = async (changes: Partial<JobRecord>) => {
      // A write under a lease that is lost would undo what the new holder wrote.
      const held = await holdLease(id, token, abort);
      current = { ...current, ...changes };
      await held.updateData(current);
      return current;
    };
    const savePayload = async (payload: unknown) => void (await save({ payload: payload ?? null }));
    // The handler never ends the worker: what it throws is an outcome as well.
    const outcome = await parts
      .handle(outboxJob(job, record), { attempt, signal: abort.signal, savePayload })
      .catch((error: unknown): JobOutcome => {
        options.onError(error, id);
        return { kind: 'retry', error: error instanceof Error ? error.name : 'unknown' };
      });
    try {
      await end(job, token, attempt, outcome, save);
    } catch (error) {
      if (error instanceof LeaseLostError) options.onError(error, id);
      throw error;
    }
  }

  /** Writes down how it ended; under a lease that is lost nothing is written. */
  async function end(
    job: Job,
    token: string,
    attempt: number,
    outcome: JobOutcome,
    save: (changes: Partial<JobRecord>) => Promise<JobRecord>,
  ): Promise<void> {
    const { uncounted } = recordOf(job) ?? { uncounted: 0 };
    switch (outcome.kind) {
      case 'done':
        // It held a token or a URL, which are secrets.
        await save({ payload: null, done: true });
        return;
      case 'defer': {
        const { runAt } = outcome;
        const record = await save({ runAt, dueAt: runAt, uncounted: uncounted + 1 });
        await parts.moved(outboxJob(job, record));
        return putOff(job, token, runAt);
      }
      case 'retry': {
        const dueAt = Math.max(Date.now() + backoffDelayMs(options.backoff, attempt), outcome.notBefore ?? 0);
        // `runAt` stays what was promised to the person; `dueAt` is only when we look again.
        await save({ dueAt });
        return putOff(job, token, dueAt);
      }
      // BullMQ's own way into the failed set, past whatever attempts are left.
      case 'dead':
        await save({});
        throw new UnrecoverableError(outcome.reason);
      default:
        return outcome satisfies never;
    }
  }

  /** As it was: the start counts as no attempt. */
  async function giveBack(job: Job, record: JobRecord, token: string): Promise<never> {
    await job.updateData({ ...record, uncounted: record.uncounted + 1 });
    return putOff(job, token, record.dueAt);
  }

  async function putOff(job: Job, token: string, until: number): Promise<never> {
    await job.moveToDelayed(Math.round(until), token);
    // BullMQ's way of being told that the job was moved by the handler itself: neither done nor failed.
    throw new DelayedError();
  }

  /** Over the questions' connection, which answers or fails within two seconds and outlives the worker. */
  async function ownJob(id: string): Promise<Job> {
    const job = await queue.getJob(id).catch((error: unknown) => {
      throw asStoreError(error);
    });
    if (!job) throw new LeaseLostError(id);
    return job;
  }

  /** The job, under a lease that has just been renewed. */
  async function holdLease(id: string, token: string, abort: AbortController): Promise<Job> {
    if (!abort.signal.aborted) {
      const job = await ownJob(id);
      if (await regain(id, token)) return job;
    }
    const lost = new LeaseLostError(id);
    abort.abort(lost);
    throw lost;
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
