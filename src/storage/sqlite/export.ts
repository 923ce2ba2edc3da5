import { z } from 'zod';
import { systemClock } from '../../clock.ts';
import type { UsagePoint } from '../../domain/usage-point.ts';
import type { Log } from '../../log.ts';
import type { AuditEvent, OutboxJob } from '../ports.ts';
import { auditRow } from './audit-log.ts';
import { openDatabase, type SqliteDatabase } from './database.ts';
import { jsonColumn } from './json-column.ts';
import { storePath } from './location.ts';
import { migrate } from './migrations.ts';
import { JOB_COLUMNS, jobRow } from './outbox-table.ts';
import { pages, type Selection } from './pages.ts';
import { allPoints } from './reading-history.ts';
import { openSnapshotRecords } from './snapshot-records.ts';
import { inUse, isAlone } from './sole-use.ts';

/** One thing that is kept, as another engine can take it through its ports. Sealed values stay sealed. Instants are epoch ms. */
export type StoredThing =
  | { readonly kind: 'window'; readonly key: string; readonly openAt: number }
  | { readonly kind: 'snapshot'; readonly name: string; readonly record: unknown }
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

/** The cache is only read here; nothing is put into it. */
const KEPT_MS = 0;

const windowRow = z.object({ key: z.string(), open_at: z.number() });
const keyRow = z.object({ key: z.string() });
const valueRow = z.object({ kind: z.string(), key: z.string(), value: jsonColumn, ends_at: z.number() });

/**
 * Throws when the file is open elsewhere: what is promised meanwhile would be in both stores, and
 * answered twice. Brings the file to the schema of this program on the way.
 */
export async function refuseInUse(storeUrl: string): Promise<void> {
  const path = storePath(storeUrl);
  if (!(await isAlone(path))) throw inUse(path);
  const database = await openDatabase(path);
  try {
    // An older file lacks columns that the statements below name.
    await migrate(database);
  } finally {
    await database.close();
  }
}

/**
 * All that is worth moving: windows first, so that nobody asks Airalo too early, promises last, so
 * that they find what they need. Dead letters stay behind: they are for people to look at first.
 * `now` is epoch ms; a window that has opened by then and a value past its end stay behind. Throws
 * `StoreError`.
 */
export async function* exportSqlite(storeUrl: string, now: number, log: Log): AsyncGenerator<StoredThing> {
  const database = await openDatabase(storePath(storeUrl));
  // What is over at the beginning of the move is over for all of it.
  const clock = { ...systemClock, now: () => now };
  const snapshots = await openSnapshotRecords({ database, clock, log, keptMs: KEPT_MS });
  try {
    const open = `owner IS NULL AND open_at > ${now}`;
    for await (const row of rows(database, windowRow, { table: 'gate', keyOf: 'key', condition: open }))
      yield { kind: 'window', key: row.key, openAt: row.open_at };
    for await (const { key } of rows(database, keyRow, { table: 'snapshot_index', keyOf: 'key' })) {
      const record = await snapshots.get(key);
      // One that cannot be read would be a reading of nothing over there.
      if (record !== undefined && record !== null) yield { kind: 'snapshot', name: key, record };
    }
    const alive = { table: 'registry', keyOf: `kind || ' ' || key`, condition: `ends_at > ${now}` };
    for await (const row of rows(database, valueRow, alive))
      yield { kind: 'value', of: row.kind, key: row.key, value: row.value, endsAt: row.ends_at };
    for await (const event of rows(database, auditRow, { table: 'audit', keyOf: `printf('%020d', number)` }))
      yield { kind: 'audit', event };
    for await (const { iccid, point } of allPoints(database)) yield { kind: 'point', iccid, point };
    const pending = `state IN ('ready', 'leased')`;
    const jobs = { table: 'outbox', keyOf: 'id', condition: pending, columns: JOB_COLUMNS };
    for await (const job of rows(database, jobRow, jobs)) yield { kind: 'job', job };
  } finally {
    await snapshots.close();
    await database.close();
  }
}

/** One by one. */
async function* rows<Row>(
  database: SqliteDatabase,
  shape: z.ZodType<Row>,
  selection: Selection,
): AsyncGenerator<Row> {
  for await (const page of pages(database, shape, selection)) yield* page;
}
