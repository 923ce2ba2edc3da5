import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Claim, Claimed, ClaimedJob, ClaimTable, JobEnd } from '../claims/claim-table.ts';
import { inBatches } from '../in-batches.ts';
import type { OutboxJob } from '../ports.ts';
import { asRows } from './batches.ts';
import type { SqliteDatabase } from './database.ts';
import { jsonColumn } from './json-column.ts';

/** A job that is done, with the fencing token of its lease. */
type Finished = Readonly<Record<'id' | 'holder', string>> & { readonly endedAt: number };

/** For the next job of a type, but for those that the looker runs itself. */
type Look = Pick<Claim, 'type' | 'except'>;

/** An answer that stands there is written down a moment later, with all that came in it: one wait for the disk instead of five. */
const GATHER_MS = 5;
/** In the order of `OutboxJob`. */
export const JOB_COLUMNS = 'id, type, owner, payload, run_at, deadline';
const jobColumns = {
  id: z.string(),
  type: z.string(),
  owner: z.string(),
  payload: jsonColumn,
  run_at: z.number(),
  deadline: z.number(),
};

/** A job as it was enqueued; a row of `JOB_COLUMNS`. */
export const jobRow = z.object(jobColumns).transform(asJob);
const claimRow = z
  .object({ ...jobColumns, attempts: z.number(), due_at: z.number() })
  .transform((row) => ({ job: asJob(row), attempt: row.attempts + 1, leaseUntil: row.due_at }));
const idRow = z.object({ id: z.string() });
const dueRow = z.object({ type: z.string(), due_at: z.number().nullable() });

/** What each end sets, but for `done`; `dead` keeps the payload for a second try. */
const ENDS = {
  retry: `state = 'ready', attempts = attempts + 1, last_error = $error, due_at = $backAt`,
  defer: `state = 'ready', due_at = $backAt, run_at = $backAt`,
  dead: `state = 'dead', attempts = attempts + 1, last_error = $error, due_at = NULL, ended_at = $now`,
} as const;

/** What a worker does to the rows: each change is one statement, and all but the claim show the fencing token. */
export class OutboxTable implements ClaimTable {
  readonly #database: SqliteDatabase;
  readonly #instanceId: () => string;
  readonly #finish: (item: Finished) => Promise<boolean>;
  readonly #nextDueAt: (look: Look) => Promise<number | undefined>;
  /** Types of which this process knows a job that is due. */
  readonly #due = new Set<string>();

  /** `instanceId`: of this process now; its leases bear it, and are free when it is dead. */
  constructor(database: SqliteDatabase, instanceId: () => string) {
    this.#database = database;
    this.#instanceId = instanceId;
    this.#finish = inBatches((done: readonly Finished[]) => this.#finishAll(done), database.turns, {
      gatherMs: GATHER_MS,
    });
    this.#nextDueAt = inBatches((looks: readonly Look[]) => this.#look(looks), database.turns);
  }

  /** There may be a job of this type to be taken: the next claim need not look first. */
  expect(type: string): void {
    this.#due.add(type);
  }

  /** Mostly there is nothing: consumers of all types, which wake together, see it in one statement that changes nothing. */
  async claim(claim: Claim): Promise<Claimed> {
    if (!this.#due.delete(claim.type)) {
      const nextDueAt = await this.#nextDueAt(claim);
      if (nextDueAt === undefined || nextDueAt > claim.now) return { jobs: [], nextDueAt };
    }
    const jobs = await this.#take(claim);
    // Where there were as many as were asked for, there may be more.
    if (jobs.length === claim.limit) this.expect(claim.type);
    return jobs.length > 0 ? { jobs } : { jobs, nextDueAt: await this.#nextDueAt(claim) };
  }

  /** Takes what is due, and what a dead worker left behind, which counts as a failed attempt. */
  async #take(claim: Claim): Promise<ClaimedJob[]> {
    const holder = `${this.#instanceId()}.${randomUUID()}`;
    const claimed = await this.#database.all(
      claimRow,
      // One statement: between a SELECT and an UPDATE of its own another process could take the same rows.
      `UPDATE outbox
       SET attempts = attempts + (state = 'leased'), state = 'leased', holder = $holder, due_at = $leaseUntil
       WHERE id IN (
         SELECT id FROM outbox
         WHERE type = $type AND due_at <= $now AND id NOT IN (SELECT value FROM json_each($except))
         ORDER BY due_at LIMIT $limit)
       RETURNING ${JOB_COLUMNS}, attempts, due_at`,
      {
        $holder: holder,
        $leaseUntil: claim.now + claim.visibilityMs,
        $type: claim.type,
        $now: claim.now,
        // As one JSON text, since a statement has a fixed number of parameters.
        $except: JSON.stringify(claim.except),
        $limit: claim.limit,
      },
    );
    // RETURNING keeps no order.
    return claimed.map((row) => ({ ...row, holder })).sort((a, b) => a.job.runAt - b.job.runAt);
  }

  /** By the fencing tokens: one claim has one. */
  async unclaim(claimed: readonly ClaimedJob[]): Promise<void> {
    await this.#database.changed(
      `UPDATE outbox SET state = 'ready', holder = NULL, due_at = run_at
       WHERE holder IN (SELECT value FROM json_each($holders)) RETURNING 1`,
      { $holders: JSON.stringify([...new Set(claimed.map(({ holder }) => holder))]) },
    );
  }

  async renew(held: readonly ClaimedJob[], now: number, visibilityMs: number): Promise<ReadonlySet<string>> {
    const rows = held.map(({ job, holder }) => ({ id: job.id, holder }));
    const renewed = await this.#database.all(
      idRow,
      `UPDATE outbox SET due_at = $leaseUntil
       WHERE (id, holder) IN (SELECT value->>'id', value->>'holder' FROM json_each($held)) RETURNING id`,
      { $held: asRows(rows), $leaseUntil: now + visibilityMs },
    );
    return new Set(renewed.map(({ id }) => id));
  }

  /** The payload is written whole; a reader never finds half of one. */
  async savePayload({ job, holder }: ClaimedJob, payload: unknown): Promise<boolean> {
    const saved = await this.#database.changed(
      `UPDATE outbox SET payload = $payload WHERE id = $id AND holder = $holder RETURNING 1`,
      { $id: job.id, $holder: holder, $payload: asJson(payload) },
    );
    return saved > 0;
  }

  /** `retry` counts an attempt, `defer` none; `done` goes in batches, the others one by one. */
  async end({ job, holder }: ClaimedJob, end: JobEnd, now: number): Promise<boolean> {
    if (end.kind === 'done') return this.#finish({ id: job.id, holder, endedAt: now });
    const ended = await this.#database.changed(
      `UPDATE outbox SET holder = NULL, ${ENDS[end.kind]} WHERE id = $id AND holder = $holder RETURNING 1`,
      { $id: job.id, $holder: holder, ...endParameters(end, now) },
    );
    return ended > 0;
  }

  /** When the next job of each type may be taken, by the first row of an index for each. */
  async #look(looks: readonly Look[]): Promise<(number | undefined)[]> {
    const found = await this.#database.all(
      dueRow,
      `SELECT types.value AS type, (
         SELECT min(due_at) FROM outbox
         WHERE type = types.value AND due_at IS NOT NULL AND id NOT IN (SELECT value FROM json_each($except))
       ) AS due_at FROM json_each($types) AS types`,
      {
        $types: JSON.stringify([...new Set(looks.map(({ type }) => type))]),
        $except: JSON.stringify(looks.flatMap(({ except }) => except)),
      },
    );
    const dueAts = new Map(found.map((row) => [row.type, row.due_at ?? undefined]));
    return looks.map(({ type }) => dueAts.get(type));
  }

  /** Wipes the payloads, which hold credentials. Many end at once when many fall due at once. */
  async #finishAll(done: readonly Finished[]): Promise<boolean[]> {
    const ended = await this.#database.all(
      idRow,
      `UPDATE outbox SET holder = NULL, state = 'done', payload = NULL, due_at = NULL, ended_at = $now
       WHERE (id, holder) IN (SELECT value->>'id', value->>'holder' FROM json_each($done)) RETURNING id`,
      { $done: asRows(done), $now: Math.max(...done.map(({ endedAt }) => endedAt)) },
    );
    const ids = new Set(ended.map(({ id }) => id));
    return done.map(({ id }) => ids.has(id));
  }
}

/** A payload as its column has it. */
export function asJson(payload: unknown): string {
  return JSON.stringify(payload ?? null);
}

/** Only what the statement names: the driver refuses a parameter the text does not have. */
function endParameters(
  end: Exclude<JobEnd, { kind: 'done' }>,
  now: number,
): Record<`$${string}`, string | number> {
  switch (end.kind) {
    case 'retry':
      return { $error: end.error, $backAt: end.backAt };
    case 'defer':
      return { $backAt: end.backAt };
    case 'dead':
      return { $error: end.reason, $now: now };
    default:
      return end satisfies never;
  }
}

/** A row of `JOB_COLUMNS` in the words of the port. */
function asJob(row: {
  id: string;
  type: string;
  owner: string;
  payload?: unknown;
  run_at: number;
  deadline: number;
}): OutboxJob {
  const { id, type, owner, payload, run_at: runAt, deadline } = row;
  return { id, type, owner, payload, runAt, deadline };
}
