import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import { MAX_SLEEP_MS, OutboxConsumer } from '../claims/consumer.ts';
import { inBatches } from '../in-batches.ts';
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
import { asRows, firstWins } from './batches.ts';
import type { SqliteDatabase } from './database.ts';
import { asJson, JOB_COLUMNS, jobRow, OutboxTable } from './outbox-table.ts';

/** As the port says of `pendingOf`. */
const MAX_LIST = 100;
/** What is running gets this long to end when the store is closed. */
const CLOSE_DRAIN_MS = 10_000;

const idRow = z.object({ id: z.string() });
const typeRow = z.object({ type: z.string() });
const movedRow = z.object({ id: z.string(), type: z.string() });
/**
 * A dead letter's `ended_at` is when it died; a reason is always written, null only in damaged
 * rows.
 */
const deadRow = z
  .object({ last_error: z.string().nullable(), attempts: z.number(), ended_at: z.number() })
  .transform((row) => ({ reason: row.last_error ?? '', attempts: row.attempts, diedAt: row.ended_at }))
  .and(jobRow);
const depthRow = z.object({
  pending: z.number(),
  active: z.number(),
  dead: z.number(),
  oldest_due_at: z.number().nullable(),
});

/** Another instant for a job, with its new payload as JSON; `null` leaves the one it has. */
type Move = Readonly<Record<'id', string>> & { readonly runAt: number; readonly payload: string | null };

/**
 * Durable deferred work in one table. A job that ended stays as a row without payload, so that its id is known; a dead
 * letter keeps its payload, which a redrive needs.
 */
export class SqliteOutbox implements Outbox {
  readonly #database: SqliteDatabase;
  readonly #clock: Clock;
  readonly #table: OutboxTable;
  readonly #consumers = new Set<OutboxConsumer>();
  readonly #add: (item: OutboxJob) => Promise<boolean>;
  readonly #postpone: (item: Move) => Promise<string | undefined>;
  readonly #finish: (item: string) => Promise<boolean>;

  constructor(database: SqliteDatabase, clock: Clock, instanceId: () => string) {
    this.#database = database;
    this.#clock = clock;
    this.#table = new OutboxTable(database, instanceId);
    this.#add = inBatches((jobs: readonly OutboxJob[]) => this.#addAll(jobs), database.turns);
    this.#postpone = inBatches((moves: readonly Move[]) => this.#postponeAll(moves), database.turns);
    this.#finish = inBatches((ids: readonly string[]) => this.#finishAll(ids), database.turns);
  }

  /** Resolves when the promise is on the disk; until then nothing may be said to the person. */
  async enqueue(job: OutboxJob): Promise<'added' | 'duplicate'> {
    checkJobId(job.id);
    if (!(await this.#add(job))) return 'duplicate';
    // A consumer looks by itself often enough for what is due later.
    if (job.runAt - this.#clock.now() < MAX_SLEEP_MS) this.#wake(job.type);
    return 'added';
  }

  consume(
    type: string,
    handle: (job: OutboxJob, context: JobContext) => Promise<JobOutcome>,
    options: ConsumerOptions,
  ): Consumer {
    const consumer = new OutboxConsumer({ table: this.#table, clock: this.#clock, type, handle, options });
    this.#consumers.add(consumer);
    return {
      stop: async (drainMs) => {
        await consumer.stop(drainMs);
        this.#consumers.delete(consumer);
      },
    };
  }

  /** Undefined for a job that has ended, a dead letter too. */
  find(id: string): Promise<OutboxJob | undefined> {
    return this.#database.first(
      jobRow,
      `SELECT ${JOB_COLUMNS} FROM outbox WHERE id = $id AND due_at IS NOT NULL`,
      { $id: id },
    );
  }

  /** Also a job whose worker died, from the end of its lease; never one that is being sent at this moment. */
  async cancel(id: string): Promise<boolean> {
    const now = this.#clock.now();
    const cancelled = await this.#database.changed(
      `UPDATE outbox SET state = 'cancelled', payload = NULL, holder = NULL, due_at = NULL, ended_at = $now
       WHERE id = $id AND (state = 'ready' OR (state = 'leased' AND due_at <= $now)) RETURNING 1`,
      { $id: id, $now: now },
    );
    return cancelled > 0;
  }

  /** The smaller of two instants: it may be due earlier already, and stays so. */
  async hasten(id: string, runAt: number): Promise<boolean> {
    const hastened = await this.#database.first(
      typeRow,
      `UPDATE outbox SET run_at = min(run_at, $runAt), due_at = min(due_at, $runAt)
       WHERE id = $id AND state = 'ready' RETURNING type`,
      { $id: id, $runAt: runAt },
    );
    if (hastened) this.#wake(hastened.type);
    return hastened !== undefined;
  }

  /** Only a job that nobody runs. The type comes back from the statement, to wake its consumer. */
  async postpone(id: string, runAt: number, payload?: unknown): Promise<boolean> {
    const type = await this.#postpone({ id, runAt, payload: payload === undefined ? null : asJson(payload) });
    if (type !== undefined && runAt <= this.#clock.now()) this.#wake(type);
    return type !== undefined;
  }

  /** For a question answered on the spot, whose job was its safety net. */
  finish(id: string): Promise<boolean> {
    return this.#finish(id);
  }

  pendingOf(owner: string): Promise<OutboxJob[]> {
    return this.#database.all(
      jobRow,
      `SELECT ${JOB_COLUMNS} FROM outbox WHERE owner = $owner AND due_at IS NOT NULL
       ORDER BY run_at, id LIMIT $limit`,
      { $owner: owner, $limit: MAX_LIST },
    );
  }

  /** Newest first. */
  dead(limit: number): Promise<DeadJob[]> {
    return this.#database.all(
      deadRow,
      `SELECT ${JOB_COLUMNS}, last_error, attempts, ended_at FROM outbox WHERE state = 'dead'
       ORDER BY ended_at DESC, id LIMIT $limit`,
      { $limit: limit },
    );
  }

  /** A second life: attempts begin at 1 again. */
  async redrive(id: string, deadline: number): Promise<boolean> {
    const back = await this.#database.first(
      typeRow,
      `UPDATE outbox SET state = 'ready', attempts = 0, last_error = NULL, ended_at = NULL,
         run_at = $now, due_at = $now, deadline = $deadline
       WHERE id = $id AND state = 'dead' RETURNING type`,
      { $id: id, $now: this.#clock.now(), $deadline: deadline },
    );
    if (back) this.#wake(back.type);
    return back !== undefined;
  }

  /** The row goes altogether, so the same id could be promised anew. */
  async drop(id: string): Promise<boolean> {
    const dropped = await this.#database.changed(
      `DELETE FROM outbox WHERE id = $id AND state = 'dead' RETURNING 1`,
      { $id: id },
    );
    return dropped > 0;
  }

  /** A job whose worker died counts as pending from the end of its lease. */
  async depth(): Promise<OutboxDepth> {
    const now = this.#clock.now();
    const row = await this.#database.first(
      depthRow,
      `SELECT count(*) FILTER (WHERE state = 'ready' OR (state = 'leased' AND due_at <= $now)) AS pending,
         count(*) FILTER (WHERE state = 'leased' AND due_at > $now) AS active,
         count(*) FILTER (WHERE state = 'dead') AS dead,
         min(due_at) FILTER (WHERE due_at <= $now) AS oldest_due_at
       FROM outbox`,
      { $now: now },
    );
    const { pending = 0, active = 0, dead = 0, oldest_due_at: oldestDueAt } = row ?? {};
    return { pending, active, dead, oldestDueMs: now - (oldestDueAt ?? now) };
  }

  /** What somebody else held is free: whoever has a place looks at once. */
  wakeAll(): void {
    for (const consumer of this.#consumers) consumer.wake();
  }

  /** What this process holds may be somebody else's: every running job finds out now, not with its next renewal. */
  checkLeases(): void {
    for (const consumer of this.#consumers) consumer.checkLeases();
  }

  /** Lets the running jobs end. */
  async close(): Promise<void> {
    await Promise.all([...this.#consumers].map((consumer) => consumer.stop(CLOSE_DRAIN_MS)));
  }

  /** Promises made side by side share one wait for the disk. */
  #addAll(jobs: readonly OutboxJob[]): Promise<boolean[]> {
    const idOf = ({ id }: { readonly id: string }) => id;
    return firstWins(jobs, idOf, async (firsts) => {
      const rows = firsts.map((job) => ({ ...job, payload: asJson(job.payload) }));
      const added = await this.#database.all(
        idRow,
        // An id that is known, also of a job that has ended, changes nothing: a promise that was kept is not made again.
        `INSERT INTO outbox (id, type, owner, payload, run_at, deadline, state, due_at)
         SELECT value->>'id', value->>'type', value->>'owner', value->>'payload', value->>'runAt', value->>'deadline', 'ready',
           value->>'runAt'
         FROM json_each($jobs) WHERE true ON CONFLICT (id) DO NOTHING RETURNING id`,
        { $jobs: asRows(rows) },
      );
      return added.map(idOf);
    });
  }

  /** Every question that is being worked on moves its job ahead each second: all of them in one statement. */
  async #postponeAll(moves: readonly Move[]): Promise<(string | undefined)[]> {
    const moved = await this.#database.all(
      movedRow,
      `UPDATE outbox SET run_at = moves.value->>'runAt', due_at = moves.value->>'runAt',
         payload = coalesce(moves.value->>'payload', payload)
       FROM json_each($moves) AS moves WHERE outbox.id = moves.value->>'id' AND state = 'ready'
       RETURNING outbox.id AS id, type`,
      { $moves: asRows(moves) },
    );
    const types = new Map(moved.map(({ id, type }) => [id, type]));
    return moves.map(({ id }) => types.get(id));
  }

  /** Under the state `ready` alone: what a worker runs ends by its own outcome. */
  async #finishAll(ids: readonly string[]): Promise<boolean[]> {
    const finished = await this.#database.all(
      idRow,
      `UPDATE outbox SET state = 'done', payload = NULL, due_at = NULL, ended_at = $now
       WHERE id IN (SELECT value FROM json_each($ids)) AND state = 'ready' RETURNING id`,
      { $ids: JSON.stringify(ids), $now: this.#clock.now() },
    );
    const done = new Set(finished.map(({ id }) => id));
    return ids.map((id) => done.has(id));
  }

  /** For the workers of this process; those of others look once a second. */
  #wake(type: string): void {
    this.#table.expect(type);
    for (const consumer of this.#consumers) if (consumer.type === type) consumer.wake();
  }
}
