import { z } from 'zod';
import type { UsagePoint } from '../../domain/usage-point.ts';
import type { Log } from '../../ops/log.ts';
import type { AuditEvent, OutboxJob, Snapshot } from '../ports.ts';
import { auditRow } from './audit-log.ts';
import { openDatabase, type SqliteDatabase } from './database.ts';
import { jsonColumn } from './json-column.ts';
import { storePath } from './location.ts';
import { migrate } from './migrations.ts';
import { JOB_COLUMNS, jobRow } from './outbox-table.ts';
import { allPoints } from './reading-history.ts';
import { openSnapshotCache } from './snapshot-cache.ts';

/** One thing that is kept, as another engine can take it through its ports. Sealed values stay sealed. Instants are epoch ms. */
export type StoredThing =
  | { readonly kind: 'window'; readonly key: string; readonly openAt: number }
  | { readonly kind: 'snapshot'; readonly iccid: string; readonly snapshot: Snapshot }
  | {
      readonly kind: 'value';
      readonly of: string;
      readonly key: string;
      readonly value: unknown;
      readonly endsAt: number;
    }
  | { readonly kind: 'audit'; readonly event: AuditEvent }
  | { readonly kind: 'point'; readonly iccid: string; readonly point: UsagePoint }
  | { readonly kind: 'job'; readonly job: OutboxJob };

const PAGE = 500;
const KEPT_MS = 0;

const windowRow = z.object({ key: z.string(), open_at: z.number() });
const keyRow = z.object({ key: z.string() });
const valueRow = z.object({ kind: z.string(), key: z.string(), value: jsonColumn, ends_at: z.number() });
const busyRow = z.object({ busy: z.number() });

/** Whether a bot is working on the file at `now`: then it must not be moved. */
export async function isInUse(storeUrl: string, now: number): Promise<boolean> {
  const database = await openDatabase(storePath(storeUrl));
  try {
    await migrate(database);
    const row = await database.first(
      busyRow,
      `SELECT count(*) AS busy FROM outbox WHERE state = 'leased' AND due_at > $now`,
      { $now: now },
    );
    return (row?.busy ?? 0) > 0;
  } finally {
    await database.close();
  }
}

/**
 * All that is worth moving: windows first, so that nobody asks Airalo too early, promises last, so that they find what they
 * need. Dead letters stay behind: they are for people to look at first.
 */
export async function* exportSqlite(storeUrl: string, now: number, log: Log): AsyncGenerator<StoredThing> {
  const database = await openDatabase(storePath(storeUrl));
  const clock = { now: () => now, sleep: async () => undefined };
  const snapshots = await openSnapshotCache({ database, clock, log, keptMs: KEPT_MS });
  try {
    for await (const row of rows(database, windowRow, 'gate', 'key', `owner IS NULL AND open_at > ${now}`))
      yield { kind: 'window', key: row.key, openAt: row.open_at };
    for await (const { key } of rows(database, keyRow, 'snapshot_index', 'key', 'true')) {
      const snapshot = await snapshots.get(key);
      if (snapshot) yield { kind: 'snapshot', iccid: key, snapshot };
    }
    for await (const row of rows(database, valueRow, 'registry', `kind || ' ' || key`, `ends_at > ${now}`))
      yield { kind: 'value', of: row.kind, key: row.key, value: row.value, endsAt: row.ends_at };
    for await (const event of rows(database, auditRow, 'audit', `printf('%020d', number)`, 'true'))
      yield { kind: 'audit', event };
    for await (const { iccid, point } of allPoints(database)) yield { kind: 'point', iccid, point };
    const pending = `state IN ('ready', 'leased')`;
    for await (const job of rows(database, jobRow, 'outbox', 'id', pending, JOB_COLUMNS))
      yield { kind: 'job', job };
  } finally {
    await snapshots.close();
    await database.close();
  }
}

/** Page by page, each beginning behind the last key of the one before. */
async function* rows<Row>(
  database: SqliteDatabase,
  shape: z.ZodType<Row>,
  table: string,
  keyOf: string,
  condition: string,
  columns = '*',
): AsyncGenerator<Row> {
  const page = z.object({ page_key: z.string() }).loose();
  for (let after = ''; ; ) {
    const found = await database.all(
      page,
      `SELECT ${columns}, ${keyOf} AS page_key FROM ${table}
       WHERE ${condition} AND ${keyOf} > $after ORDER BY page_key LIMIT ${PAGE}`,
      { $after: after },
    );
    for (const row of found) yield shape.parse(row);
    const last = found.at(-1);
    if (!last || found.length < PAGE) return;
    after = last.page_key;
  }
}
