import { type DueFigures, measureBareEdits, measureDueAtOnce } from './due-at-once.ts';
import { type LookupFigures, measureLookups } from './lookups.ts';
import { measureStarts, type StartFigures } from './start.ts';
import type { Engine } from './stocked-store.ts';

/** How the bot bears much, with one process on a store of one engine. */
export interface GrowthFigures {
  readonly engine: Engine;
  readonly lookups: readonly LookupFigures[];
  readonly starts: readonly StartFigures[];
  readonly dueAtOnce: readonly DueFigures[];
  readonly dueFloor: DueFigures;
}

export async function measureGrowth(engine: Engine, tell: (line: string) => void): Promise<GrowthFigures> {
  const told = <T>(what: string, figures: T): T => {
    tell(`${engine}, ${what}: ${JSON.stringify(figures)}`);
    return figures;
  };
  const lookups = told('lookups', await measureLookups(engine));
  const starts = told('starts', await measureStarts(engine));
  const there = told('due at once', await measureDueAtOnce(engine, true));
  const toRead = told('due at once', await measureDueAtOnce(engine, false));
  // In the same minutes as what is compared with it.
  const floor = told('due at once', await measureBareEdits());
  return { engine, lookups, starts, dueAtOnce: [there, toRead], dueFloor: floor };
}

/** The tables of the README and the terminal, each size beside its ratio to the smallest of the same engine. */
export function growthTables(engines: readonly GrowthFigures[]): Record<string, string>[][] {
  return [engines.flatMap(lookupRows), engines.flatMap(startRows), engines.flatMap(dueRows)];
}

function lookupRows({ engine, lookups }: GrowthFigures): Record<string, string>[] {
  const [smallest] = lookups;
  return lookups.map((row) => ({
    store: engine,
    'cached eSIMs': count(row.cachedEsims),
    'store read p50 ms (× smallest)': withRatio(row.readP50Ms, smallest?.readP50Ms, 3),
    'p99 ms': row.readP99Ms.toFixed(3),
    'whole lookup p50 ms (× smallest)': withRatio(row.lookupP50Ms, smallest?.lookupP50Ms, 3),
    'lookup p99 ms': row.lookupP99Ms.toFixed(3),
  }));
}

function startRows({ engine, starts }: GrowthFigures): Record<string, string>[] {
  const [none] = starts;
  return starts.map((row) => ({
    store: engine,
    'pending answers': count(row.pending),
    'process start to ready ms (× none)': withRatio(row.readyMs, none?.readyMs, 0),
    'of that after loading the code ms': withRatio(row.openedMs, none?.openedMs, 0),
    'memory MB (more than none)': `${row.rssMb.toFixed(1)} (${(row.rssMb - (none?.rssMb ?? 0)).toFixed(1)})`,
  }));
}

function dueRows({ engine, dueAtOnce, dueFloor }: GrowthFigures): Record<string, string>[] {
  return [...dueAtOnce, dueFloor].map((row) => ({
    store: row === dueFloor ? 'none' : engine,
    '10 000 answers due at once, 500 eSIMs': row.what,
    'lateness p50 ms': row.latenessP50Ms.toFixed(0),
    'lateness p99 ms (× floor)': withRatio(row.latenessP99Ms, dueFloor.latenessP99Ms, 0),
    lost: String(row.lost),
    doubled: String(row.doubled),
    'calls to Airalo': String(row.calls),
  }));
}

function withRatio(value: number, smallest: number | undefined, digits: number): string {
  return `${value.toFixed(digits)} (${(value / (smallest ?? Number.NaN)).toFixed(2)})`;
}

function count(value: number): string {
  return value.toLocaleString('en').replaceAll(',', ' ');
}
