import { until } from '../../test/support/until.ts';
import { type Arena, inArena } from '../arena.ts';
import type { Asked } from '../chats/chat.ts';
import type { Corner } from '../corner.ts';
import {
  ackFigures,
  answerFigures,
  callFigures,
  type Figures,
  percentile,
  promiseFigures,
} from '../figures.ts';
import { MINUTE_MS, oneByOne, type Scenario, WINDOW_MS } from './scenario.ts';

const ESIMS = 4;
const COMMANDS = 40;
/**
 * The last seconds before an answer is due pass in real time, so that lateness is that of real timers. More than the second for which a worker
 * sleeps before it looks at its calendar again.
 */
const REAL_MS = 12_000;
const PATIENCE_MS = 40_000;
const FIRST = 1;

interface MustWait {
  readonly name: string;
  /** Whether Airalo's 429 says when. */
  readonly header: boolean;
  /** SIGKILL while all answers are pending, or as soon as the first of them has arrived; the process is started again at once. */
  readonly kill?: 'pending' | 'arriving';
}

/**
 * Another system of the company has just read four eSIMs; forty commands ask about them. The first call for each eSIM must be refused: that one
 * refusal nobody could foresee. The answer is possible once the window is over, which the calendar reaches within seconds.
 */
export function mustWait({ name, header, kill }: MustWait): Scenario {
  return oneByOne({ name, waits: true }, (contender) =>
    inArena(contender, {}, async (arena) => {
      const [corner] = arena.corners;
      const { simulator } = arena;
      const iccids = simulator.addEsims(ESIMS);
      const endsAt = header ? await spendWindows(arena, iccids) : undefined;
      if (!header)
        for (const iccid of iccids)
          simulator.inject(iccid, { kind: 'rate-limited' }, Number.POSITIVE_INFINITY);
      const asked = await Promise.all(
        Array.from({ length: COMMANDS }, (_, index) => corner.ask(iccids[index % ESIMS] ?? '')),
      );
      await corner.answered(COMMANDS);
      if (contender.is === 'the floor') return ackFigures(asked);

      const dueAt = dueTimes(arena, endsAt);
      await arena.turn(Math.min(...dueAt.values()) - Date.now() - REAL_MS);
      simulator.clearFaults();
      if (kill === 'pending') await corner.restart();
      const lateness = await deliveries(corner, asked, dueAt, kill === 'arriving');
      const shown = corner.shown();
      return {
        ...callFigures(arena, { failures: ESIMS, refusals: ESIMS }),
        ...ackFigures(asked),
        ...answerFigures(shown, COMMANDS),
        ...promiseFigures(shown, COMMANDS),
        ...latenessFigures(lateness),
      };
    }),
  );
}

/** A minute ago somebody else has read each of them, so Airalo answers with a Retry-After of 840 s. */
async function spendWindows({ simulator, turn }: Arena, iccids: readonly string[]): Promise<number> {
  for (const iccid of iccids) simulator.useUpWindow(iccid);
  const endsAt = Date.now() + WINDOW_MS;
  await turn(MINUTE_MS);
  return endsAt;
}

/** By eSIM: what its first refusal said, in whole seconds as the header has it; without a header one window after it. */
function dueTimes({ simulator, warmUpCalls }: Arena, endsAt: number | undefined): Map<string, number> {
  const due = new Map<string, number>();
  for (const { iccid, at } of simulator.calls.slice(warmUpCalls)) {
    const waitMs = endsAt === undefined ? WINDOW_MS : Math.ceil((endsAt - at) / 1_000) * 1_000;
    if (!due.has(iccid)) due.set(iccid, at + waitMs);
  }
  return due;
}

/**
 * How late each promised answer was, from the instant it was due or, where that was past, from the SIGKILL on: nobody can answer while there is no
 * process. A contender that promised nothing is not waited for.
 */
async function deliveries(
  corner: Corner,
  asked: readonly Asked[],
  dueAt: ReadonlyMap<string, number>,
  kill: boolean,
) {
  const promised = corner.shown().filter(({ wasPromised }) => wasPromised).length;
  const arrivedAt = new Map<Asked, number>();
  let killedAt = 0;
  const look = () => {
    for (const one of asked)
      if (!arrivedAt.has(one) && corner.answerTo(one)?.hasFigure) arrivedAt.set(one, Date.now());
    return arrivedAt.size;
  };
  if (promised > 0 && kill) {
    await until('the first', () => look() >= FIRST, PATIENCE_MS).catch(() => undefined);
    killedAt = Date.now();
    await corner.restart();
  }
  const kept = () => look() >= promised || promiseFigures(corner.shown(), asked.length).promised?.lost === 0;
  if (promised > 0) await until('all', kept, PATIENCE_MS).catch(() => undefined);
  return [...arrivedAt].map(([{ iccid }, at]) => {
    const since = dueAt.get(iccid) ?? Number.NaN;
    return at - (at > killedAt ? Math.max(since, killedAt) : since);
  });
}

function latenessFigures(lateness: readonly number[]): Pick<Figures, 'latenessP99Ms'> {
  return lateness.length === 0 ? {} : { latenessP99Ms: percentile(lateness, 0.99) };
}
