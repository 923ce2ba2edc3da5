import type { LimitProfile } from '../../src/airalo/simulator/limits.ts';
import { until } from '../../test/support/until.ts';
import { inArena } from '../arena.ts';
import { ackFigures, answerFigures, callFigures, promiseFigures } from '../figures.ts';
import { oneByOne, type Scenario } from './scenario.ts';

interface Burst {
  readonly name: string;
  /** For each process. */
  readonly commands: number;
  readonly esims: number;
  readonly processes?: number;
  readonly profile?: LimitProfile;
  /** Most of it is the bot's pace. */
  readonly waits?: boolean;
}

/** An answer that had to wait for its turn still counts when it comes within this. */
const PATIENCE_MS = 30_000;

/**
 * Commands sent all at once, each of which can be answered: every eSIM may be read once. The processes of the bot share their store;
 * each process has an imitated chat of its own.
 */
export function burst({
  name,
  commands,
  esims,
  processes = 1,
  profile = 'strict15',
  waits = false,
}: Burst): Scenario {
  return oneByOne({ name, waits }, (contender) =>
    inArena(contender, { processes, profile }, async (arena) => {
      const { simulator, corners } = arena;
      const iccids = simulator.addEsims(esims);
      const asked = await Promise.all(
        corners.flatMap((corner, number) =>
          Array.from({ length: commands }, (_, index) =>
            corner.ask(iccids[(index + number * 5) % esims] ?? ''),
          ),
        ),
      );
      await Promise.all(corners.map((corner) => corner.answered(commands)));
      const shown = () => corners.flatMap((corner) => corner.shown());
      const kept = () => shown().every(({ wasPromised, hasFigure }) => !wasPromised || hasFigure);
      await until('the promised ones', kept, PATIENCE_MS).catch(() => undefined);
      const all = commands * processes;
      if (contender.is === 'the floor') return ackFigures(asked);
      return {
        ...callFigures(arena),
        ...ackFigures(asked),
        ...answerFigures(shown(), all),
        ...promiseFigures(shown(), all),
      };
    }),
  );
}
