import { z } from 'zod';
import type { AuditEvent, AuditLog, AuditQuery } from '../ports.ts';
import type { SqliteDatabase } from './database.ts';

/** A row of the audit as the port has it. */
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

  constructor(database: SqliteDatabase) {
    this.#database = database;
  }

  async append(event: AuditEvent): Promise<void> {
    await this.#database.changed(
      `INSERT INTO audit (at, asker, place, iccid_masked, esim_hash, outcome)
       VALUES ($at, $asker, $place, $iccidMasked, $esimHash, $outcome) RETURNING 1`,
      {
        $at: event.at,
        $asker: event.asker,
        $place: event.place,
        $iccidMasked: event.iccidMasked,
        $esimHash: event.esimHash ?? null,
        $outcome: event.outcome,
      },
    );
  }

  async recent({ asker, since = 0, limit }: AuditQuery): Promise<AuditEvent[]> {
    const select = 'SELECT at, asker, place, iccid_masked, esim_hash, outcome FROM audit WHERE at >= $since';
    // Within one millisecond the row's number keeps the order.
    const newest = 'ORDER BY at DESC, number DESC LIMIT $limit';
    const bounds = { $since: since, $limit: limit };
    return asker === undefined
      ? this.#database.all(auditRow, `${select} ${newest}`, bounds)
      : this.#database.all(auditRow, `${select} AND asker = $asker ${newest}`, { ...bounds, $asker: asker });
  }
}
