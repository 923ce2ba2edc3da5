import { FLOOR, OURS } from './corner.ts';
import type { Figures } from './figures.ts';
import type { GrowthFigures } from './growth/growth.ts';
import type { PeerResult } from './peers-table.ts';
import { cachedCpu } from './scenarios/cached-cpu.ts';
import { hung } from './scenarios/hung.ts';

/** What the bot is meant to reach, with what it did reach in this run. */
export interface Mark {
  readonly mark: string;
  readonly most: number;
  readonly measured: number;
}

export function peerMarks(results: readonly PeerResult[]): Mark[] {
  const ours = results.filter(({ contender }) => contender === OURS).map(({ figures }) => figures);
  const worst = (of: (figures: Figures) => number | undefined) =>
    Math.max(...ours.map((one) => of(one) ?? 0));
  const overFloor = (scenario: string, of: (figures: Figures) => number | undefined) => {
    const [mine, floor] = [OURS, FLOOR].map((name) =>
      results.find((result) => result.scenario === scenario && result.contender === name),
    );
    return ((mine && of(mine.figures)) ?? Number.NaN) / ((floor && of(floor.figures)) ?? Number.NaN);
  };
  return [
    {
      mark: 'calls over the least, worst scenario',
      most: 1,
      measured: worst(({ calls }) => calls && calls.made / Math.max(1, calls.least)),
    },
    { mark: 'avoidable 429, worst scenario', most: 0, measured: worst(({ calls }) => calls?.avoidable) },
    {
      mark: 'promised answers lost, worst scenario',
      most: 0,
      measured: worst(({ promised }) => promised?.lost),
    },
    {
      mark: 'promised answers doubled, worst scenario',
      most: 0,
      measured: worst(({ promised }) => promised?.doubled),
    },
    {
      mark: 'CPU of a cached command over the floor',
      most: 1.5,
      measured: overFloor(cachedCpu.name, (figures) => figures.cpuMicrosPerCommand),
    },
    {
      mark: 'acknowledgement p99 over the floor, Airalo hung',
      most: 2,
      measured: overFloor(hung.name, (figures) => figures.ackP99Ms),
    },
  ];
}

export function growthMarks({ lookups, starts, dueAtOnce }: GrowthFigures): Mark[] {
  const ratio = (of: (row: GrowthFigures['lookups'][number]) => number) =>
    overFirst(lookups.map((row) => of(row)));
  return [
    {
      mark: 'store read p50, a million eSIMs over a thousand',
      most: 1.2,
      measured: ratio((row) => row.readP50Ms),
    },
    {
      mark: 'whole lookup p50, a million over a thousand',
      most: 1.2,
      measured: ratio((row) => row.lookupP50Ms),
    },
    {
      mark: 'start to ready, 100 000 pending over none',
      most: 1.5,
      measured: overFirst(starts.map(({ readyMs }) => readyMs)),
    },
    {
      mark: 'memory MB, 100 000 pending more than none',
      most: 50,
      measured: (starts.at(-1)?.rssMb ?? Number.NaN) - (starts[0]?.rssMb ?? Number.NaN),
    },
    ...dueAtOnce.flatMap(({ what, latenessP99Ms, lost, doubled }) => [
      { mark: `10 000 due at once (${what}): lateness p99 ms`, most: 1_000, measured: latenessP99Ms },
      { mark: `10 000 due at once (${what}): lost or doubled`, most: 0, measured: lost + doubled },
    ]),
  ];
}

export function marksRows(marks: readonly Mark[]): Record<string, string>[] {
  return marks.map(({ mark, most, measured }) => ({
    mark,
    'at most': short(most),
    measured: short(measured),
    met: measured <= most ? 'yes' : 'NO',
  }));
}

function overFirst(values: readonly number[]): number {
  return (values.at(-1) ?? Number.NaN) / (values[0] ?? Number.NaN);
}

function short(value: number): string {
  return Number.isInteger(value) || value >= 100 ? value.toFixed(0) : value.toFixed(2);
}
