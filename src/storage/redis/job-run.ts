import { DelayedError, type Job, type Queue, UnrecoverableError } from 'bullmq';
import { backoffDelayMs } from '../backoff.ts';
import { LeaseLostError } from '../lease-lost.ts';
import type { ConsumerOptions, JobContext, JobOutcome, OutboxJob } from '../ports.ts';
import type { RedisConnection } from './connection.ts';
import { regainLock } from './dead-locks.ts';
import { asStoreError } from './faults.ts';
import { attemptsOf, type JobRecord, outboxJob } from './job-record.ts';

/** What one run of one job needs. */
export interface JobRunParts {
  /** For questions: answers or fails within two seconds. */
  readonly redis: RedisConnection;
  readonly queue: Queue;
  handle(job: OutboxJob, context: JobContext): Promise<JobOutcome>;
  readonly options: ConsumerOptions;
  /** The job has got another instant. */
  moved(job: OutboxJob): Promise<void>;
}

/** A job that a worker has taken. */
export interface TakenJob {
  readonly job: Job;
  readonly record: JobRecord;
  /** Of its lock. */
  readonly token: string;
  /** Tells the handler that somebody else may have the job. */
  readonly abort: AbortController;
}

type Save = (changes: Partial<JobRecord>) => Promise<JobRecord>;

/**
 * Runs the handler under the lock and writes down how it ended. Resolves for a job that is done; throws what BullMQ takes for
 * "moved by the handler" or "failed for good".
 */
export async function runJob(taken: TakenJob, parts: JobRunParts): Promise<void> {
  const { job, record, abort } = taken;
  const id = job.id ?? '';
  const attempt = attemptsOf(job, record);
  let current = record;
  const save: Save = async (changes) => {
    // A write under a lease that is lost would undo what the new holder wrote.
    const held = await holdLease(taken, parts);
    current = { ...current, ...changes };
    await held.updateData(current);
    return current;
  };
  const savePayload = async (payload: unknown) => void (await save({ payload: payload ?? null }));
  // The handler never ends the worker: what it throws is an outcome as well.
  const outcome = await parts
    .handle(outboxJob(job, record), { attempt, signal: abort.signal, savePayload })
    .catch((error: unknown): JobOutcome => {
      parts.options.onError(error, id);
      return { kind: 'retry', error: error instanceof Error ? error.name : 'unknown' };
    });
  try {
    await writeDown(taken, outcome, attempt, save, parts);
  } catch (error) {
    if (error instanceof LeaseLostError) parts.options.onError(error, id);
    throw error;
  }
}

/** How it ended; under a lease that is lost nothing is written. */
async function writeDown(
  { job, token, record }: TakenJob,
  outcome: JobOutcome,
  attempt: number,
  save: Save,
  { options, moved }: JobRunParts,
): Promise<void> {
  switch (outcome.kind) {
    case 'done':
      // It held a token or a URL, which are secrets.
      await save({ payload: null, done: true });
      return;
    case 'defer': {
      const { runAt } = outcome;
      const changed = await save({ runAt, dueAt: runAt, uncounted: record.uncounted + 1 });
      await moved(outboxJob(job, changed));
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
export async function giveBack(job: Job, record: JobRecord, token: string): Promise<never> {
  await job.updateData({ ...record, uncounted: record.uncounted + 1 });
  return putOff(job, token, record.dueAt);
}

async function putOff(job: Job, token: string, until: number): Promise<never> {
  await job.moveToDelayed(Math.round(until), token);
  // BullMQ's way of being told that the job was moved by the handler itself: neither done nor failed.
  throw new DelayedError();
}

/** True when the job is still this run's, under a lock that lives on. */
export function regain(
  { redis, queue, options }: Pick<JobRunParts, 'redis' | 'queue' | 'options'>,
  jobId: string,
  token: string,
): Promise<boolean> {
  return regainLock(redis, { type: queue.name, jobId, token, lockMs: options.visibilityMs });
}

/** The job, under a lease that has just been renewed. */
async function holdLease({ job, token, abort }: TakenJob, parts: JobRunParts): Promise<Job> {
  const id = job.id ?? '';
  if (!abort.signal.aborted) {
    const own = await ownJob(parts.queue, id);
    if (await regain(parts, id, token)) return own;
  }
  const lost = new LeaseLostError(id);
  abort.abort(lost);
  throw lost;
}

/** Over the questions' connection, which answers or fails within two seconds and outlives the worker. */
async function ownJob(queue: Queue, id: string): Promise<Job> {
  const job = await queue.getJob(id).catch((error: unknown) => {
    throw asStoreError(error);
  });
  if (!job) throw new LeaseLostError(id);
  return job;
}
