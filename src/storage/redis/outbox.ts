import { type Job, Queue } from 'bullmq';
import type { Log } from '../../log.ts';
import { checkJobId } from '../job-id.ts';
import type {
  Consumer,
  ConsumerOptions,
  DeadJob,
  JobContext,
  JobOutcome,
  Outbox,
  OutboxDepth,
  OutboxJob,
} from '../ports.ts';
import { PREFIX, type RedisConnection } from './connection.ts';
import { TYPES } from './dead-locks.ts';
import { attemptsOf, isPending, outboxJob, recordOf } from './job-record.ts';
import { OwnerIndex } from './owner-index.ts';
import { depthOf, lookInto } from './queue-depth.ts';
import { RedisWaitingJobs } from './waiting-jobs.ts';
import type { RedisWorkers } from './workers.ts';

/** As the port says of `pendingOf`. Read in full from the index, then cut. */
const LISTED = 100;
const PRUNE_BATCH = 1_000;
/** A backstop: the app stops its consumers first, with the few seconds that it has. */
const CLOSE_DRAIN_MS = 60_000;

/**
 * A BullMQ queue for each type of job: its delayed set is the schedule, its lock the lease, its failed set the dead letters. Its
 * worker is not used: `RedisJobTable` takes and ends jobs in batches, `RedisWaitingJobs` adds and moves them so.
 * Delivery is at least once: a worker that dies after sending and before saying so leaves a job that is taken again. What
 * keeps people from seeing two answers is the platform's part (an edit, a nonce), not the queue's.
 */
export class RedisOutbox implements Outbox {
  readonly #redis: RedisConnection;
  readonly #log: Log;
  readonly #owners: OwnerIndex;
  readonly #queues = new Map<string, Queue>();
  readonly #waiting: RedisWaitingJobs;
  readonly #workers: RedisWorkers;

  constructor(redis: RedisConnection, log: Log, workers: RedisWorkers) {
    this.#redis = redis;
    this.#log = log;
    this.#workers = workers;
    this.#owners = new OwnerIndex(redis);
    this.#waiting = new RedisWaitingJobs(redis);
  }

  async enqueue(job: OutboxJob): Promise<'added' | 'duplicate'> {
    checkJobId(job.id);
    if (!(await this.#waiting.add(job))) return 'duplicate';
    this.#workers.wakeFor(job.type, job.runAt);
    return 'added';
  }

  consume(
    type: string,
    handle: (job: OutboxJob, context: JobContext) => Promise<JobOutcome>,
    options: ConsumerOptions,
  ): Consumer {
    return this.#workers.start(type, handle, options, (job) => this.#redis.ask(() => this.#owners.move(job)));
  }

  async find(id: string): Promise<OutboxJob | undefined> {
    const job = await this.#jobOf(id);
    const record = job && isPending(job) ? recordOf(job) : undefined;
    return job && record && !record.done ? outboxJob(job.id ?? '', job.name, record) : undefined;
  }

  async cancel(id: string): Promise<boolean> {
    const job = await this.#jobOf(id);
    if (!job || !isPending(job)) return false;
    return this.#redis.ask(async () => {
      if (!['delayed', 'waiting', 'prioritized'].includes(await job.getState())) return false;
      // Refused when a worker has taken it in this very moment.
      return unlessTaken(job.remove());
    });
  }

  async hasten(id: string, runAt: number): Promise<boolean> {
    const job = await this.#jobOf(id);
    const record = job && recordOf(job);
    if (!job || !record || record.done) return false;
    return this.#redis.ask(async () => {
      const state = await job.getState();
      if (state !== 'delayed') return state === 'waiting' || state === 'prioritized';
      if (record.dueAt <= runAt) return true;
      await job.updateData({ ...record, runAt, dueAt: runAt });
      await this.#owners.move(outboxJob(job.id ?? '', job.name, { ...record, runAt, dueAt: runAt }));
      const hastened = await unlessTaken(job.changeDelay(Math.max(0, Math.round(runAt - Date.now()))));
      this.#workers.wakeFor(job.name, runAt);
      return hastened;
    });
  }

  async postpone(id: string, runAt: number, payload?: unknown): Promise<boolean> {
    const changed = payload === undefined ? '' : JSON.stringify(payload);
    const type = await this.#waiting.postpone({ id, runAt, payload: changed });
    if (type !== undefined) this.#workers.wakeFor(type, runAt);
    return type !== undefined;
  }

  /** For a question answered on the spot, whose job was its safety net. */
  finish(id: string): Promise<boolean> {
    return this.#waiting.finish(id);
  }

  async pendingOf(owner: string): Promise<OutboxJob[]> {
    const ids = await this.#redis.ask(() => this.#owners.idsOf(owner));
    const jobs = await Promise.all(ids.map((id) => this.find(id)));
    // The index is mended when it is read: whoever ends a job need not know whose it was.
    const ended = ids.filter((_, place) => jobs[place]?.owner !== owner);
    if (ended.length > 0) await this.#redis.ask(() => this.#owners.remove(owner, ended));
    return jobs
      .flatMap((job) => (job?.owner === owner ? job : []))
      .sort((a, b) => a.runAt - b.runAt)
      .slice(0, LISTED);
  }

  async dead(limit: number): Promise<DeadJob[]> {
    // BullMQ lists failed jobs newest first, so as many of each queue as are wanted of all are enough.
    const found = await this.#eachQueue((queue) => queue.getFailed(0, limit - 1));
    return found
      .flat()
      .flatMap((job): DeadJob[] => {
        const record = recordOf(job);
        if (!record) return [];
        const { failedReason, finishedOn } = job;
        const attempts = attemptsOf(job.attemptsStarted, record);
        return [
          {
            ...outboxJob(job.id ?? '', job.name, record),
            reason: failedReason,
            attempts,
            diedAt: finishedOn ?? 0,
          },
        ];
      })
      .sort((a, b) => b.diedAt - a.diedAt)
      .slice(0, limit);
  }

  async redrive(id: string, deadline: number): Promise<boolean> {
    const job = await this.#deadJob(id);
    const record = job && recordOf(job);
    if (!job || !record) return false;
    return this.#redis.ask(async () => {
      const now = Date.now();
      // Starts of the first life count no more, so that the first attempt of the second is 1 again.
      const again = { ...record, deadline, runAt: now, dueAt: now, uncounted: job.attemptsStarted };
      await job.updateData(again);
      await this.#owners.add(outboxJob(job.id ?? '', job.name, again));
      const back = await unlessTaken(job.retry('failed'));
      this.#workers.wakeFor(job.name, now);
      return back;
    });
  }

  async drop(id: string): Promise<boolean> {
    const job = await this.#deadJob(id);
    if (!job) return false;
    await this.#redis.ask(() => job.remove());
    return true;
  }

  async depth(): Promise<OutboxDepth> {
    return depthOf(await this.#eachQueue(lookInto), Date.now());
  }

  /** Removes what ended longer ago; returns how many. */
  async prune(doneMs: number, deadMs: number): Promise<number> {
    let pruned = 0;
    await this.#eachQueue(async (queue) => {
      for (const [state, ageMs] of [
        ['completed', doneMs],
        ['failed', deadMs],
      ] as const) {
        let removed: string[];
        do {
          // Batch by batch: Redis answers nobody else while it runs one script.
          removed = await queue.clean(ageMs, PRUNE_BATCH, state);
          pruned += removed.length;
        } while (removed.length === PRUNE_BATCH);
      }
    });
    return pruned;
  }

  async close(): Promise<void> {
    await this.#workers.stop(CLOSE_DRAIN_MS);
    await Promise.all([...this.#queues.values()].map((queue) => queue.close().catch(() => undefined)));
  }

  #queueOf(type: string): Queue {
    const known = this.#queues.get(type);
    if (known) return known;
    const queue = new Queue(type, {
      connection: this.#redis.client,
      prefix: PREFIX,
      skipWaitingForReady: true,
    });
    queue.on('error', (error) => this.#log.debug({ err: error }, 'BullMQ reports an error'));
    this.#queues.set(type, queue);
    return queue;
  }

  async #eachQueue<T>(work: (queue: Queue) => Promise<T>): Promise<T[]> {
    return this.#redis.ask(async (redis) => {
      const types = await redis.smembers(TYPES);
      return Promise.all(types.map((type) => work(this.#queueOf(type))));
    });
  }

  async #jobOf(id: string): Promise<Job | undefined> {
    const found = await this.#eachQueue((queue) => queue.getJob(id));
    return found.find((job) => job !== undefined && job !== null);
  }

  async #deadJob(id: string): Promise<Job | undefined> {
    const job = await this.#jobOf(id);
    return job && (await this.#redis.ask(() => job.isFailed())) ? job : undefined;
  }
}

/** True once done; false, which says "too late", for what BullMQ refuses because of the job's state. Anything else is an outage. */
async function unlessTaken(work: Promise<unknown>): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (error) {
    if (error instanceof Error && /lock|state|Missing key/i.test(error.message)) return false;
    throw error;
  }
}
