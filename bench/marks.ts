import type { Figures } from './figures.ts';
import type { GrowthFigures } from './growth/growth.ts';
import type { PeerResult } from './peers-table.ts';
import { cachedCpu } from './scenarios/cached-cpu.ts';
import { differentEsims } from './scenarios/different-esims.ts';
import { hung } from './scenarios/hung.ts';
import type { Scenario } from './scenarios/scenario.ts';

/** What the bot is meant to reach, with what it did reach in this run. */
export interface Mark {
  readonly mark: string;
  readonly most: number;
  /** NaN for what this run was too short for. */
  readonly measured: number;
  /** Of those that the bot's own cost is judged by: they stand together at the end of a run, in this order. */
  readonly cost?: CostMark;
}

/** The lines of the table at the end of a run. */
const COST_MARKS = [
  'cached CPU on Slack',
  'cached acknowledgement',
  'cached CPU on Discord',
  'acknowledgement of 500 at once',
  'loop held up by 500 at once',
  'lateness of 10 000',
  'messages for a question',
  'memory',
  'start',
  'soak',
] as const;
type CostMark = (typeof COST_MARKS)[number];

/** A cached command's CPU over the floor's: Redis' client is paid for in the bot's process. */
const CPU_ON_SLACK = { SQLite: 1.25, Redis: 1.35 };
const CPU_ON_DISCORD = 1.35;
const CACHED_ACK = 1.3;
const DIFFERENT_ACK = 1.5;
/** Slack gives a command up after three seconds. */
const LOOP_DELAY_MS = 1_000;
const LATENESS = 1.5;
const MESSAGES = 1.2;
const MEMORY_MB = 200;
const START = 1.1;

/** For each engine its own: on which one the bot stood says its name. */
export function peerMarks(chat: 'Slack' | 'Discord', results: readonly PeerResult[]): Mark[] {
  const bots = new Set(results.filter(({ is }) => is === 'the bot').map(({ contender }) => contender));
  return [...bots].flatMap((bot) => [...promiseMarks(chat, bot, results), ...speedMarks(chat, bot, results)]);
}

/** What no scenario may show. */
function promiseMarks(chat: string, bot: string, results: readonly PeerResult[]): Mark[] {
  const ours = results.filter(({ contender }) => contender === bot);
  const worst = (what: string, most: number, of: (figures: Figures) => number | undefined): Mark => ({
    mark: `${chat}, ${bot}: ${what}, worst scenario`,
    most,
    measured: Math.max(...ours.map(({ figures }) => of(figures) ?? 0)),
  });
  return [
    worst('calls over the least', 1, ({ calls }) => calls && calls.made / Math.max(1, calls.least)),
    worst('avoidable 429', 0, ({ calls }) => calls?.avoidable),
    worst(
      'commands without a figure in the end',
      0,
      ({ answers }) => answers && answers.asked - answers.answered,
    ),
    worst('promised answers lost', 0, ({ promised }) => promised?.lost),
    worst('promised answers doubled', 0, ({ promised }) => promised?.doubled),
  ];
}

function speedMarks(chat: 'Slack' | 'Discord', bot: string, results: readonly PeerResult[]): Mark[] {
  const figuresOf = ({ name }: Scenario) =>
    results.find(({ scenario, contender }) => scenario === name && contender === bot)?.figures;
  const overFloor = (
    what: string,
    most: number,
    scenario: Scenario,
    of: (figures: Figures) => number | undefined,
    cost?: CostMark,
  ): Mark[] => {
    const mine = figuresOf(scenario);
    const floor = results.find(({ scenario: name, is }) => name === scenario.name && is === 'the floor');
    if (!mine) return [];
    const measured = (of(mine) ?? Number.NaN) / ((floor && of(floor.figures)) ?? Number.NaN);
    return [{ mark: `${chat}, ${bot}: ${what}, over the floor`, most, measured, ...(cost ? { cost } : {}) }];
  };
  const onSlack = chat === 'Slack';
  const cpuMost = onSlack ? CPU_ON_SLACK[/Redis/.test(bot) ? 'Redis' : 'SQLite'] : CPU_ON_DISCORD;
  const loopDelayMs = figuresOf(differentEsims)?.loopDelayMs;
  const ackP99 = ({ ackP99Ms }: Figures) => ackP99Ms;
  return [
    ...overFloor(
      'CPU of a cached command',
      cpuMost,
      cachedCpu,
      ({ cpuMicrosPerCommand }) => cpuMicrosPerCommand,
      onSlack ? 'cached CPU on Slack' : 'cached CPU on Discord',
    ),
    ...overFloor(
      'acknowledgement p99, cached',
      CACHED_ACK,
      cachedCpu,
      ackP99,
      onSlack ? 'cached acknowledgement' : undefined,
    ),
    ...overFloor(
      'acknowledgement p99, 500 different eSIMs',
      DIFFERENT_ACK,
      differentEsims,
      ackP99,
      onSlack ? 'acknowledgement of 500 at once' : undefined,
    ),
    ...(loopDelayMs === undefined
      ? []
      : [
          {
            mark: `${chat}, ${bot}: event loop held up before the last of 500 acknowledgements, ms`,
            most: LOOP_DELAY_MS,
            measured: loopDelayMs,
            ...(onSlack ? { cost: 'loop held up by 500 at once' as const } : {}),
          },
        ]),
    ...overFloor('acknowledgement p99, Airalo hung', 2, hung, ackP99),
  ];
}

export function growthMarks({ engine, lookups, starts, dueAtOnce, dueFloor, crowd }: GrowthFigures): Mark[] {
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
      most: START,
      measured: overFirst(starts.map(({ readyMs }) => readyMs)),
      cost: 'start',
    },
    {
      mark: `${engine}: memory MB, 100 000 pending more than none`,
      most: 50,
      measured: (starts.at(-1)?.rssMb ?? Number.NaN) - (starts[0]?.rssMb ?? Number.NaN),
    },
    ...dueAtOnce.flatMap(({ what, latenessP99Ms, lost, doubled }): Mark[] => [
      {
        mark: `${engine}: 10 000 due at once (${what}): lateness p99 over the bare edits`,
        most: LATENESS,
        measured: latenessP99Ms / dueFloor.latenessP99Ms,
        cost: 'lateness of 10 000',
      },
      { mark: `${engine}: 10 000 due at once (${what}): lost or doubled`, most: 0, measured: lost + doubled },
    ]),
    {
      mark: `${engine}: messages and edits for one question, 10 000 different eSIMs in 70 s`,
      most: MESSAGES,
      measured: crowd.messagesPerQuestion,
      cost: 'messages for a question',
    },
    {
      mark: `${engine}: memory MB, 10 000 different eSIMs in 70 s`,
      most: MEMORY_MB,
      measured: crowd.mostMb,
      cost: 'memory',
    },
    {
      mark: `${engine}: questions without a word, 10 000 different eSIMs in 70 s`,
      most: 0,
      measured: crowd.unanswered,
    },
  ];
}

export function marksRows(marks: readonly Mark[]): Record<string, string>[] {
  return marks.map(({ mark, most, measured }) => ({
    mark,
    'at most': short(most),
    measured: Number.isNaN(measured) ? 'n/a' : short(measured),
    met: Number.isNaN(measured) ? 'not measured' : measured <= most ? 'met' : 'MISSED',
  }));
}

/** Those of the table at the end of a run, in its order, from whatever part they come. */
export function marksOfCost(marks: readonly Mark[]): Mark[] {
  return COST_MARKS.flatMap((cost) => marks.filter((mark) => mark.cost === cost));
}

function overFirst(values: readonly number[]): number {
  return (values.at(-1) ?? Number.NaN) / (values[0] ?? Number.NaN);
}

function short(value: number): string {
  return Number.isInteger(value) || value >= 100 ? value.toFixed(0) : value.toFixed(2);
}
