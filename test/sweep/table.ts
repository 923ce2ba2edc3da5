import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

/** One row of the sweep: which call of which scenario failed how, and what broke. */
const sweptRow = z.object({
  scenario: z.string(),
  what: z.string(),
  fault: z.string(),
  broken: z.array(z.string()).readonly(),
  /** The call never came in this run. */
  missed: z.boolean(),
});
export type SweptRow = Readonly<z.infer<typeof sweptRow>>;

const PAGE = new URL('../../docs/faults.md', import.meta.url);
const BEGIN = '<!-- sweep: npm run test:sweep -->';
const END = '<!-- end of sweep -->';
const MAX_WHY = 200;

/** Rows as the sweep keeps them, a JSON object a line. */
export function rowsIn(lines: string): SweptRow[] {
  return lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => sweptRow.parse(JSON.parse(line)));
}

/** Two rows of one name are the same row. */
export const keyOf = ({ scenario, what, fault }: Pick<SweptRow, 'scenario' | 'what' | 'fault'>): string =>
  [scenario, what, fault].join(' × ');

/**
 * For the terminal and the page: each scenario with its calls and how many ways each of them failed in, the same by call and fault, and each
 * row that broke. `planned`: how many rows a whole run has.
 */
export function tableOf(rows: readonly SweptRow[], planned: number): string {
  const met = rows.filter(({ missed }) => !missed);
  const broke = met.filter(({ broken }) => broken.length > 0);
  const scenarios = new Set(rows.map(({ scenario }) => scenario));
  const part =
    rows.length < planned ? ` These are ${rows.length} of ${planned}, spread over all of them.` : '';
  return [
    `${met.length} rows of ${scenarios.size} scenarios: ${met.length - broke.length} held, ${broke.length} broke.${part}`,
    '',
    ...brokenRows(broke),
    '| scenario | each call, and in how many ways it failed | rows | held |',
    '|---|---|---|---|',
    ...[...grouped(met, ({ scenario }) => scenario)].map(
      ([scenario, its]) => `| ${scenario} | ${callsOf(its)} | ${its.length} | ${heldOf(its)} |`,
    ),
    '',
    '| fault | each call that met it, and in how many scenarios | rows | held |',
    '|---|---|---|---|',
    ...[...grouped(met, ({ fault }) => fault)].map(
      ([fault, its]) => `| ${fault} | ${callsOf(its)} | ${its.length} | ${heldOf(its)} |`,
    ),
  ].join('\n');
}

function callsOf(rows: readonly SweptRow[]): string {
  const calls = grouped(
    rows.filter(({ fault }) => fault !== 'none'),
    ({ what }) => what.replace(/ \(\d+\)$/, ''),
  );
  return [...calls].map(([what, its]) => `${what} ${its.length}`).join(', ');
}

function heldOf(rows: readonly SweptRow[]): string {
  const held = rows.filter(({ broken }) => broken.length === 0).length;
  return held === rows.length ? 'all' : String(held);
}

function grouped(rows: readonly SweptRow[], nameOf: (row: SweptRow) => string): Map<string, SweptRow[]> {
  const groups = new Map<string, SweptRow[]>();
  for (const row of rows) groups.set(nameOf(row), [...(groups.get(nameOf(row)) ?? []), row]);
  return new Map([...groups].sort(([a], [b]) => a.localeCompare(b)));
}

function brokenRows(broke: readonly SweptRow[]): string[] {
  if (broke.length === 0) return [];
  return [
    '| scenario | call | fault | what broke |',
    '|---|---|---|---|',
    ...broke.map(
      ({ scenario, what, fault, broken }) => `| ${scenario} | ${what} | ${fault} | ${why(broken)} |`,
    ),
    '',
  ];
}

function why(broken: readonly string[]): string {
  const [first = ''] = broken.join('; ').split('\n');
  return first.slice(0, MAX_WHY).replaceAll('|', '\\|');
}

/** Into its place in docs/faults.md. */
export function writeTable(table: string): void {
  const page = readFileSync(PAGE, 'utf8');
  const [before = '', after = ''] = [page.split(BEGIN)[0], page.split(END)[1]];
  writeFileSync(PAGE, `${before}${BEGIN}\n${table}\n${END}${after}`);
}
