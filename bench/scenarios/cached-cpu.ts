import { type Arena, openArena } from '../arena.ts';
import type { Asked } from '../chats/chat.ts';
import { CARDS, type Contender } from '../contenders/all.ts';
import { ackFigures, answerFigures, callFigures, type Figures, median, mediansOf } from '../figures.ts';
import type { Scenario } from './scenario.ts';

const SIDE_BY_SIDE = 10;
const COMMANDS = 2_000;
/** With as many, those that ask Airalo each time took nine minutes of a run. */
const COMMANDS_OF_A_PEER = 200;
const WARM_UP_TURNS = 6;
const TURNS = 5;

/**
 * One eSIM, read once, is asked about again and again, ten commands side by side: what the process itself spends on each, user and system. All
 * contenders are up and take turns of two thousand commands, peers of two hundred; medians of five turns count, after as many as its compiler needs to settle. The imitated
 * chat and Airalo run in the bench's process and are not counted.
 */
export const cachedCpu: Scenario = {
  name: 'Cached commands (CPU)',
  waits: false,
  async run(contenders) {
    const sides: Side[] = [];
    try {
      for (const contender of withCard(contenders)) sides.push(await openSide(contender));
      for (let turn = -WARM_UP_TURNS; turn < TURNS; turn++)
        for (const side of sides) await takeTurn(side, turn >= 0);
      return new Map(sides.map((side) => [side.contender, figuresOf(side)]));
    } finally {
      for (const { arena } of sides) await arena.close();
    }
  },
};

interface Side {
  readonly contender: Contender;
  readonly arena: Arena;
  readonly iccid: string;
  /** Of each turn that counts. */
  readonly acks: ReturnType<typeof ackFigures>[];
  readonly spent: number[];
  sent: number;
}

/** What the card alone costs stands beside the floor. */
function withCard(contenders: readonly Contender[]): readonly Contender[] {
  const [first] = contenders;
  return first ? [...contenders, CARDS[first.chat]] : [];
}

async function openSide(contender: Contender): Promise<Side> {
  const arena = await openArena(contender);
  const [corner] = arena.corners;
  const [iccid = ''] = arena.simulator.addEsims(1);
  await corner.ask(iccid);
  await corner.answered(1);
  return { contender, arena, iccid, acks: [], spent: [], sent: 1 };
}

async function takeTurn(side: Side, counts: boolean): Promise<void> {
  const [corner] = side.arena.corners;
  const before = await corner.use();
  const commands = side.contender.is === 'a peer' ? COMMANDS_OF_A_PEER : COMMANDS;
  const asked: Asked[] = [];
  while (asked.length < commands)
    asked.push(...(await Promise.all(Array.from({ length: SIDE_BY_SIDE }, () => corner.ask(side.iccid)))));
  side.sent += commands;
  await corner.answered(side.sent);
  const { cpuMicros } = await corner.use();
  if (!counts) return;
  side.acks.push(ackFigures(asked));
  side.spent.push((cpuMicros - before.cpuMicros) / commands);
}

function figuresOf({ contender, arena, acks, spent, sent }: Side): Figures {
  const cpu = { cpuMicrosPerCommand: median(spent) };
  if (contender.is === 'the floor' || contender.is === 'the card') return { ...mediansOf(acks), ...cpu };
  const shown = arena.corners[0].shown();
  return { ...callFigures(arena), ...mediansOf(acks), ...answerFigures(shown, sent), ...cpu };
}
