import { randomUUID } from 'node:crypto';
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
import { finishJob } from './finish-job.ts';
import { attemptsOf, isPending, outboxJob, recordFor, recordOf } from './job-record.ts';
import { OwnerIndex } from './owner-index.ts';
import { depthOf, lookInto } from './queue-depth.ts';
import type { RedisWorkers } from './workers.ts';

/** As the port says of `pendingOf`. Read in full from the index, then cut. */
const LISTED = 100;
const PRUNE_BATCH = 1_000;
/** What BullMQ does with an error that is none of our outcomes: try again, and never give the promise up. */
const UNEXPECTED = { attempts: Number.MAX_SAFE_INTEGER, backoff: { type: 'fixed', delay: 1_000 } } as const;
/** An ended job stays until it is pruned, so that its id is known and a second promise of it is a duplicate. */
const KEPT = { removeOnComplete: false, removeOnFail: false } as const;
/** A backstop: the app stops its consumers first, with the few seconds that it has. */
const CLOSE_DRAIN_MS = 60_000;

/**
 * A BullMQ queue for each type of job: its delayed set is the schedule, its lock the lease, its failed set the dead letters. Its
 * worker is not used: `RedisJobTable` takes and ends its jobs in batches.
 * Delivery is at least once: a worker that dies after sending and before saying so leaves a job that is taken again. What
 * keeps people from seeing two answers is the platform's part (an edit, a nonce), not the queue's.
 */
export class RedisOutbox implements Outbox {
  readonly #redis: RedisConnection;
  readonly #log: Log;
  readonly #owners: OwnerIndex;
  readonly #queues = new Map<string, Queue>();
  readonly #announced = new Set<string>();
  readonly #workers: RedisWorkers;

  constructor(redis: RedisConnection, log: Log, workers: RedisWorkers) {
    this.#redis = redis;
    this.#log = log;
    this.#workers = workers;
    this.#owners = new OwnerIndex(redis);
  }

  async enqueue(job: OutboxJob): Promise<'added' | 'duplicate'> {
    checkJobId(job.id);
    // Of two processes that add the same id at once, the one whose nonce stands there afterwards has added it.
    const nonce = randomUUID();
    return this.#redis.ask(async () => {
      await this.#announce(job.type);
      // The index first, on the same connection: an entry without a job is harmless, a job without an entry would never be listed.
      const listed = this.#owners.add(job);
      const queue = this.#queueOf(job.type);
      // This machine's clock, where all else goes by the server's: BullMQ counts the delay from the client's own instant.
      const delay = Math.max(0, Math.round(job.runAt - Date.now()));
      const options = { jobId: job.id, delay, ...UNEXPECTED, ...KEPT };
      const added = queue.add(job.type, recordFor(job, nonce), options);
      await Promise.all([listed, added]);
      // BullMQ says nothing about an id it knows already.
      const stored = await this.#redis.client.hget(queue.toKey(job.id), 'data');
      if (!stored?.includes(nonce)) return 'duplicate';
      this.#workers.wakeFor(job.type, job.runAt);
      return 'added';
    });
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
    const job = await this.#jobOf(id);
    const record = job && recordOf(job);
    if (!job || !record || record.done) return false;
    return this.#redis.ask(async () => {
      if ((await job.getState()) !== 'delayed') return false;
      // The instant first: from here on no worker takes it before its payload is there.
      const delayMs = Math.max(0, Math.round(runAt - Date.now()));
      if (!(await unlessTaken(job.changeDelay(delayMs)))) return false;
      const changed = { ...record, runAt, dueAt: runAt, ...(payload === undefined ? {} : { payload }) };
      await job.updateData(changed);
      this.#workers.wakeFor(job.name, runAt);
      return true;
    });
  }

  /** For a question answered on the spot, whose job was its safety net. */
  finish(id: string): Promise<boolean> {
    return finishJob(this.#redis, id);
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

  /** Lets every process know which types there are, for what is asked by id alone. */
  async #announce(type: string): Promise<void> {
    if (this.#announced.has(type)) return;
    await this.#redis.client.sadd(TYPES, type);
    this.#announced.add(type);
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
