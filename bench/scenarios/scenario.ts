import type { Contender } from '../contenders/all.ts';
import type { Figures } from '../figures.ts';

/** One situation every contender is put into. */
export interface Scenario {
  readonly name: string;
  run(contenders: readonly Contender[]): Promise<ReadonlyMap<Contender, Figures>>;
}

/** A scenario in which each contender is alone on the machine. */
export function oneByOne(name: string, measure: (contender: Contender) => Promise<Figures>): Scenario {
  return {
    name,
    async run(contenders) {
      const figures = new Map<Contender, Figures>();
      for (const contender of contenders) figures.set(contender, await measure(contender));
      return figures;
    },
  };
}

export const MINUTE_MS = 60_000;
export const WINDOW_MS = 15 * MINUTE_MS;
export const DAY_MS = 24 * 60 * MINUTE_MS;
