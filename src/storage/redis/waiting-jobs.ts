import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { inBatches } from '../in-batches.ts';
import type { OutboxJob } from '../ports.ts';
import { PREFIX, type RedisConnection } from './connection.ts';
import { TYPES } from './dead-locks.ts';
import { recordFor } from './job-record.ts';
import { keptMsOf, ownerKey } from './owner-index.ts';
import { ADD, FINISH, POSTPONE } from './waiting-scripts.ts';

/** Another instant for a job, with its new payload as JSON; nothing leaves the one it has. */
type Move = Readonly<Record<'id' | 'payload', string>> & { readonly runAt: number };

/** What BullMQ does with an error that is none of our outcomes: try again, and never give the promise up. */
const UNEXPECTED = { attempts: Number.MAX_SAFE_INTEGER, backoff: { type: 'fixed', delay: 1_000 } } as const;
/** An ended job stays until it is pruned, so that its id is known and a second promise of it is a duplicate. */
const KEPT = { removeOnComplete: false, removeOnFail: false } as const;
const OPTIONS = JSON.stringify({ ...UNEXPECTED, ...KEPT });

const words = z.array(z.string());

/** Jobs that nobody runs. What comes while a script is under way shares the next one. Every method throws `StoreError`. */
export class RedisWaitingJobs {
  readonly #redis: RedisConnection;
  /** False for an id that is known already. */
  readonly add: (job: OutboxJob) => Promise<boolean>;
  /** The job's type, or undefined for one that is not waiting for its time. */
  readonly postpone: (move: Move) => Promise<string | undefined>;
  /** False for a job that is not pending, or is running. */
  readonly finish: (id: string) => Promise<boolean>;

  constructor(redis: RedisConnection) {
    this.#redis = redis;
    this.add = inBatches((jobs: readonly OutboxJob[]) => this.#addAll(jobs));
    this.postpone = inBatches((moves: readonly Move[]) => this.#postponeAll(moves));
    this.finish = inBatches((ids: readonly string[]) => this.#finishAll(ids));
  }

  async #addAll(jobs: readonly OutboxJob[]): Promise<boolean[]> {
    const rows = jobs.flatMap((job) => {
      const nonce = randomUUID();
      const data = JSON.stringify(recordFor(job, nonce));
      return [job.type, job.id, data, instant(job.runAt), nonce, ownerKey(job.owner), keptMsOf(job)];
    });
    const added = new Set(await this.#run(ADD, [OPTIONS, ...rows]));
    // The first of two with one id has added it.
    return jobs.map(({ id }) => added.delete(id));
  }

  async #postponeAll(moves: readonly Move[]): Promise<(string | undefined)[]> {
    const rows = moves.flatMap(({ id, runAt, payload }) => [id, instant(runAt), payload]);
    const moved = await this.#run(POSTPONE, rows);
    const types = new Map(moved.flatMap((id, index) => (index % 2 === 0 ? [[id, moved[index + 1]]] : [])));
    return moves.map(({ id }) => types.get(id));
  }

  async #finishAll(ids: readonly string[]): Promise<boolean[]> {
    const finished = new Set(await this.#run(FINISH, ids));
    return ids.map((id) => finished.has(id));
  }

  #run(script: string, rows: readonly (string | number)[]): Promise<string[]> {
    return this.#redis.script(words, script, [TYPES], [`${PREFIX}:`, ...rows]);
  }
}

/** As BullMQ's sets take it. */
function instant(at: number): number {
  return Math.round(at);
}
