import { setTimeout as pause } from 'node:timers/promises';
import { type Arena, openArena } from '../arena.ts';
import type { Asked } from '../chats/chat.ts';
import type { Contender } from '../contenders/all.ts';
import { ackFigures, mediansOf } from '../figures.ts';
import type { Scenario } from './scenario.ts';

const ESIMS = 50;
const EVERY_MS = 10;
/** Of two seconds each. */
const TURNS = 5;
const COMMANDS = 200;

/**
 * Airalo takes every question and answers none, for ten real seconds of each contender's in which 100 commands a second come in. Only their
 * acknowledgement counts. All are up and take turns of two seconds: the medians stand, so that one stall of the machine is nobody's.
 */
export const hung: Scenario = {
  name: 'Airalo hangs for 10 s (acknowledgement)',
  waits: false,
  async run(contenders) {
    const sides: Side[] = [];
    try {
      for (const contender of contenders) sides.push(await openSide(contender));
      for (let turn = 0; turn < TURNS; turn++) for (const side of sides) await takeTurn(side);
      return new Map(sides.map(({ contender, acks }) => [contender, mediansOf(acks)]));
    } finally {
      for (const { arena } of sides) await arena.close();
    }
  },
};

interface Side {
  readonly contender: Contender;
  readonly arena: Arena;
  readonly iccids: readonly string[];
  /** Of each turn. */
  readonly acks: ReturnType<typeof ackFigures>[];
}

async function openSide(contender: Contender): Promise<Side> {
  const arena = await openArena(contender);
  arena.simulator.inject('usage', { kind: 'hang' }, Number.POSITIVE_INFINITY);
  return { contender, arena, iccids: arena.simulator.addEsims(ESIMS), acks: [] };
}

async function takeTurn({ arena, iccids, acks }: Side): Promise<void> {
  const [corner] = arena.corners;
  const asked: Promise<Asked>[] = [];
  for (let number = 0; number < COMMANDS; number++) {
    asked.push(corner.ask(iccids[number % ESIMS] ?? ''));
    await pause(EVERY_MS);
  }
  acks.push(ackFigures(await Promise.all(asked)));
}
