import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { textTable } from '../src/ops/text-table.ts';
import { describeMachine, machineLine } from './machine.ts';
import type { Mark } from './marks.ts';
import { marksRows } from './marks.ts';

/** Where the tables of each part stand. */
const README = new URL('./README.md', import.meta.url);
const OF_ITS_OWN: Partial<Record<Part['name'], URL>> = {
  scale: new URL('../docs/scale.md', import.meta.url),
};
const RESULTS = new URL('./results.json', import.meta.url);

type Table = readonly Readonly<Record<string, string>>[];

/** One part of the bench: what it measured, as data and as tables. */
export interface Part {
  readonly name: 'peers' | 'discord' | 'growth' | 'soak' | 'scale' | 'cost';
  readonly figures: unknown;
  readonly tables: readonly Table[];
  readonly marks: readonly Mark[];
  /** What could not be measured on this machine, in a sentence. */
  readonly leftOut?: string | undefined;
}

/** To the terminal; and, when it is kept, into `results.json` and between the markers of its page. */
export function report({ name, figures, tables, marks, leftOut }: Part, keep: boolean): void {
  const machine = describeMachine();
  const day = new Date().toISOString().slice(0, 10);
  const all = [...tables, marksRows(marks)].filter((table) => table.length > 0);
  const notes = [machineLine(machine), ...(leftOut === undefined ? [] : [leftOut])];
  process.stdout.write(`\n${all.map(textTable).join('\n\n')}\n\n${notes.join('\n')}\n\n`);
  if (!keep) return;
  const kept = existsSync(RESULTS) ? JSON.parse(readFileSync(RESULTS, 'utf8')) : {};
  const results = { ...kept, [name]: { machine, day, figures, marks } };
  writeFileSync(RESULTS, `${JSON.stringify(results, null, 2)}\n`);
  const text = `${all.map(markdownTable).join('\n\n')}\n\nMeasured on ${day}: ${notes.join('. ')}.`;
  const page = OF_ITS_OWN[name] ?? README;
  writeFileSync(page, between(readFileSync(page, 'utf8'), name, text));
}

function between(page: string, name: string, text: string): string {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
  const [before, rest] = page.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`The page has no place for ${name}`);
  return `${before}${begin}\n\n${text}\n\n${end}${after}`;
}

function markdownTable(rows: Table): string {
  const names = Object.keys(rows[0] ?? {});
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const lines = rows.map((row) => line(names.map((name) => row[name] ?? '')));
  return [line(names), line(names.map(() => '---')), ...lines].join('\n');
}
