import { setTimeout as pause } from 'node:timers/promises';
import { until } from '../../test/support/until.ts';
import { type Arena, inArena } from '../arena.ts';
import { ESIMS_OF_AN_ASKER } from '../chats/chat.ts';
import { SLACK_CONTENDERS } from '../contenders/all.ts';
import type { Engine } from '../growth/stocked-store.ts';
import { WINDOW_MS } from '../scenarios/scenario.ts';
import { IDLE_MS, openScales, type Scales, type Weight } from './scales.ts';
import type { Cost } from './simulate.ts';

const QUESTIONS = 200;
const SIDE_BY_SIDE = 10;
const PATIENCE_MS = 120_000;
/** Given to the bot for what it writes after an answer is shown. */
const SETTLED_MS = 1_500;

/** Of one question, or of the one thing that the line is about. */
interface PerQuestion {
  readonly what: string;
  readonly bytes: number;
  readonly commands: number;
  readonly inScripts: number;
  /** Of the bot's process, user and system. */
  readonly cpuMicros: number;
}

/** What questions weigh on a store of one engine. */
export interface WeighedFigures {
  readonly engine: Engine;
  readonly perQuestion: readonly PerQuestion[];
  /** Of a bot that nobody asks, in a second. */
  readonly idleCommandsPerSecond: number;
}

/**
 * The whole bot on a store that is weighed before and after a thousand questions of each kind, asked by a crowd in Slack, ten side by side. Its
 * pace is switched off: only what each leaves behind is looked at, and what it asks of Redis beside what an idle bot does.
 */
export async function weighQuestions(engine: Engine): Promise<WeighedFigures> {
  const contender = SLACK_CONTENDERS.find(({ is, store = 'SQLite' }) => is === 'the bot' && store === engine);
  if (!contender) throw new RangeError(`Nobody stands on ${engine}`);
  return inArena(contender, { paceMs: 0 }, async (arena) => {
    const scales = await openScales(engine, arena.storeUrl);
    try {
      return { engine, ...(await weighKinds(arena, scales)) };
    } finally {
      await scales.close();
    }
  });
}

async function weighKinds(arena: Arena, scales: Scales): Promise<Omit<WeighedFigures, 'engine'>> {
  const { simulator, corners } = arena;
  const [corner] = corners;
  const before = await scales.weigh();
  await pause(IDLE_MS);
  const after = await scales.weigh();
  const idle = {
    commands: (after.commands - before.commands) / IDLE_MS,
    inScripts: (after.inScripts - before.inScripts) / IDLE_MS,
  };
  let asked = 0;
  async function ask(iccids: readonly string[]): Promise<void> {
    for (let from = 0; from < iccids.length; from += SIDE_BY_SIDE)
      await Promise.all(
        iccids
          .slice(from, from + SIDE_BY_SIDE)
          .map((iccid, index) => corner.ask(iccid, Math.floor((from + index) / ESIMS_OF_AN_ASKER))),
      );
    asked += iccids.length;
    await corner.answered(asked);
  }
  const perQuestion: PerQuestion[] = [];
  async function weigh(what: string, work: () => Promise<void>): Promise<void> {
    const [first, used, startedAt] = [await scales.weigh(), await corner.use(), performance.now()];
    await work();
    await pause(SETTLED_MS);
    const [last, spent, tookMs] = [await scales.weigh(), await corner.use(), performance.now() - startedAt];
    const per = (of: (weight: Weight) => number, idlePerMs = 0) =>
      (of(last) - of(first) - idlePerMs * tookMs) / QUESTIONS;
    perQuestion.push({
      what,
      bytes: per(({ bytes }) => bytes),
      commands: per(({ commands }) => commands, idle.commands),
      inScripts: per(({ inScripts }) => inScripts, idle.inScripts),
      cpuMicros: (spent.cpuMicros - used.cpuMicros) / QUESTIONS,
    });
  }
  const [known, waiting] = [simulator.addEsims(QUESTIONS), simulator.addEsims(QUESTIONS)];
  await weigh('a new eSIM, read from Airalo and answered', () => ask(known));
  await weigh('the same again, answered from the cache', () => ask(known));
  for (const iccid of waiting) simulator.useUpWindow(iccid);
  await weigh('a new eSIM that Airalo refuses to read yet: an answer is promised', () => ask(waiting));
  const shown = () => corner.shown();
  await arena.turn(WINDOW_MS);
  await weigh('a promise kept: read and delivered', async () => {
    const kept = () => shown().every(({ wasPromised, hasFigure }) => !wasPromised || hasFigure);
    await until('the promised ones', kept, PATIENCE_MS);
  });
  return { perQuestion, idleCommandsPerSecond: idle.commands * 1000 };
}

/** What the simulation reckons with, in ms of a process. */
export function costFrom({ perQuestion }: WeighedFigures): Cost {
  const [readMs = 0, cachedMs = 0, promisedMs = 0] = perQuestion.map(({ cpuMicros }) => cpuMicros / 1000);
  return { cachedMs, readMs, promisedMs };
}

export function weighedTable(figures: readonly WeighedFigures[]): Record<string, string>[] {
  return figures.flatMap(({ engine, perQuestion, idleCommandsPerSecond }) => {
    const onRedis = engine === 'Redis';
    const rows = perQuestion.map(({ what, bytes, commands, inScripts, cpuMicros }) => ({
      store: engine,
      'for each': what,
      'bytes it adds': bytes.toFixed(0),
      'commands to Redis': onRedis ? commands.toFixed(1) : 'n/a',
      'and within scripts': onRedis ? inScripts.toFixed(1) : 'n/a',
      'CPU µs of the bot': cpuMicros.toFixed(0),
    }));
    if (!onRedis) return rows;
    const idle = {
      store: engine,
      'for each': 'second of a bot that nobody asks',
      'bytes it adds': '0',
      'commands to Redis': idleCommandsPerSecond.toFixed(1),
      'and within scripts': 'n/a',
      'CPU µs of the bot': 'n/a',
    };
    return [...rows, idle];
  });
}
