import { performance } from 'node:perf_hooks';
import { until } from '../test/support/until.ts';
import { type Arena, answersOf, type Contender, hasFigure, openArena } from './arena.ts';
import { ackFigures, callFigures, type Figures, percentile } from './figures.ts';

const MINUTE_MS = 60_000;
const WINDOW_MS = 15 * MINUTE_MS;

export interface Scenario {
  readonly name: string;
  run(contender: Contender): Promise<Figures>;
}

/** A burst of commands, all at once, each of which could be answered. */
function burst(name: string, commands: number, esims: number, processes = 1): Scenario {
  return {
    name,
    run: (contender) =>
      inArena(contender, processes, async (arena) => {
        const iccids = arena.world.simulator.addEsims(esims);
        const acks = await Promise.all(
          arena.corners.flatMap((corner, number) =>
            Array.from({ length: commands }, (_, index) =>
              corner.ask(iccids[(index + number * 5) % esims] ?? ''),
            ),
          ),
        );
        const texts = (await Promise.all(arena.corners.map((corner) => answersOf(corner, commands)))).flat();
        return {
          ...callFigures(arena, 0, esims, 0),
          ...ackFigures(acks),
          ...answers(texts, commands * processes),
        };
      }),
  };
}

const secondLookup: Scenario = {
  name: 'second lookup at minute 6',
  run: (contender) =>
    inArena(contender, 1, async (arena) => {
      const [corner] = arena.corners;
      const iccids = arena.world.simulator.addEsims(20);
      for (const iccid of iccids) await corner.ask(iccid);
      await answersOf(corner, 20);
      await arena.shift(6 * MINUTE_MS);
      const acks = await Promise.all(iccids.map((iccid) => corner.ask(iccid)));
      const texts = (await answersOf(corner, 40)).slice(20);
      return { ...callFigures(arena, 0, 20, 0), ...ackFigures(acks), ...answers(texts, 20) };
    }),
};

/** Another system has used up the window: the first call must be refused, and the answer is possible once it is over. */
function mustWait(name: string, header: boolean, crash: boolean): Scenario {
  return {
    name,
    run: (contender) =>
      inArena(contender, 1, async (arena) => {
        const [corner] = arena.corners;
        const { simulator } = arena.world;
        const iccids = simulator.addEsims(20);
        if (header) await spendWindows(arena, iccids);
        else simulator.inject('usage', { kind: 'rate-limited' }, 20);
        const acks = await Promise.all(iccids.map((iccid) => corner.ask(iccid)));
        await answersOf(corner, 20, true);
        if (crash) await corner.restart();
        await arena.shift(WINDOW_MS);
        const dueAt = performance.now();
        const arrivals: number[] = [];
        await until(
          'every answer',
          () => {
            const there = corner.texts().filter(hasFigure).length;
            while (arrivals.length < there) arrivals.push(performance.now() - dueAt);
            return there >= 20;
          },
          contender === 'esim-usage-bot' ? 30_000 : 5_000,
        ).catch(() => undefined);
        return {
          ...callFigures(arena, 0, 40, 20),
          ...ackFigures(acks),
          ...answers(corner.texts(), 20),
          ...(arrivals.length > 0 ? { latenessP99Ms: percentile(arrivals, 0.99) } : {}),
        };
      }),
  };
}

const hung: Scenario = {
  name: 'Airalo hangs (acknowledgement)',
  run: (contender) =>
    inArena(contender, 1, async (arena) => {
      const [corner] = arena.corners;
      const { simulator } = arena.world;
      simulator.inject('usage', { kind: 'hang' }, 1_000);
      const iccids = simulator.addEsims(100);
      const acks = await Promise.all(iccids.map((iccid) => corner.ask(iccid)));
      return {
        callsOverLeast: Number.NaN,
        avoidableRefusals: 0,
        ...ackFigures(acks),
        answered: 0,
        asked: 0,
        doubled: 0,
      };
    }),
};

const tokenRevoked: Scenario = {
  name: 'token revoked in mid-run',
  run: (contender) =>
    inArena(contender, 1, async (arena) => {
      const [corner] = arena.corners;
      const { simulator } = arena.world;
      const iccids = simulator.addEsims(21);
      await corner.ask(iccids[20] ?? '');
      await answersOf(corner, 1);
      const before = simulator.calls.length;
      simulator.revokeTokens();
      const acks: number[] = [];
      for (const iccid of iccids.slice(0, 20)) acks.push(await corner.ask(iccid));
      const texts = (await answersOf(corner, 21)).slice(1);
      // One call that finds the token refused cannot be avoided.
      return { ...callFigures(arena, before, 21, 0), ...ackFigures(acks), ...answers(texts, 20) };
    }),
};

const cached: Scenario = {
  name: 'CPU of 1000 commands answered from the cache',
  run: (contender) =>
    inArena(contender, 1, async (arena) => {
      const [corner] = arena.corners;
      const [iccid = ''] = arena.world.simulator.addEsims(1);
      const rounds = async (count: number) => {
        const acks: number[] = [];
        for (let round = 0; round < count; round++)
          acks.push(...(await Promise.all(Array.from({ length: 10 }, () => corner.ask(iccid)))));
        return acks;
      };
      await rounds(30);
      await answersOf(corner, 300);
      const before = await corner.use();
      const acks = await rounds(100);
      const texts = (await answersOf(corner, 1_300)).slice(300);
      const after = await corner.use();
      const cpuPerCommandMicros = (after.cpuMicros - before.cpuMicros) / 1_000;
      return {
        ...callFigures(arena, 0, 1, 0),
        ...ackFigures(acks),
        ...answers(texts, 1_000),
        cpuPerCommandMicros,
      };
    }),
};

export const SCENARIOS: readonly Scenario[] = [
  burst('burst of 20 on one eSIM', 20, 1),
  burst('burst of 400 on one eSIM', 400, 1),
  burst('fifty eSIMs at once', 50, 50),
  burst('4 processes × 100 commands on 20 eSIMs', 100, 20, 4),
  secondLookup,
  mustWait('429 with Retry-After, 840 s', true, false),
  mustWait('429 without a header', false, false),
  mustWait('429, and SIGKILL with the answers pending', true, true),
  hung,
  tokenRevoked,
  cached,
];

async function inArena(
  contender: Contender,
  processes: number,
  work: (arena: Arena) => Promise<Figures>,
): Promise<Figures> {
  const arena = await openArena(contender, processes);
  try {
    return await work(arena);
  } finally {
    await arena.close();
  }
}

/** A minute ago somebody else has read each of them, so Airalo answers with a Retry-After of 840 s. */
async function spendWindows(arena: Arena, iccids: readonly string[]): Promise<void> {
  for (const iccid of iccids) arena.world.simulator.useUpWindow(iccid);
  await arena.shift(MINUTE_MS);
}

function answers(texts: readonly string[], asked: number) {
  const answered = texts.filter(hasFigure).length;
  return { answered: Math.min(answered, asked), asked, doubled: Math.max(0, texts.length - asked) };
}
