import type { Figures } from './figures.ts';
import type { GrowthFigures } from './growth/growth.ts';
import type { PeerResult } from './peers-table.ts';
import { cachedCpu } from './scenarios/cached-cpu.ts';
import { hung } from './scenarios/hung.ts';
import type { Scenario } from './scenarios/scenario.ts';

/** What the bot is meant to reach, with what it did reach in this run. */
export interface Mark {
  readonly mark: string;
  readonly most: number;
  readonly measured: number;
}

/** For each engine its own: on which one the bot stood says its name. */
export function peerMarks(results: readonly PeerResult[]): Mark[] {
  const bots = new Set(results.filter(({ is }) => is === 'the bot').map(({ contender }) => contender));
  return [...bots].flatMap((bot) => marksOf(bot, results));
}

function marksOf(bot: string, results: readonly PeerResult[]): Mark[] {
  const ours = results.filter(({ contender }) => contender === bot);
  const worst = (of: (figures: Figures) => number | undefined) =>
    Math.max(...ours.map(({ figures }) => of(figures) ?? 0));
  const overFloor = (
    mark: string,
    most: number,
    { name }: Scenario,
    of: (figures: Figures) => number | undefined,
  ) => {
    const mine = ours.find(({ scenario }) => scenario === name);
    const floor = results.find(({ scenario, is }) => scenario === name && is === 'the floor');
    if (!mine) return [];
    const measured = (of(mine.figures) ?? Number.NaN) / ((floor && of(floor.figures)) ?? Number.NaN);
    return [{ mark: `${bot}: ${mark}`, most, measured }];
  };
  return [
    {
      mark: `${bot}: calls over the least, worst scenario`,
      most: 1,
      measured: worst(({ calls }) => calls && calls.made / Math.max(1, calls.least)),
    },
    {
      mark: `${bot}: avoidable 429, worst scenario`,
      most: 0,
      measured: worst(({ calls }) => calls?.avoidable),
    },
    {
      mark: `${bot}: commands without a figure in the end, worst scenario`,
      most: 0,
      measured: worst(({ answers }) => answers && answers.asked - answers.answered),
    },
    {
      mark: `${bot}: promised answers lost, worst scenario`,
      most: 0,
      measured: worst(({ promised }) => promised?.lost),
    },
    {
      mark: `${bot}: promised answers doubled, worst scenario`,
      most: 0,
      measured: worst(({ promised }) => promised?.doubled),
    },
    ...overFloor(
      'CPU of a cached command over the floor',
      1.5,
      cachedCpu,
      (figures) => figures.cpuMicrosPerCommand,
    ),
    ...overFloor('acknowledgement p99 over the floor, Airalo hung', 2, hung, (figures) => figures.ackP99Ms),
  ];
}

export function growthMarks({ engine, lookups, starts, dueAtOnce }: GrowthFigures): Mark[] {
  const ratio = (of: (row: GrowthFigures['lookups'][number]) => number) =>
    overFirst(lookups.map((row) => of(row)));
  return [
    {
      mark: `${engine}: store read p50, a million eSIMs over a thousand`,
      most: 1.2,
      measured: ratio((row) => row.readP50Ms),
    },
    {
      mark: `${engine}: whole lookup p50, a million over a thousand`,
      most: 1.2,
      measured: ratio((row) => row.lookupP50Ms),
    },
    {
      mark: `${engine}: start to ready, 100 000 pending over none`,
      most: 1.5,
      measured: overFirst(starts.map(({ readyMs }) => readyMs)),
    },
    {
      mark: `${engine}: memory MB, 100 000 pending more than none`,
      most: 50,
      measured: (starts.at(-1)?.rssMb ?? Number.NaN) - (starts[0]?.rssMb ?? Number.NaN),
    },
    ...dueAtOnce.flatMap(({ what, latenessP99Ms, lost, doubled }) => [
      {
        mark: `${engine}: 10 000 due at once (${what}): lateness p99 ms`,
        most: 1_000,
        measured: latenessP99Ms,
      },
      { mark: `${engine}: 10 000 due at once (${what}): lost or doubled`, most: 0, measured: lost + doubled },
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
