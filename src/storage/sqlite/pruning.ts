import type { Retention } from '../ports.ts';
import type { SqliteDatabase, SqlParameters } from './database.ts';

/** Small enough that nobody waits long for the write lock. */
const BATCH = 500;
/** A gate or pace row past its instant means nothing; a while longer for whoever still holds its token. */
const LEFTOVER_MS = 24 * 60 * 60 * 1000;

/**
 * Removes the rows past their age and returns how many there were. Throws `StoreError`; what was
 * removed by then stays removed, and the next round goes on.
 */
export async function pruneRows(
  database: SqliteDatabase,
  now: number,
  retention: Retention,
): Promise<number> {
  const deletions: [sql: string, parameters: SqlParameters][] = [
    [
      `DELETE FROM outbox WHERE id IN (SELECT id FROM outbox
         WHERE state IN ('done', 'cancelled') AND ended_at <= $before LIMIT $batch) RETURNING 1`,
      { $before: now - retention.doneJobMs },
    ],
    [
      `DELETE FROM outbox WHERE id IN (SELECT id FROM outbox
         WHERE state = 'dead' AND ended_at <= $before LIMIT $batch) RETURNING 1`,
      { $before: now - retention.deadJobMs },
    ],
    [
      `DELETE FROM registry WHERE (kind, key) IN (SELECT kind, key FROM registry
         WHERE ends_at <= $before LIMIT $batch) RETURNING 1`,
      { $before: now },
    ],
    [
      `DELETE FROM audit WHERE number IN (SELECT number FROM audit
         WHERE at <= $before LIMIT $batch) RETURNING 1`,
      { $before: now - retention.auditMs },
    ],
    [
      `DELETE FROM reading_history WHERE (iccid, slot) IN (SELECT iccid, slot FROM reading_history
         WHERE at <= $before LIMIT $batch) RETURNING 1`,
      { $before: now - retention.historyMs },
    ],
    [
      `DELETE FROM gate WHERE key IN (SELECT key FROM gate
         WHERE open_at <= $before LIMIT $batch) RETURNING 1`,
      { $before: now - LEFTOVER_MS },
    ],
    [
      `DELETE FROM pace WHERE key IN (SELECT key FROM pace
         WHERE free_at <= $before LIMIT $batch) RETURNING 1`,
      { $before: now - LEFTOVER_MS },
    ],
  ];
  let removed = 0;
  for (const [sql, parameters] of deletions) {
    // In batches with the lock let go between them, until one is not full.
    let batch: number;
    do {
      batch = await database.changed(sql, { ...parameters, $batch: BATCH });
      removed += batch;
    } while (batch === BATCH);
  }
  return removed;
}
