import { z } from 'zod';
import type { SqliteDatabase } from './database.ts';

/** Rows in memory at a time. */
const PAGE = 500;

/** What to read of a table. `keyOf` is an expression that is text, and different for each row. */
export interface Selection {
  /**
   * A name or a subselect of ours: it stands in the statement as it is, and never comes from a
   * person.
   */
  readonly table: string;
  readonly keyOf: string;
  /** SQL; every row when absent. */
  readonly condition?: string;
  readonly columns?: string;
}

/** Page by page, each beginning behind the last key of the one before: rows that come or go meanwhile shift no page. */
export async function* pages<Row>(
  database: SqliteDatabase,
  shape: z.ZodType<Row>,
  { table, keyOf, condition = 'true', columns = '*' }: Selection,
): AsyncGenerator<Row[]> {
  const page = z.object({ page_key: z.string() }).loose();
  for (let after = ''; ; ) {
    const found = await database.all(
      page,
      `SELECT ${columns}, ${keyOf} AS page_key FROM ${table}
       WHERE ${condition} AND ${keyOf} > $after ORDER BY page_key LIMIT ${PAGE}`,
      { $after: after },
    );
    yield found.map((row) => shape.parse(row));
    const last = found.at(-1);
    if (!last || found.length < PAGE) return;
    after = last.page_key;
  }
}
