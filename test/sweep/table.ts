import { readFileSync, writeFileSync } from 'node:fs';

/** One row of the sweep: which call of which scenario failed how, and what broke. */
export interface SweptRow {
  readonly scenario: string;
  readonly what: string;
  readonly fault: string;
  readonly broken: readonly string[];
  /** The call never came in this run. */
  readonly missed: boolean;
}

const PAGE = new URL('../../docs/faults.md', import.meta.url);
const BEGIN = '<!-- sweep: npm run test:sweep -->';
const END = '<!-- end of sweep -->';

/** For the terminal and the page: how many rows held, by call and by fault, and each that broke. */
export function tableOf(rows: readonly SweptRow[], minutes: number): string {
  const met = rows.filter(({ missed }) => !missed);
  const held = met.filter(({ broken }) => broken.length === 0);
  const scenarios = new Set(rows.map(({ scenario }) => scenario));
  return [
    `${met.length} rows of ${scenarios.size} scenarios: ${held.length} held, ${met.length - held.length} broke (${minutes.toFixed(0)} min).`,
    '',
    ...counted('scenario', met, ({ scenario }) => scenario),
    '',
    ...counted('call', met, ({ what }) => what.replace(/ \(\d+\)$/, '')),
    '',
    ...counted('fault', met, ({ fault }) => fault),
    ...brokenRows(met),
  ].join('\n');
}

function counted(title: string, rows: readonly SweptRow[], keyOf: (row: SweptRow) => string): string[] {
  const groups = new Map<string, SweptRow[]>();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  const lines = [...groups]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([key, members]) => {
      const held = members.filter(({ broken }) => broken.length === 0).length;
      return `| ${key} | ${members.length} | ${held === members.length ? 'all' : held} |`;
    });
  return [`| ${title} | rows | held |`, '|---|---|---|', ...lines];
}

function brokenRows(rows: readonly SweptRow[]): string[] {
  const broken = rows.filter((row) => row.broken.length > 0);
  if (broken.length === 0) return [];
  return [
    '',
    '| scenario | call | fault | what broke |',
    '|---|---|---|---|',
    ...broken.map(
      ({ scenario, what, fault, broken: how }) => `| ${scenario} | ${what} | ${fault} | ${how.join('; ')} |`,
    ),
  ];
}

/** Into its place in docs/faults.md. */
export function writeTable(rows: readonly SweptRow[], minutes: number): void {
  const page = readFileSync(PAGE, 'utf8');
  const [before = '', after = ''] = [page.split(BEGIN)[0], page.split(END)[1]];
  writeFileSync(PAGE, `${before}${BEGIN}\n${tableOf(rows, minutes)}\n${END}${after}`);
}
