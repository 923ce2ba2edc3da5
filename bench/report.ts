import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import type { Contender } from './arena.ts';
import type { Figures } from './figures.ts';

export interface Result {
  readonly scenario: string;
  readonly contender: Contender;
  readonly figures: Figures;
}

const README = new URL('./README.md', import.meta.url);

/** The machine, so that figures are not read without it. */
export function machine(): string {
  const [cpu] = cpus();
  const memoryGb = Math.round(totalmem() / 1024 ** 3);
  return `Node ${process.version}, ${cpus().length} × ${cpu?.model ?? 'CPU'}, ${memoryGb} GB, ${process.platform}`;
}

/** A row for each scenario and contender; CPU as a ratio to the floor of the same scenario. */
export function peersTable(results: readonly Result[]): string {
  const head = [
    'scenario',
    'contender',
    'calls / least',
    'avoidable 429',
    'ack p50 ms',
    'ack p99 ms',
    'answered',
    'doubled',
    'lateness p99 ms',
    'CPU / floor',
  ];
  const rows = results.map(({ scenario, contender, figures }) => {
    const floor = results.find(
      (other) => other.scenario === scenario && other.contender === 'floor',
    )?.figures;
    const isFloor = contender === 'floor';
    return [
      scenario,
      contender,
      isFloor ? '' : ratio(figures.callsOverLeast),
      isFloor ? '' : String(figures.avoidableRefusals),
      figures.ackP50Ms.toFixed(1),
      figures.ackP99Ms.toFixed(1),
      figures.asked === 0 || isFloor ? '' : `${figures.answered} of ${figures.asked}`,
      figures.asked === 0 || isFloor ? '' : String(figures.doubled),
      figures.latenessP99Ms === undefined ? '' : figures.latenessP99Ms.toFixed(0),
      figures.cpuPerCommandMicros === undefined || floor?.cpuPerCommandMicros === undefined
        ? ''
        : ratio(figures.cpuPerCommandMicros / floor.cpuPerCommandMicros),
    ];
  });
  return markdown([head, ...rows]);
}

export function markdown([head = [], ...rows]: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Puts a part of the README in its place, and the figures beside it as JSON. */
export function keep(part: 'peers' | 'growth', table: string, results: unknown): void {
  const [begin, end] = [`<!-- ${part} -->`, `<!-- end of ${part} -->`];
  const text = readFileSync(README, 'utf8');
  const [before = '', rest = ''] = text.split(begin);
  const [, after = ''] = rest.split(end);
  const day = new Date().toISOString().slice(0, 10);
  writeFileSync(README, `${before}${begin}\n${table}\n\nMeasured on ${day}: ${machine()}.\n${end}${after}`);
  const json = JSON.stringify({ machine: machine(), results }, null, 2);
  writeFileSync(new URL(`./${part}.json`, import.meta.url), `${json}\n`);
}

function ratio(value: number): string {
  return Number.isNaN(value) ? '' : value.toFixed(2);
}
