import sqlite3 from 'sqlite3';
import { systemClock } from '../../src/clock.ts';
import { createLog } from '../../src/ops/log.ts';
import { openStore } from '../../src/storage/open.ts';
import type { OutboxJob, Snapshot } from '../../src/storage/ports.ts';

/** Fills a store file in the store's own form by plain SQL: a million rows through the ports would take an hour. */

const FIRST = 8_910_000_000_000_000_000n;
const DAY_MS = 24 * 60 * 60_000;
const BATCH = 1_000;

/** The `index`-th of the filled eSIMs. */
export const filledIccid = (index: number): string => String(FIRST + BigInt(index));

const freshReading = (): Snapshot => ({
  kind: 'reading',
  asOf: Date.now(),
  reading: {
    status: { kind: 'known', name: 'ACTIVE' },
    data: { kind: 'megabytes', remaining: 1331, total: 5120 },
    expiresAt: Date.now() + DAY_MS,
  },
});

/** `count` eSIMs with a fresh reading and a closed gate: the store writes the first one itself, the others are copies of its row. */
export async function fillReadings(path: string, count: number): Promise<void> {
  const first = filledIccid(0);
  const store = await openStore(`sqlite:${path}`, { clock: systemClock, log: createLog('error') });
  await store.snapshots.put(first, freshReading());
  await store.close();
  const others = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count - 1})`;
  await inFile(path, async (run) => {
    await run(`${others} INSERT INTO snapshot_cache (key, value)
      SELECT replace(c.key, '${first}', CAST(${first} + n.i AS TEXT)), c.value FROM n, snapshot_cache c
      WHERE c.key = (SELECT key FROM snapshot_cache WHERE key LIKE '%${first}')`);
    await run(`${others} INSERT INTO snapshot_index (key, kept_until)
      SELECT CAST(${first} + i AS TEXT), ${Date.now() + DAY_MS} FROM n`);
    await run(`${others} INSERT INTO gate (key, open_at, owner)
      SELECT 'usage:' || CAST(${first} + i AS TEXT), ${Date.now() + DAY_MS}, NULL FROM n`);
  });
}

/** The jobs as `enqueue` would have left them. */
export async function fillJobs(path: string, jobs: readonly OutboxJob[]): Promise<void> {
  await (await openStore(`sqlite:${path}`, { clock: systemClock, log: createLog('error') })).close();
  await inFile(path, async (run) => {
    for (let from = 0; from < jobs.length; from += BATCH) {
      const rows = jobs
        .slice(from, from + BATCH)
        .map((job) => ({ ...job, payload: JSON.stringify(job.payload) }));
      await run(
        `INSERT INTO outbox (id, type, owner, payload, run_at, deadline, state, due_at)
         SELECT value ->> 'id', value ->> 'type', value ->> 'owner', value ->> 'payload', value ->> 'runAt',
           value ->> 'deadline', 'ready', value ->> 'runAt' FROM json_each(?)`,
        JSON.stringify(rows),
      );
    }
  });
}

type Run = (sql: string, parameter?: string) => Promise<void>;

/** One transaction on a connection of its own. */
async function inFile(path: string, work: (run: Run) => Promise<void>): Promise<void> {
  const database = new sqlite3.Database(path);
  const run: Run = (sql, parameter) =>
    new Promise((resolve, reject) => {
      const parameters = parameter === undefined ? [] : [parameter];
      database.run(sql, parameters, (error) => (error ? reject(error) : resolve()));
    });
  try {
    await run('BEGIN IMMEDIATE');
    await work(run);
    await run('COMMIT');
    await run('PRAGMA wal_checkpoint(TRUNCATE)');
  } finally {
    await new Promise<void>((resolve) => database.close(() => resolve()));
  }
}
