/**
 * `npm run test:sweep`: runs every scenario once and records its calls, then once more for each call and each way in which it may fail. Prints what broke
 * and writes the table of docs/faults.md. `-- --only <words>` runs the scenarios whose names match, `-- --row <words>` the rows of them whose call and fault
 * match, and `-- --shard 1/10` a part of the rows: these write nothing without `--write`. `-- --resume` goes on where a run was cut short; `-- --again` runs only what broke in it, once more.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Baseline, Trouble } from './row.ts';
import { nameOf, troublesOf } from './rows.ts';
import { SCENARIOS } from './scenarios.ts';
import { keyOf, rowsIn, type SweptRow, tableOf, writeTable } from './table.ts';
import { type Order, type Report, report } from './worker-protocol.ts';

const WORKER = fileURLToPath(new URL('./worker.ts', import.meta.url));
const LOGS = fileURLToPath(new URL('../../.cache/sweep/', import.meta.url));
/** Each row as it ends, a JSON object a line. */
const ROWS = `${LOGS}rows.jsonl`;
/** A row waits more than it computes. */
const WORKERS_A_CORE = 1.5;
/** Prime, so that each stride meets every kind of fault. */
const STRIDE = 17;

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    row: { type: 'string', default: '' },
    workers: { type: 'string' },
    shard: { type: 'string', default: '1/1' },
    write: { type: 'boolean', default: false },
    resume: { type: 'boolean', default: false },
    again: { type: 'boolean', default: false },
  },
});
const only = new RegExp(values.only, 'i');
const rowNamed = new RegExp(values.row, 'i');
const [shard = 1, shards = 1] = values.shard.split('/').map(Number);
const workers = Number(values.workers ?? Math.round(availableParallelism() * WORKERS_A_CORE));
const earlier = (values.resume || values.again) && existsSync(ROWS) ? rowsIn(readFileSync(ROWS, 'utf8')) : [];
rmSync(LOGS, { recursive: true, force: true });
mkdirSync(LOGS, { recursive: true });

const startedAt = performance.now();
const broke = new Set(earlier.filter(({ broken }) => broken.length > 0).map(keyOf));
const brokeIn = new Set(earlier.filter((row) => broke.has(keyOf(row))).map(({ scenario }) => scenario));
const wanted = SCENARIOS.filter(({ name }) => only.test(name) && (!values.again || brokeIn.has(name)));
const baselines = new Map<string, Baseline>();
const rows: SweptRow[] = [];
const known = new Set(earlier.filter(({ broken }) => broken.length === 0).map(keyOf));
const isWanted = ({ scenario, fault }: SweptRow) =>
  fault === 'none' && wanted.some(({ name }) => name === scenario);
for (const row of earlier) if (known.has(keyOf(row)) && !isWanted(row)) keep(row);

await handOut(
  wanted.map(({ name }) => ({ scenario: name })),
  ({ scenario }, came) => {
    baselines.set(scenario, came.baseline);
    note(scenario, undefined, came);
  },
);
const troubled = wanted.flatMap(({ name }) => {
  const baseline = baselines.get(name);
  return baseline ? troublesOf(name, baseline).map((trouble) => ({ scenario: name, trouble, baseline })) : [];
});
/** In strides: a run that is cut short has seen something of everything. */
const chosen = troubled
  .filter((_, index) => index % shards === shard - 1)
  .filter(({ scenario, trouble }) => {
    const key = keyOf({ scenario, ...nameOf(trouble) });
    if (!rowNamed.test(key)) return false;
    return values.again ? broke.has(key) : !known.has(key);
  })
  .map((one, index) => ({ one, stride: index % STRIDE }))
  .sort((a, b) => a.stride - b.stride)
  .map(({ one }) => one);
say(`${wanted.length} scenarios, ${chosen.length} rows, ${workers} workers`);
await handOut(chosen, ({ scenario, trouble }, came) => note(scenario, trouble, came));

const table = tableOf(rows, wanted.length + troubled.length);
say(table);
if (values.write || (values.only === '' && values.row === '' && shards === 1)) writeTable(table);
process.exitCode = rows.every(({ broken }) => broken.length === 0) ? 0 : 1;

function note(scenario: string, trouble: Trouble | undefined, came: Report): void {
  const { what, fault } = trouble ? nameOf(trouble) : { what: 'every call', fault: 'none' };
  const row: SweptRow = { scenario, what, fault, broken: came.broken, missed: came.missed };
  keep(row);
  if (row.broken.length === 0) return;
  const file = `${LOGS}${rows.length}-${`${scenario} ${what} ${fault}`.replace(/\W+/g, '-')}.log`;
  writeFileSync(file, `${row.broken.join('\n')}\n\n${came.seen.join('\n')}\n\n${came.log}`);
  say(`BROKE ${scenario} × ${what} × ${fault}: ${row.broken.join('; ')} (${file})`);
}

function keep(row: SweptRow): void {
  rows.push(row);
  appendFileSync(ROWS, `${JSON.stringify(row)}\n`);
}

/** Gives the orders to the workers, each the next when it has done one. */
async function handOut<O extends Omit<Order, 'id'>>(
  orders: readonly O[],
  hear: (of: O, came: Report) => void,
): Promise<void> {
  let next = 0;
  let done = 0;
  await Promise.all(
    Array.from({ length: Math.min(workers, orders.length) }, async () => {
      const child = fork(WORKER, { execArgv: ['--import', 'tsx'] });
      while (next < orders.length) {
        const id = next++;
        const given = orders[id];
        if (!given) break;
        hear(given, await ask(child, { ...given, id }));
        if (++done % 50 === 0)
          say(
            `${done} of ${orders.length} after ${((performance.now() - startedAt) / 60_000).toFixed(1)} min`,
          );
      }
      child.disconnect();
    }),
  );
}

function ask(child: ChildProcess, given: Order): Promise<Report> {
  return new Promise((resolve, reject) => {
    const onExit = () => reject(new Error('A worker of the sweep ended'));
    child.once('exit', onExit);
    child.once('message', (message) => {
      child.off('exit', onExit);
      resolve(report.parse(message));
    });
    child.send(given);
  });
}

function say(words: string): void {
  process.stdout.write(`${words}\n`);
}
