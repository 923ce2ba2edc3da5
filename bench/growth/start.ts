import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { systemClock } from '../../src/clock.ts';
import { createWorld, endWorld, envOf, type World } from '../../test/support/bot.ts';
import { median } from '../figures.ts';
import { promisedAnswers } from './promises.ts';
import { type Engine, openStockedStore, type StockedStore } from './stocked-store.ts';

const PENDING = [0, 10_000, 100_000];
const ESIMS = 500;
const TIMES = 5;
const LATER_MS = 60 * 60_000;
const PROBE = fileURLToPath(new URL('./start-probe.ts', import.meta.url));

const started = z.object({ readyMs: z.number(), openedMs: z.number(), rssMb: z.number() });

export interface StartFigures {
  readonly pending: number;
  /** From the start of the process until the bot is ready. */
  readonly readyMs: number;
  /** Of that, what comes after the code is loaded. */
  readonly openedMs: number;
  readonly rssMb: number;
}

/** The bot's start on stores with answers promised for an hour from now, in turns; medians of five starts each. */
export async function measureStarts(engine: Engine): Promise<StartFigures[]> {
  const sides: { pending: number; world: World; store: StockedStore; runs: z.infer<typeof started>[] }[] = [];
  try {
    for (const pending of PENDING) {
      const world = await createWorld(systemClock);
      const store = await openStockedStore(engine);
      sides.push({ pending, world, store, runs: [] });
      const jobs = promisedAnswers(pending, world.simulator.addEsims(ESIMS), Date.now() + LATER_MS);
      await store.putJobs(jobs);
    }
    for (let time = 0; time < TIMES; time++)
      for (const { world, store, runs } of sides)
        runs.push(await startOnce({ ...envOf(world), STORE_URL: store.url }));
    return sides.map(({ pending, runs }) => ({
      pending,
      readyMs: median(runs.map((run) => run.readyMs)),
      openedMs: median(runs.map((run) => run.openedMs)),
      rssMb: median(runs.map((run) => run.rssMb)),
    }));
  } finally {
    await Promise.all(sides.flatMap(({ world, store }) => [endWorld(world), store.remove()]));
  }
}

async function startOnce(env: Readonly<Record<string, string>>) {
  const child = fork(PROBE, { env: { ...process.env, ...env }, execArgv: ['--import', 'tsx'] });
  const [message] = await once(child, 'message');
  child.kill('SIGKILL');
  await once(child, 'exit');
  return started.parse(message);
}
