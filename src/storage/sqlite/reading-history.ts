import { z } from 'zod';
import type { UsagePoint } from '../../domain/usage-point.ts';
import { inBatches } from '../in-batches.ts';
import type { ReadingHistory } from '../ports.ts';
import { asRows } from './batches.ts';
import type { SqliteDatabase } from './database.ts';

const HOUR_MS = 60 * 60 * 1000;

const COLUMNS = 'at, remaining_mb, total_mb, status';
const columns = { at: z.number(), remaining_mb: z.number(), total_mb: z.number(), status: z.string() };
const placedRow = z
  .object({ ...columns, iccid: z.string(), slot: z.number() })
  .transform((row) => ({ iccid: row.iccid, slot: row.slot, point: asPoint(row) }));
const lookedRow = z
  .object({ ...columns, place: z.number() })
  .transform((row) => ({ place: row.place, point: asPoint(row) }));
/** Each can have hundreds of points, and they are read in one go. */
const MOST_LOOKS = 20;
/** Rows in memory at a time. */
const PAGE = 500;

function asPoint(row: z.infer<z.ZodObject<typeof columns>>): UsagePoint {
  return { at: row.at, remainingMb: row.remaining_mb, totalMb: row.total_mb, status: row.status };
}

/** A row to be. */
type Entry = Readonly<
  Record<'iccid' | 'status', string> & Record<'slot' | 'at' | 'remainingMb' | 'totalMb', number>
>;
/** For the newest `most` points of an eSIM since an instant. */
type Look = Readonly<Record<'iccid', string> & Record<'from' | 'slot' | 'most', number>>;

/** A table by eSIM and hour: both the write and the question touch one place of its key. */
export class SqliteReadingHistory implements ReadingHistory {
  readonly #database: SqliteDatabase;
  readonly #append: (entry: Entry) => Promise<void>;
  readonly #since: (look: Look) => Promise<UsagePoint[]>;

  constructor(database: SqliteDatabase) {
    this.#database = database;
    this.#append = inBatches((entries: readonly Entry[]) => this.#appendAll(entries), database.turns);
    this.#since = inBatches((looks: readonly Look[]) => this.#lookAll(looks), database.turns, {
      most: MOST_LOOKS,
    });
  }

  /** The later of two points of one hour stands, whichever is written first. */
  append(iccid: string, point: UsagePoint): Promise<void> {
    const { at, remainingMb, totalMb, status } = point;
    return this.#append({ iccid, slot: slotOf(at), at, remainingMb, totalMb, status });
  }

  /** The newest `limit`, the oldest of them first. */
  since(iccid: string, from: number, limit: number): Promise<UsagePoint[]> {
    return this.#since({ iccid, from, slot: slotOf(from), most: limit });
  }

  async #appendAll(entries: readonly Entry[]): Promise<undefined[]> {
    await this.#database.changed(
      `INSERT INTO reading_history (iccid, slot, at, remaining_mb, total_mb, status)
       SELECT value->>'iccid', value->>'slot', value->>'at', value->>'remainingMb', value->>'totalMb', value->>'status'
       FROM json_each($entries) WHERE true
       ON CONFLICT (iccid, slot) DO UPDATE SET at = excluded.at, remaining_mb = excluded.remaining_mb,
         total_mb = excluded.total_mb, status = excluded.status
       WHERE excluded.at >= reading_history.at RETURNING 1`,
      { $entries: asRows(entries) },
    );
    return entries.map(() => undefined);
  }

  async #lookAll(looks: readonly Look[]): Promise<UsagePoint[][]> {
    const found = await this.#database.all(
      lookedRow,
      `SELECT place, ${COLUMNS} FROM (
         SELECT look.key AS place, look.value->>'most' AS most, point.*,
           row_number() OVER (PARTITION BY look.key ORDER BY point.slot DESC) AS nth
         FROM json_each($looks) AS look CROSS JOIN reading_history AS point
         WHERE point.iccid = look.value->>'iccid' AND point.slot >= look.value->>'slot' AND point.at >= look.value->>'from')
       WHERE nth <= most ORDER BY place, slot`,
      { $looks: asRows(looks) },
    );
    const points = looks.map((): UsagePoint[] => []);
    for (const { place, point } of found) points[place]?.push(point);
    return points;
  }
}

function slotOf(at: number): number {
  return Math.floor(at / HOUR_MS);
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
