import { percentile } from '../figures.ts';
import { type CrowdFigures, measureCrowd } from './crowd.ts';
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
  readonly crowd: CrowdFigures;
}

/** Of the ten thousand at once; fewer where each eSIM is read first. */
const DUE_TIMES = 5;
const DUE_TO_READ_TIMES = 3;

export async function measureGrowth(engine: Engine, tell: (line: string) => void): Promise<GrowthFigures> {
  const told = <T>(what: string, figures: T): T => {
    tell(`${engine}, ${what}: ${JSON.stringify(figures)}`);
    return figures;
  };
  const [there, toRead, floors]: [DueFigures[], DueFigures[], DueFigures[]] = [[], [], []];
  for (let time = 0; time < DUE_TIMES; time++) {
    there.push(told('due at once', await measureDueAtOnce(engine, true)));
    if (time < DUE_TO_READ_TIMES) toRead.push(told('due at once', await measureDueAtOnce(engine, false)));
    // In the same minutes as what is compared with it.
    floors.push(told('due at once', await measureBareEdits()));
  }
  const crowd = told('10 000 different eSIMs in 70 s', await measureCrowd(engine));
  const starts = told('starts', await measureStarts(engine));
  const lookups = told('lookups', await measureLookups(engine));
  const dueAtOnce = [medianOf(there), medianOf(toRead)];
  return { engine, lookups, starts, dueAtOnce, dueFloor: medianOf(floors), crowd };
}

/** The one in the middle by its lateness, with the most that any of them lost or doubled. */
function medianOf(times: readonly DueFigures[]): DueFigures {
  const middle = percentile(
    times.map(({ latenessP99Ms }) => latenessP99Ms),
    0.5,
  );
  const one = times.find(({ latenessP99Ms }) => latenessP99Ms === middle);
  if (!one) throw new RangeError('Nothing was measured');
  const worst = (of: (time: DueFigures) => number) => Math.max(...times.map(of));
  return { ...one, lost: worst(({ lost }) => lost), doubled: worst(({ doubled }) => doubled) };
}

/** The tables of the README and the terminal, each size beside its ratio to the smallest of the same engine. */
export function growthTables(engines: readonly GrowthFigures[]): Record<string, string>[][] {
  return [
    engines.flatMap(lookupRows),
    engines.flatMap(startRows),
    engines.flatMap(dueRows),
    engines.map(crowdRow),
  ];
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

function crowdRow({ engine, crowd }: GrowthFigures): Record<string, string> {
  return {
    store: engine,
    '10 000 different eSIMs in 70 s: memory at rest MB': crowd.restMb.toFixed(0),
    'at most MB': crowd.mostMb.toFixed(0),
    'messages and edits for one question': crowd.messagesPerQuestion.toFixed(2),
    'ack p99 ms': crowd.ackP99Ms.toFixed(0),
    'event loop held up at most ms': crowd.loopDelayMs.toFixed(0),
    'without a word': String(crowd.unanswered),
  };
}

function withRatio(value: number, smallest: number | undefined, digits: number): string {
  return `${value.toFixed(digits)} (${(value / (smallest ?? Number.NaN)).toFixed(2)})`;
}

function count(value: number): string {
  return value.toLocaleString('en').replaceAll(',', ' ');
}
