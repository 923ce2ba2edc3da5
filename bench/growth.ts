import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sqlite3 from 'sqlite3';
import { z } from 'zod';
import { systemClock } from '../src/clock.ts';
import { createLog } from '../src/ops/log.ts';
import { openStore } from '../src/storage/open.ts';
import { deferredReplyJob } from '../src/usage/deferred-reply.ts';
import { toIccid } from '../test/support/arbitraries.ts';
import { startBoard } from '../test/support/board.ts';
import { createWorld, endWorld, envOf } from '../test/support/bot.ts';
import { until } from '../test/support/until.ts';
import { percentile } from './figures.ts';
import { markdown } from './report.ts';

const LOOKUPS = 2_000;
const HOUR_MS = 3_600_000;
const measured = z.object({ readyMs: z.number(), rssMb: z.number() });
const log = createLog('error');

interface Row {
  readonly what: string;
  readonly figures: Readonly<Record<string, number>>;
}

/** How the bot bears much: many cached eSIMs, many pending answers, many due at once. All on SQLite. */
export async function measureGrowth(): Promise<{ table: string; results: readonly Row[] }> {
  const rows: Row[] = [];
  const add = (what: string, figures: Row['figures']) => {
    rows.push({ what, figures });
    process.stdout.write(`${what}: ${JSON.stringify(figures)}\n`);
  };
  for (const esims of [1_000, 100_000, 1_000_000]) add(`lookup, ${esims} cached eSIMs`, await lookups(esims));
  for (const pending of [0, 10_000, 100_000]) add(`start, ${pending} answers pending`, await start(pending));
  add('10000 answers due at once, 500 eSIMs', await dueAtOnce());
  const table = markdown([
    ['what', 'figures'],
    ...rows.map(({ what, figures }) => [
      what,
      Object.entries(figures)
        .map(([name, value]) => `${name} ${round(value)}`)
        .join(', '),
    ]),
  ]);
  return { table, results: rows };
}

/** A cached reading by the store's own port, chosen at random; the cache is filled in its own form. */
async function lookups(esims: number): Promise<Row['figures']> {
  return inFolder(async (folder) => {
    const path = join(folder, 's.sqlite');
    const store = await openStore(`sqlite:${path}`, { clock: systemClock, log });
    const number = (index: number) => String(8_910_000_000_000_000_000n + BigInt(index));
    await store.snapshots.put(number(0), { kind: 'unknown-esim', asOf: Date.now() });
    await fill(path, number, esims);
    const took: number[] = [];
    for (let lookup = 0; lookup < LOOKUPS; lookup++) {
      const iccid = number(1 + Math.floor(Math.random() * (esims - 1)));
      const from = performance.now();
      const found = await store.snapshots.get(iccid);
      took.push(performance.now() - from);
      if (!found) throw new Error(`The filled cache does not hold ${iccid}`);
    }
    await store.close();
    return { p50Ms: percentile(took, 0.5), p99Ms: percentile(took, 0.99) };
  });
}

/** Copies the one row the store has written, under other keys. */
async function fill(path: string, number: (index: number) => string, esims: number): Promise<void> {
  const database = new sqlite3.Database(path);
  const run = (sql: string) =>
    new Promise<void>((resolve, reject) => database.run(sql, (error) => (error ? reject(error) : resolve())));
  const copies = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${esims - 1})`;
  await run(`${copies} INSERT INTO snapshot_cache (key, value)
    SELECT replace(c.key, '${number(0)}', CAST(${number(0)} + n.i AS TEXT)), c.value FROM snapshot_cache c, n
    WHERE c.key LIKE '%${number(0)}'`);
  await run(`${copies} INSERT INTO snapshot_index (key, kept_until)
    SELECT CAST(${number(0)} + i AS TEXT), ${Date.now() + HOUR_MS} FROM n`);
  await new Promise<void>((resolve) => database.close(() => resolve()));
}

/** From the fork to "ready", and the memory then, with answers pending for later. */
async function start(pending: number): Promise<Row['figures']> {
  const world = await createWorld(systemClock);
  try {
    await enqueue(envOf(world).STORE_URL ?? '', pending, world.simulator.addEsims(500), Date.now() + HOUR_MS);
    const script = fileURLToPath(new URL('./start-probe.ts', import.meta.url));
    const runs: z.infer<typeof measured>[] = [];
    for (let run = 0; run < 5; run++) {
      const child = fork(script, { env: { ...process.env, ...envOf(world) }, execArgv: ['--import', 'tsx'] });
      const [message] = await once(child, 'message');
      runs.push(measured.parse(message));
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    return {
      readyP50Ms: percentile(
        runs.map(({ readyMs }) => readyMs),
        0.5,
      ),
      rssP50Mb: percentile(
        runs.map(({ rssMb }) => rssMb),
        0.5,
      ),
    };
  } finally {
    await endWorld(world);
  }
}

/** One process, a board that takes every edit at once. Lateness is reckoned from the start of the bot: all were due before. */
async function dueAtOnce(): Promise<Row['figures']> {
  const world = await createWorld(systemClock);
  const board = await startBoard();
  const { startBotProcess } = await import('../test/support/bot-processes.ts');
  try {
    const env = envOf(world);
    const bot = await startBotProcess({ ...env, BOARD_URL: board.url });
    const dueAt = Date.now() + 20_000;
    await enqueue(env.STORE_URL ?? '', 10_000, world.simulator.addEsims(500), dueAt);
    const arrivals: number[] = [];
    await until(
      'every answer',
      () => {
        while (arrivals.length < board.shown.size) arrivals.push(Date.now() - dueAt);
        return arrivals.length === 10_000;
      },
      180_000,
    );
    await bot.kill();
    const doubled = [...board.shown.values()].filter((texts) => texts.length > 1).length;
    return {
      latenessP50Ms: percentile(arrivals, 0.5),
      latenessP99Ms: percentile(arrivals, 0.99),
      lost: 10_000 - board.shown.size,
      doubled,
      callsOverLeast: world.simulator.calls.length / 500,
    };
  } finally {
    await board.close();
    await endWorld(world);
  }
}

async function enqueue(
  storeUrl: string,
  count: number,
  iccids: readonly string[],
  answerAt: number,
): Promise<void> {
  const store = await openStore(storeUrl, { clock: systemClock, log });
  const askedAt = Date.now();
  for (let first = 0; first < count; first += iccids.length)
    await Promise.all(
      iccids.slice(0, count - first).map((iccid, index) => {
        const messageKey = `terminal:m${first + index}`;
        const address = {
          platform: 'terminal',
          asker: `terminal:${index}`,
          messageKey,
          routes: null,
        } as const;
        const request = { iccid: toIccid(iccid), address, requestId: messageKey, place: 'bench' };
        return store.outbox.enqueue(deferredReplyJob(request, { askedAt, newerThan: 0, answerAt }));
      }),
    );
  await store.close();
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'esim-bench-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function round(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(2);
}
