import type { Engine } from '../growth/stocked-store.ts';
import { type Cost, type House, type Load, type Outcome, simulate } from './simulate.ts';

/** Airalo's window: after it every eSIM that is asked about again and again has been read. */
const WARM_UP_SECONDS = 900;
const SECONDS = 300;
const FIRST_RATE = 0.25;
const STEP = 1.25;
/** No house gets so far, and a simulated second would take a real one. */
const LAST_RATE = 3_000;
/** Of a process or a channel: above it the queues before it grow long by themselves. */
const BUSY_PERCENT = 70;
const AT_ONCE = 0.99;
/** Discord's, of one bot. */
const DISCORD_PER_SECOND = 50;

/** A house with the store it stands on, which says what a question costs it. */
type HouseOnStore = House & { readonly store: Engine };

const HOUSES: readonly HouseOnStore[] = [
  {
    store: 'SQLite',
    name: 'one process on SQLite, ten channels',
    chat: 'Slack',
    channels: 10,
    processes: 1,
    sharedStore: true,
  },
  {
    store: 'SQLite',
    name: 'the same with two thousand channels',
    chat: 'Slack',
    channels: 2_000,
    processes: 1,
    sharedStore: true,
  },
  {
    store: 'SQLite',
    name: 'one process on SQLite, on Discord, 200 people in direct messages',
    chat: 'Discord',
    channels: 200,
    processes: 1,
    sharedStore: true,
  },
  {
    store: 'Redis',
    name: 'four processes on one Redis, 200 channels',
    chat: 'Slack',
    channels: 200,
    processes: 4,
    sharedStore: true,
  },
  {
    store: 'Redis',
    name: 'forty workspaces of one Grid, four processes on one Redis, 400 channels',
    chat: 'Slack',
    channels: 400,
    processes: 4,
    sharedStore: true,
  },
  {
    store: 'SQLite',
    name: 'forty workspaces with an app, a process and a store each, one Airalo account, 400 channels',
    chat: 'Slack',
    channels: 400,
    processes: 40,
    sharedStore: false,
  },
];

/** How many different eSIMs the questions are about. */
const ESIMS = {
  'two thousand eSIMs, again and again': 2_000,
  'nearly always another eSIM': 1_000_000,
} as const;

/** The most that a house holds, and what ends it. */
interface Held {
  readonly house: string;
  readonly about: string;
  readonly load: Load;
  readonly outcome: Outcome;
  readonly limit: string;
}

/** By ever more questions, until one of the limits is met: the last load before it. */
function holds(house: House, about: keyof typeof ESIMS, cost: Cost): Held {
  let last: Held | undefined;
  for (let rate = FIRST_RATE; rate < LAST_RATE; rate *= STEP) {
    const load = {
      questionsPerSecond: rate,
      esims: ESIMS[about],
      warmUpSeconds: WARM_UP_SECONDS,
      seconds: SECONDS,
    };
    const outcome = simulate(house, load, cost);
    const limit = limitOf(house, outcome);
    if (limit !== undefined) return { ...(last ?? { house: house.name, about, load, outcome }), limit };
    last = { house: house.name, about, load, outcome, limit: 'none found' };
  }
  if (!last) throw new RangeError('No load was tried');
  return last;
}

function limitOf({ chat }: House, outcome: Outcome): string | undefined {
  if (outcome.atOnce < AT_ONCE) return 'Airalo: more than one in a hundred has to be promised for later';
  if (chat === 'Slack' && outcome.channelPercent > BUSY_PERCENT)
    return 'Slack: one message a second in a channel';
  if (chat === 'Discord' && outcome.messagesPerSecond > DISCORD_PER_SECOND)
    return 'Discord: 50 requests a second';
  if (outcome.cpuPercent > BUSY_PERCENT) return 'a process: its core';
  return undefined;
}

export function holdsTable(costOf: (house: HouseOnStore) => Cost): Record<string, string>[] {
  const abouts = Object.keys(ESIMS).filter((about): about is keyof typeof ESIMS => about in ESIMS);
  return HOUSES.flatMap((house) => abouts.map((about) => holds(house, about, costOf(house)))).map(
    ({ house, about, load, outcome, limit }) => ({
      house,
      'asked about': about,
      'questions a second': load.questionsPerSecond.toFixed(1),
      'answered p50 s': (outcome.answeredP50Ms / 1000).toFixed(2),
      'p99 s': (outcome.answeredP99Ms / 1000).toFixed(1),
      'pending at most': String(outcome.pendingMost),
      'reads of Airalo a second (refused)': `${outcome.readsPerSecond.toFixed(1)} (${outcome.refusedPerSecond.toFixed(1)})`,
      'busiest process %': outcome.cpuPercent.toFixed(1),
      'busiest channel %': outcome.channelPercent.toFixed(0),
      'what ends it': limit,
    }),
  );
}

/** What becomes of more than Airalo gives: questions about ever other eSIMs at a rate for an hour, on one process. */
export function overloadTable(cost: Cost): Record<string, string>[] {
  return [4, 5, 10, 40, 140].map((questionsPerSecond) => {
    const [house] = HOUSES.filter(({ name }) => name.includes('SQLite'));
    if (!house) throw new RangeError('There is no such house');
    const load = { questionsPerSecond, esims: 1_000_000, warmUpSeconds: 0, seconds: 600 };
    const { atOnce, promised, pendingMost, answeredP99Ms } = simulate(
      { ...house, channels: 10_000 },
      load,
      cost,
    );
    return {
      'different eSIMs a second, for ten minutes': String(questionsPerSecond),
      'answered at once %': (atOnce * 100).toFixed(0),
      promised: String(promised),
      'pending at most': String(pendingMost),
      'figure after p99 min': (answeredP99Ms / 60_000).toFixed(1),
    };
  });
}
