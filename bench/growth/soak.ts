import { type AnswerCounts, CLOSED_AFTER_MS, createAnswerLedger } from './soak/answers.ts';
import { type BotSample, startBotChild } from './soak/bot-child.ts';
import { type CallCounts, createCallLedger } from './soak/calls.ts';
import { createLoad } from './soak/load.ts';
import type { StoreEngine, StoreSize } from './soak/store.ts';
import { type DayOfProcess, type Growth, riseOf, summaryOf } from './soak/summary.ts';
import { createSoakWorld, type SoakWorld } from './soak/world.ts';

const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;
/** By so much the clock is turned at once. A part of an hour. */
const STEP_MINUTES = 10;
/** How often it is looked at. */
const SAMPLE_MINUTES = 120;
/** On the last day even the questions of the evening are counted; no promise of that hour waits longer. */
const LAST_CLOSED_MS = 60 * MINUTE_MS;

/** The first day fills what is filled once: caches, pools, compiled code. */
export const SETTLED_FROM_DAY = 2;

/** One simulated day. */
export interface SoakDay extends AnswerCounts, CallCounts, StoreSize, DayOfProcess {
  readonly day: number;
}

/** The whole bot's simulated week on one engine. */
export interface SoakFigures {
  readonly engine: StoreEngine;
  readonly days: readonly SoakDay[];
  /** From the second day to the end, MB and %. */
  readonly heapGrowth: Growth;
  /** The same of the heap without compiled code. */
  readonly objectGrowth: Growth;
  /** Warnings and errors of its log, each with how often it came. */
  readonly logged: Readonly<Record<string, number>>;
  /** How long the week took. */
  readonly tookSeconds: number;
  /** Rules of a platform that something the bot sent has broken. */
  readonly violations: number;
}

/** Some days on each engine, one after the other. */
export async function measureSoak(
  tell: (line: string) => void,
  engines: readonly StoreEngine[],
  days: number,
): Promise<SoakFigures[]> {
  const figures: SoakFigures[] = [];
  for (const engine of engines) figures.push(await soak(engine, days, tell));
  return figures;
}

async function soak(engine: StoreEngine, days: number, tell: (line: string) => void): Promise<SoakFigures> {
  const world = await createSoakWorld(engine);
  const startedAt = performance.now();
  try {
    const week = await passDays(world, days, (day) => tell(`soak, ${engine}: ${JSON.stringify(day)}`));
    const tookSeconds = (performance.now() - startedAt) / 1000;
    return { engine, ...week, tookSeconds, violations: world.discord.world.violations.length };
  } finally {
    await world.close();
  }
}

async function passDays(world: SoakWorld, days: number, tell: (day: SoakDay) => void) {
  const bot = await startBotChild(world.env);
  const answers = createAnswerLedger(world);
  const calls = createCallLedger(world.simulator, world.clock);
  const live = createLoad(world, bot.url, answers, calls);
  const passed: SoakDay[] = [];
  const settled: BotSample[] = [];
  try {
    for (let day = 1; day <= days; day++) {
      const samples: BotSample[] = [];
      for (let minute = STEP_MINUTES; minute <= DAY_MINUTES; minute += STEP_MINUTES) {
        const busy = await live(minute - STEP_MINUTES, STEP_MINUTES);
        await bot.pass(STEP_MINUTES * MINUTE_MS, busy);
        if (minute % SAMPLE_MINUTES === 0) samples.push(await bot.sample());
      }
      const closedBefore = world.clock.now() - (day === days ? LAST_CLOSED_MS : CLOSED_AFTER_MS);
      const counts = { ...answers.take(closedBefore), ...calls.take(), ...(await world.store.size()) };
      const whole = { day, ...counts, ...summaryOf(samples) };
      passed.push(whole);
      tell(whole);
      if (day >= SETTLED_FROM_DAY) settled.push(...samples);
    }
    const heapGrowth = riseOf(settled.map(({ heapMb }) => heapMb));
    const objectGrowth = riseOf(settled.map(({ heapMb, codeMb }) => heapMb - codeMb));
    return { days: passed, heapGrowth, objectGrowth, logged: (await bot.sample()).counts };
  } finally {
    await bot.stop();
  }
}
