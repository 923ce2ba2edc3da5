import { setTimeout as pause } from 'node:timers/promises';
import { inArena } from '../arena.ts';
import type { Asked } from '../chats/chat.ts';
import type { Contender } from '../contenders/all.ts';
import { ackFigures, type Figures, percentile } from '../figures.ts';
import type { Scenario } from './scenario.ts';

const ESIMS = 50;
const COMMANDS = 1_000;
const EVERY_MS = 10;
const TIMES = 3;

/**
 * Airalo takes every question and answers none, for ten real seconds in which 100 commands a second come in. Only their acknowledgement counts.
 * Three times, each contender alone and in turns: the medians stand, so that one stall of the machine is nobody's.
 */
export const hung: Scenario = {
  name: 'Airalo hangs for 10 s (acknowledgement)',
  async run(contenders) {
    const times = new Map(contenders.map((contender) => [contender, [] as Figures[]]));
    for (let time = 0; time < TIMES; time++)
      for (const [contender, figures] of times) figures.push(await whileHung(contender));
    return new Map([...times].map(([contender, figures]) => [contender, medians(figures)]));
  },
};

function whileHung(contender: Contender): Promise<Figures> {
  return inArena(contender, {}, async ({ simulator, corners: [corner] }) => {
    simulator.inject('usage', { kind: 'hang' }, Number.POSITIVE_INFINITY);
    const iccids = simulator.addEsims(ESIMS);
    const asked: Promise<Asked>[] = [];
    for (let number = 0; number < COMMANDS; number++) {
      asked.push(corner.ask(iccids[number % ESIMS] ?? ''));
      await pause(EVERY_MS);
    }
    return ackFigures(await Promise.all(asked));
  });
}

function medians(figures: readonly Figures[]): Figures {
  const median = (of: (one: Figures) => number) => percentile(figures.map(of), 0.5);
  return { ackP50Ms: median((one) => one.ackP50Ms), ackP99Ms: median((one) => one.ackP99Ms) };
}
