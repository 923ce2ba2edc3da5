import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Claim, Claimed, ClaimedJob, ClaimTable, JobEnd } from '../claims/claim-table.ts';
import { inBatches } from '../in-batches.ts';
import type { OutboxJob } from '../ports.ts';
import { count, PREFIX, type RedisConnection } from './connection.ts';
import { attemptsOf, type JobRecord, outboxJob, recordOf } from './job-record.ts';
import { CLAIM, END, RENEW, SAVE } from './job-scripts.ts';

/** What the jobs of one type are worked on with. */
export interface JobTableParts {
  readonly redis: RedisConnection;
  readonly type: string;
  readonly visibilityMs: number;
  /** Makes the worker's id known; only then it takes locks. */
  announce(): Promise<void>;
  /** The job has got another instant. */
  moved(job: OutboxJob): Promise<void>;
}

/** How a job is written down as ended, in BullMQ's words. */
interface Ending {
  readonly claimed: Pick<ClaimedJob, 'holder'> & { readonly job: Pick<OutboxJob, 'id'> };
  readonly kind: 'completed' | 'delayed' | 'failed';
  readonly data: string;
  /** See `END`. */
  readonly belongs: string | number;
}

const words = z.array(z.string());
/** A job whose lock ran out is found within the lease and this part of it. */
const LOOK_PART = 0.4;
/** As in the table of SQLite. */
const GATHER_MS = 5;

/**
 * The jobs of one BullMQ queue for one worker. A lock, `<worker id>:<number>`, is the lease; what a dead worker left behind is found by the
 * locks that ran out, or were taken from it.
 */
export class RedisJobTable implements ClaimTable {
  /** Stands before the colon of every lock of it. */
  readonly workerId = randomUUID();
  readonly #parts: JobTableParts;
  readonly #queue: string;
  /** What stands in the store of each claimed job. */
  readonly #records = new WeakMap<ClaimedJob, JobRecord>();
  readonly #end: (ending: Ending) => Promise<boolean>;
  #announced = false;
  #locks = 0;
  #lookAt = 0;

  constructor(parts: JobTableParts) {
    this.#parts = parts;
    this.#queue = `${PREFIX}:${parts.type}:`;
    this.#end = inBatches((endings: readonly Ending[]) => this.#endAll(endings), undefined, {
      gatherMs: GATHER_MS,
    });
  }

  /** The next claim looks for jobs without a lock. */
  lookForLost(): void {
    this.#lookAt = 0;
  }

  async claim({ now, visibilityMs, limit, except }: Claim): Promise<Claimed> {
    if (!this.#announced) await this.#parts.announce();
    this.#announced = true;
    // By real time: a lock lives by the server's, whatever our calendar says.
    const looks = performance.now() >= this.#lookAt;
    const numbers = [this.#locks, visibilityMs, limit, looks ? 1 : 0];
    const args = [this.#queue, Math.floor(now), this.workerId, ...numbers, ...except];
    this.#locks += limit;
    const [next = '', ...found] = await this.#parts.redis.script(words, CLAIM, [], args);
    if (looks) this.#lookAt = performance.now() + visibilityMs * LOOK_PART;
    const claimed: ClaimedJob[] = [];
    for (let index = 0; index + 3 < found.length; index += 4) {
      const [id = '', holder = '', data = '', starts = ''] = found.slice(index, index + 4);
      const record = recordOf(data);
      if (!record || record.done) await this.#layAside(id, holder, data, record);
      else {
        const job = outboxJob(id, this.#parts.type, record);
        const one = {
          holder,
          leaseUntil: now + visibilityMs,
          job,
          attempt: attemptsOf(Number(starts), record),
        };
        this.#records.set(one, record);
        claimed.push(one);
      }
    }
    const jobs = claimed.sort((a, b) => a.job.runAt - b.job.runAt);
    return { jobs, nextDueAt: next === '' ? undefined : Number(next) };
  }

  /**
   * Ends what is not to be run: what cannot be read, and what an earlier version has done, which wrote that down before it told BullMQ and may
   * have died between. In an outage its lock runs out, and it is met again; those that were claimed with it must not wait for that.
   */
  async #layAside(id: string, holder: string, data: string, done: JobRecord | undefined): Promise<void> {
    const claimed = { job: { id }, holder };
    const ending: Ending = done
      ? { claimed, kind: 'completed', data, belongs: '' }
      : { claimed, kind: 'failed', data, belongs: 'The stored job cannot be read' };
    await this.#end(ending).catch(() => undefined);
  }

  /** As they were: the start counts as no attempt. */
  async unclaim(claimed: readonly ClaimedJob[]): Promise<void> {
    await Promise.all(
      claimed.map((one) => {
        const record = this.#recordOf(one);
        return this.#putOff(one, { ...record, uncounted: record.uncounted + 1 });
      }),
    );
  }

  async renew(held: readonly ClaimedJob[], _now: number, visibilityMs: number): Promise<ReadonlySet<string>> {
    const locks = held.flatMap(({ job, holder }) => [job.id, holder]);
    return new Set(await this.#parts.redis.script(words, RENEW, [], [this.#queue, visibilityMs, ...locks]));
  }

  async savePayload(claimed: ClaimedJob, payload: unknown): Promise<boolean> {
    const { redis, visibilityMs } = this.#parts;
    const record = { ...this.#recordOf(claimed), payload: payload ?? null };
    const args = [this.#queue, visibilityMs, claimed.job.id, claimed.holder, JSON.stringify(record)];
    const saved = (await redis.script(count, SAVE, [], args)) === 1;
    if (saved) this.#records.set(claimed, record);
    return saved;
  }

  async end(claimed: ClaimedJob, end: JobEnd): Promise<boolean> {
    const record = this.#recordOf(claimed);
    switch (end.kind) {
      case 'done': {
        // It held a token or a URL, which are secrets.
        const data = JSON.stringify({ ...record, payload: null, done: true });
        return this.#end({ claimed, kind: 'completed', data, belongs: '' });
      }
      case 'dead':
        return this.#end({ claimed, kind: 'failed', data: JSON.stringify(record), belongs: end.reason });
      case 'retry':
        // `runAt` stays what was promised to the person; `dueAt` is only when we look again.
        return this.#putOff(claimed, { ...record, dueAt: Math.round(end.backAt) });
      case 'defer': {
        const instant = { runAt: end.backAt, dueAt: end.backAt };
        const changed = { ...record, ...instant, uncounted: record.uncounted + 1 };
        const ended = await this.#putOff(claimed, changed);
        if (ended) await this.#parts.moved(outboxJob(claimed.job.id, this.#parts.type, changed));
        return ended;
      }
      default:
        return end satisfies never;
    }
  }

  #putOff(claimed: ClaimedJob, record: JobRecord): Promise<boolean> {
    const belongs = Math.round(record.dueAt);
    return this.#end({ claimed, kind: 'delayed', data: JSON.stringify(record), belongs });
  }

  async #endAll(endings: readonly Ending[]): Promise<boolean[]> {
    const rows = endings.flatMap(({ claimed, kind, data, belongs }) => [
      claimed.job.id,
      claimed.holder,
      kind,
      data,
      belongs,
    ]);
    const ended = new Set(await this.#parts.redis.script(words, END, [], [this.#queue, ...rows]));
    return endings.map(({ claimed }) => ended.has(claimed.job.id));
  }

  #recordOf(claimed: ClaimedJob): JobRecord {
    const record = this.#records.get(claimed);
    if (!record) throw new RangeError('Not claimed here');
    return record;
  }
}
