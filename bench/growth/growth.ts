import { type DueFigures, measureBareEdits, measureDueAtOnce } from './due-at-once.ts';
import { type LookupFigures, measureLookups } from './lookups.ts';
import { measureStarts, type StartFigures } from './start.ts';

/** How the bot bears much. All on SQLite, in one process. */
export interface GrowthFigures {
  readonly lookups: readonly LookupFigures[];
  readonly starts: readonly StartFigures[];
  readonly dueAtOnce: readonly DueFigures[];
  readonly dueFloor: DueFigures;
}

export async function measureGrowth(tell: (line: string) => void): Promise<GrowthFigures> {
  const told = <T>(what: string, figures: T): T => {
    tell(`${what}: ${JSON.stringify(figures)}`);
    return figures;
  };
  const lookups = told('lookups', await measureLookups());
  const starts = told('starts', await measureStarts());
  const there = told('due at once', await measureDueAtOnce(true));
  const toRead = told('due at once', await measureDueAtOnce(false));
  const floor = told('due at once', await measureBareEdits());
  return { lookups, starts, dueAtOnce: [there, toRead], dueFloor: floor };
}

/** The tables of the README and the terminal, each size beside its ratio to the smallest. */
export function growthTables({
  lookups,
  starts,
  dueAtOnce,
  dueFloor,
}: GrowthFigures): Record<string, string>[][] {
  const [smallest] = lookups;
  const [none] = starts;
  return [
    lookups.map((row) => ({
      'cached eSIMs': count(row.cachedEsims),
      'store read p50 ms (× smallest)': withRatio(row.readP50Ms, smallest?.readP50Ms, 3),
      'p99 ms': row.readP99Ms.toFixed(3),
      'whole lookup p50 ms (× smallest)': withRatio(row.lookupP50Ms, smallest?.lookupP50Ms, 3),
      'lookup p99 ms': row.lookupP99Ms.toFixed(3),
    })),
    starts.map((row) => ({
      'pending answers': count(row.pending),
      'process start to ready ms (× none)': withRatio(row.readyMs, none?.readyMs, 0),
      'of that after loading the code ms': withRatio(row.openedMs, none?.openedMs, 0),
      'memory MB (more than none)': `${row.rssMb.toFixed(1)} (${(row.rssMb - (none?.rssMb ?? 0)).toFixed(1)})`,
    })),
    [...dueAtOnce, dueFloor].map((row) => ({
      '10 000 answers due at once, 500 eSIMs': row.what,
      'lateness p50 ms': row.latenessP50Ms.toFixed(0),
      'lateness p99 ms (× floor)': withRatio(row.latenessP99Ms, dueFloor.latenessP99Ms, 0),
      lost: String(row.lost),
      doubled: String(row.doubled),
      'calls to Airalo': String(row.calls),
    })),
  ];
}

function withRatio(value: number, smallest: number | undefined, digits: number): string {
  return `${value.toFixed(digits)} (${(value / (smallest ?? Number.NaN)).toFixed(2)})`;
}

function count(value: number): string {
  return value.toLocaleString('en').replaceAll(',', ' ');
}
