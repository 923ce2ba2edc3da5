import { z } from 'zod';
import { inBatches } from '../in-batches.ts';
import type { AuditEvent, AuditLog, AuditQuery } from '../ports.ts';
import { asRows } from './batches.ts';
import type { SqliteDatabase } from './database.ts';

/** Nobody waits for an entry: under a rush one statement writes some dozens. */
const GATHER_MS = 25;

/**
 * A row of the audit as the port has it. The hash is null where there was no `STORE_KEY` when it
 * was written.
 */
export const auditRow = z
  .object({
    at: z.number(),
    asker: z.string(),
    place: z.string(),
    iccid_masked: z.string(),
    esim_hash: z.string().nullable(),
    outcome: z.string(),
  })
  .transform(
    ({ iccid_masked, esim_hash, ...rest }): AuditEvent => ({
      ...rest,
      iccidMasked: iccid_masked,
      ...(esim_hash === null ? {} : { esimHash: esim_hash }),
    }),
  );

/**
 * A table with two indexes: by time, and by asker and time. On the connection that outlives a crash but not a power
 * failure: an entry must not cost the person a wait for the disk.
 */
export class SqliteAuditLog implements AuditLog {
  readonly #database: SqliteDatabase;
  readonly #append: (item: AuditEvent) => Promise<void>;
  #last: Promise<void> = Promise.resolve();

  constructor(database: SqliteDatabase) {
    this.#database = database;
    this.#append = inBatches((events: readonly AuditEvent[]) => this.#appendAll(events), database.turns, {
      gatherMs: GATHER_MS,
    });
  }

  /** Resolves when its batch is written; throws `StoreError`, which fails the whole batch. */
  append(event: AuditEvent): Promise<void> {
    this.#last = this.#append(event);
    return this.#last;
  }

  /** Everything that was appended so far is written, or lost. They are written in their order. */
  async settled(): Promise<void> {
    await this.#last.catch(() => undefined);
  }

  /** Newest first. Both forms are answered by an index; without `asker` the one by time. */
  async recent({ asker, since = 0, limit }: AuditQuery): Promise<AuditEvent[]> {
    const select = 'SELECT at, asker, place, iccid_masked, esim_hash, outcome FROM audit WHERE at >= $since';
    // Within one millisecond the row's number keeps the order.
    const newest = 'ORDER BY at DESC, number DESC LIMIT $limit';
    const bounds = { $since: since, $limit: limit };
    return asker === undefined
      ? this.#database.all(auditRow, `${select} ${newest}`, bounds)
      : this.#database.all(auditRow, `${select} AND asker = $asker ${newest}`, { ...bounds, $asker: asker });
  }

  /** In the order in which they came. */
  async #appendAll(events: readonly AuditEvent[]): Promise<undefined[]> {
    await this.#database.changed(
      `INSERT INTO audit (at, asker, place, iccid_masked, esim_hash, outcome)
       SELECT value->>'at', value->>'asker', value->>'place', value->>'iccidMasked', value->>'esimHash', value->>'outcome'
       FROM json_each($events) ORDER BY key RETURNING 1`,
      { $events: asRows(events.map((event) => ({ ...event }))) },
    );
    return events.map(() => undefined);
  }
}
