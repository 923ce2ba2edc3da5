import { setImmediate as nextTurn } from 'node:timers/promises';

/** Lets everything else run; told how much work was done without a pause. */
export type GiveWay = (work: number) => Promise<unknown>;

/** Counts work and says when others are to have the event loop. */
export interface Turns {
  /** Adds work, in characters looked at; true when it is time for `give`. */
  due(work: number): boolean;
  /** Begins to count anew, and resolves when the others have had their turn. */
  give(): Promise<void>;
}

/** So many characters are read in one go: some 5 ms, since the slowest of them costs about a microsecond. */
export const MAX_WORK = 4_096;

/**
 * Long work in one process with people's questions: in pieces, with a turn of the event loop
 * between them. `giveWay` is for tests, which count the work between two turns; without it the next
 * turn of the event loop is awaited.
 */
export function createTurns(giveWay: GiveWay = () => nextTurn()): Turns {
  let done = 0;
  return {
    due(work) {
      done += work;
      return done >= MAX_WORK;
    },
    async give() {
      const work = done;
      done = 0;
      await giveWay(work);
    },
  };
}
