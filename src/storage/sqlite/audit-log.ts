import { z } from 'zod';
import type { AuditEvent, AuditLog } from '../ports.ts';
import type { SqliteDatabase } from './database.ts';

const auditRow = z
  .object({
    at: z.number(),
    asker: z.string(),
    place: z.string(),
    iccid_masked: z.string(),
    outcome: z.string(),
  })
  .transform(({ iccid_masked, ...rest }): AuditEvent => ({ ...rest, iccidMasked: iccid_masked }));

export class SqliteAuditLog implements AuditLog {
  readonly #database: SqliteDatabase;

  constructor(database: SqliteDatabase) {
    this.#database = database;
  }

  async append(event: AuditEvent): Promise<void> {
    await this.#database.changed(
      `INSERT INTO audit (at, asker, place, iccid_masked, outcome)
       VALUES ($at, $asker, $place, $iccidMasked, $outcome) RETURNING 1`,
      {
        $at: event.at,
        $asker: event.asker,
        $place: event.place,
        $iccidMasked: event.iccidMasked,
        $outcome: event.outcome,
      },
    );
  }

  async recent(query: { readonly asker?: string; readonly limit: number }): Promise<AuditEvent[]> {
    const columns = 'at, asker, place, iccid_masked, outcome';
    const order = 'ORDER BY at DESC, number DESC LIMIT $limit';
    return query.asker === undefined
      ? this.#database.all(auditRow, `SELECT ${columns} FROM audit ${order}`, { $limit: query.limit })
      : this.#database.all(auditRow, `SELECT ${columns} FROM audit WHERE asker = $asker ${order}`, {
          $asker: query.asker,
          $limit: query.limit,
        });
  }
}
