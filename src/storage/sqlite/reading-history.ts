import { z } from 'zod';
import type { UsagePoint } from '../../domain/usage-point.ts';
import type { ReadingHistory } from '../ports.ts';
import type { SqliteDatabase } from './database.ts';

const HOUR_MS = 60 * 60 * 1000;

/** A row of the history as the port has it. */
export const pointRow = z
  .object({ at: z.number(), remaining_mb: z.number(), total_mb: z.number(), status: z.string() })
  .transform(
    ({ at, remaining_mb, total_mb, status }): UsagePoint => ({
      at,
      remainingMb: remaining_mb,
      totalMb: total_mb,
      status,
    }),
  );

/** A table by eSIM and hour: both the write and the question touch one place of its key. */
export class SqliteReadingHistory implements ReadingHistory {
  readonly #database: SqliteDatabase;

  constructor(database: SqliteDatabase) {
    this.#database = database;
  }

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

  async since(iccid: string, from: number, limit: number): Promise<UsagePoint[]> {
    const newest = await this.#database.all(
      pointRow,
      `SELECT at, remaining_mb, total_mb, status FROM reading_history
       WHERE iccid = $iccid AND slot >= $slot AND at >= $from ORDER BY slot DESC LIMIT $limit`,
      { $iccid: iccid, $slot: Math.floor(from / HOUR_MS), $from: from, $limit: limit },
    );
    return newest.reverse();
  }
}
