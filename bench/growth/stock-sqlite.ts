import { Database } from 'sqlite3';
import type { OutboxJob } from '../../src/storage/ports.ts';

/** Fills a store file in the store's own form by plain SQL: a million rows through the ports would take an hour. */

const BATCH = 1_000;

/** Copies what the store has written about the eSIM `first` for those that follow it, until there are `count`. */
export async function copyReadingInFile(
  path: string,
  first: string,
  count: number,
  keptUntil: number,
): Promise<void> {
  const others = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count - 1})`;
  await inFile(path, async (run) => {
    await run(`${others} INSERT INTO snapshot_cache (key, value)
      SELECT replace(c.key, '${first}', CAST(${first} + n.i AS TEXT)), c.value FROM n, snapshot_cache c
      WHERE c.key = (SELECT key FROM snapshot_cache WHERE key LIKE '%${first}')`);
    await run(`${others} INSERT INTO snapshot_index (key, kept_until)
      SELECT CAST(${first} + i AS TEXT), ${keptUntil} FROM n`);
    await run(`${others} INSERT INTO gate (key, open_at, owner)
      SELECT 'usage:' || CAST(${first} + i AS TEXT), ${keptUntil}, NULL FROM n`);
  });
}

/** The jobs as `enqueue` would have left them. */
export async function insertJobs(path: string, jobs: readonly OutboxJob[]): Promise<void> {
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
  const database = new Database(path);
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
