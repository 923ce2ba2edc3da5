import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../../src/clock.ts';
import { type Board, startBoard } from '../../test/support/board.ts';
import { createWorld, endWorld, envOf } from '../../test/support/bot.ts';
import { startBotProcess } from '../../test/support/bot-processes.ts';
import { until } from '../../test/support/until.ts';
import { percentile } from '../figures.ts';
import { promisedAnswers } from './promises.ts';
import { type Engine, openStockedStore, putReadingsOf } from './stocked-store.ts';

const ANSWERS = 10_000;
const ESIMS = 500;
/** The promises are given and the bot starts meanwhile, and it is idle when the second comes. */
const AHEAD_MS = { SQLite: 8_000, Redis: 14_000 } as const satisfies Record<Engine, number>;
/** A machine that needs more has it the next time. */
const AHEAD_MOST_MS = 120_000;
const PATIENCE_MS = 240_000;
/** So long after the last one a doubled one would have come. */
const AFTER_MS = 2_000;
/** As many edits under way as the bot's worker has jobs. */
const SIDE_BY_SIDE = 16;
const EDITS = fileURLToPath(new URL('./edit-probe.ts', import.meta.url));

export interface DueFigures {
  readonly what: string;
  readonly latenessP50Ms: number;
  readonly latenessP99Ms: number;
  readonly lost: number;
  readonly doubled: number;
  /** Calls to Airalo. */
  readonly calls: number;
}

/**
 * Ten thousand answers about 500 eSIMs fall due in the same millisecond, in one process, at a board that takes every edit at once. `read`:
 * somebody has read the eSIMs since; otherwise the bot has to, once each, and its pace of four calls a second is switched off, since it alone
 * would take two minutes.
 */
export async function measureDueAtOnce(engine: Engine, read: boolean): Promise<DueFigures> {
  for (let aheadMs: number = AHEAD_MS[engine]; aheadMs <= AHEAD_MOST_MS; aheadMs *= 2) {
    const figures = await dueAhead(engine, read, aheadMs);
    if (figures) return figures;
  }
  throw new Error('The bot was not ready before the answers were due');
}

/** Undefined when the answers were due before the bot was ready. */
async function dueAhead(engine: Engine, read: boolean, aheadMs: number): Promise<DueFigures | undefined> {
  const world = await createWorld(systemClock);
  const board = await startBoard();
  const store = await openStockedStore(engine);
  const iccids = world.simulator.addEsims(ESIMS);
  const dueAt = Date.now() + aheadMs;
  await store.putJobs(promisedAnswers(ANSWERS, iccids, dueAt));
  if (read) await putReadingsOf(store.url, iccids);
  const bot = await startBotProcess({
    ...envOf(world),
    STORE_URL: store.url,
    BOARD_URL: board.url,
    PACE_MS: '0',
  });
  try {
    if (Date.now() > dueAt) return undefined;
    const what = read ? 'readings there already' : 'each eSIM read once, without the pace';
    return { what, ...(await arrivals(board, dueAt)), calls: world.simulator.calls.length };
  } finally {
    await bot.kill();
    await board.close();
    await store.remove();
    await endWorld(world);
  }
}

/** What no bot can be faster than here: the edits alone, sent as fast as one process can. */
export async function measureBareEdits(): Promise<DueFigures> {
  const board = await startBoard();
  const child = fork(EDITS, [board.url, String(ANSWERS), String(SIDE_BY_SIDE)], {
    execArgv: ['--import', 'tsx'],
  });
  try {
    await once(child, 'message');
    const dueAt = Date.now();
    child.send({ begin: true });
    return { what: 'the floor: the edits alone', ...(await arrivals(board, dueAt)), calls: 0 };
  } finally {
    child.kill('SIGKILL');
    await board.close();
  }
}

async function arrivals(board: Board, dueAt: number) {
  const lateness: number[] = [];
  const look = () => {
    const lateMs = Date.now() - dueAt;
    while (lateness.length < board.shown.size) lateness.push(lateMs);
    return lateness.length === ANSWERS;
  };
  await until('every answer', look, PATIENCE_MS).catch(() => undefined);
  await pause(AFTER_MS);
  return {
    latenessP50Ms: percentile(lateness, 0.5),
    latenessP99Ms: percentile(lateness, 0.99),
    lost: ANSWERS - board.shown.size,
    doubled: [...board.shown.values()].filter((texts) => texts.length > 1).length,
  };
}
