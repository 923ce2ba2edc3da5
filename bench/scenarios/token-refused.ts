import { until } from '../../test/support/until.ts';
import { type Arena, inArena } from '../arena.ts';
import type { Asked } from '../chats/chat.ts';
import { ackFigures, answerFigures, callFigures, promiseFigures } from '../figures.ts';
import { DAY_MS, MINUTE_MS, oneByOne, type Scenario, WINDOW_MS } from './scenario.ts';

const ESIMS = 20;
const PATIENCE_MS = 20_000;

interface DeadToken {
  readonly name: string;
  /** Of the calls, and of those answered 429, which nobody could foresee. */
  readonly unforeseeable: { readonly failures: number; readonly refusals: number };
  kill(arena: Arena): Promise<void> | void;
}

/** Commands one after the other about eSIMs never read before, with a token Airalo takes no more. What is promised falls due by the calendar. */
function withDeadToken({ name, unforeseeable, kill }: DeadToken): Scenario {
  return oneByOne({ name, waits: true }, (contender) =>
    inArena(contender, {}, async (arena) => {
      const [corner] = arena.corners;
      const iccids = arena.simulator.addEsims(ESIMS);
      await kill(arena);
      const asked: Asked[] = [];
      for (const iccid of iccids) asked.push(await corner.ask(iccid));
      await corner.answered(ESIMS);
      if (contender.is === 'the floor') return ackFigures(asked);
      await arena.turn(WINDOW_MS);
      const kept = () => (promiseFigures(corner.shown(), ESIMS).promised?.lost ?? 0) === 0;
      await until('the promised ones', kept, PATIENCE_MS).catch(() => undefined);
      const shown = corner.shown();
      return {
        ...callFigures(arena, unforeseeable),
        ...ackFigures(asked),
        ...answerFigures(shown, ESIMS),
        ...promiseFigures(shown, ESIMS),
      };
    }),
  );
}

/**
 * The call that finds the token refused cannot be avoided. The simulator counts it like any other, so the next one for the same eSIM, with a
 * new token, is refused until the window is over: that cannot be foreseen either.
 */
export const tokenRevoked = withDeadToken({
  name: 'Token revoked',
  unforeseeable: { failures: 2, refusals: 1 },
  kill: ({ simulator }) => simulator.revokeTokens(),
});

/** A token lives 24 hours, though Airalo says a year: who reckons with that needs no failed call. */
export const tokenExpired = withDeadToken({
  name: 'Token expired, a day later',
  unforeseeable: { failures: 0, refusals: 0 },
  kill: (arena) => arena.turn(DAY_MS + MINUTE_MS),
});
