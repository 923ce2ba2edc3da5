import { z } from 'zod';
import type { UsagePoint } from '../../domain/usage-point.ts';
import type { ReadingHistory } from '../ports.ts';
import type { SqliteDatabase } from './database.ts';

const HOUR_MS = 60 * 60 * 1000;

const COLUMNS = 'at, remaining_mb, total_mb, status';
const columns = { at: z.number(), remaining_mb: z.number(), total_mb: z.number(), status: z.string() };
const pointRow = z.object(columns).transform(asPoint);
const placedRow = z
  .object({ ...columns, iccid: z.string(), slot: z.number() })
  .transform((row) => ({ iccid: row.iccid, slot: row.slot, point: asPoint(row) }));
/** Rows in memory at a time. */
const PAGE = 500;

function asPoint(row: z.infer<z.ZodObject<typeof columns>>): UsagePoint {
  return { at: row.at, remainingMb: row.remaining_mb, totalMb: row.total_mb, status: row.status };
}

/** A table by eSIM and hour: both the write and the question touch one place of its key. */
export class SqliteReadingHistory implements ReadingHistory {
  readonly #database: SqliteDatabase;

  constructor(database: SqliteDatabase) {
    this.#database = database;
  }

  /** The later of two points of one hour stands, whichever is written first. */
  async append(iccid: string, point: UsagePoint): Promise<void> {
    await this.#database.changed(
      `INSERT INTO reading_history (iccid, slot, at, remaining_mb, total_mb, status)
       VALUES ($iccid, $slot, $at, $remainingMb, $totalMb, $status)
       ON CONFLICT (iccid, slot) DO UPDATE SET at = excluded.at, remaining_mb = excluded.remaining_mb,
         total_mb = excluded.total_mb, status = excluded.status
       WHERE excluded.at >= reading_history.at RETURNING 1`,
      {
        $iccid: iccid,
        $slot: Math.floor(point.at / HOUR_MS),
        $at: point.at,
        $remainingMb: point.remainingMb,
        $totalMb: point.totalMb,
        $status: point.status,
      },
    );
  }

  /** The newest `limit`, then turned round: the port wants the oldest first. */
  async since(iccid: string, from: number, limit: number): Promise<UsagePoint[]> {
    const newest = await this.#database.all(
      pointRow,
      `SELECT ${COLUMNS} FROM reading_history
       WHERE iccid = $iccid AND slot >= $slot AND at >= $from ORDER BY slot DESC LIMIT $limit`,
      { $iccid: iccid, $slot: Math.floor(from / HOUR_MS), $from: from, $limit: limit },
    );
    return newest.reverse();
  }
}

/** Everything, page by page along the key: there may be a lot of it. */
export async function* allPoints(
  database: SqliteDatabase,
): AsyncGenerator<{ readonly iccid: string; readonly point: UsagePoint }> {
  for (let after = { iccid: '', slot: 0 }; ; ) {
    const page = await database.all(
      placedRow,
      `SELECT iccid, slot, ${COLUMNS} FROM reading_history
       WHERE (iccid, slot) > ($iccid, $slot) ORDER BY iccid, slot LIMIT ${PAGE}`,
      { $iccid: after.iccid, $slot: after.slot },
    );
    yield* page;
    const last = page.at(-1);
    if (!last || page.length < PAGE) return;
    after = last;
  }
}
