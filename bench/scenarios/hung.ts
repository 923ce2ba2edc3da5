import { setTimeout as pause } from 'node:timers/promises';
import { inArena } from '../arena.ts';
import type { Asked } from '../corner.ts';
import { ackFigures } from '../figures.ts';
import { oneByOne } from './scenario.ts';

const ESIMS = 50;
const COMMANDS = 1_000;
const EVERY_MS = 10;

/** Airalo takes every question and answers none, for ten real seconds in which 100 commands a second come in. Only their acknowledgement counts. */
export const hung = oneByOne('Airalo hangs for 10 s (acknowledgement)', (contender) =>
  inArena(contender, {}, async ({ simulator, corners: [corner] }) => {
    simulator.inject('usage', { kind: 'hang' }, Number.POSITIVE_INFINITY);
    const iccids = simulator.addEsims(ESIMS);
    const asked: Promise<Asked>[] = [];
    for (let number = 0; number < COMMANDS; number++) {
      asked.push(corner.ask(iccids[number % ESIMS] ?? ''));
      await pause(EVERY_MS);
    }
    return ackFigures(await Promise.all(asked));
  }),
);
