import type { Contender } from '../contenders/all.ts';
import type { Figures } from '../figures.ts';

/** One situation every contender is put into. */
export interface Scenario {
  readonly name: string;
  /** Most of its time passes by waiting, and no mark is about its speed: it may run beside others that wait. */
  readonly waits: boolean;
  run(contenders: readonly Contender[]): Promise<ReadonlyMap<Contender, Figures>>;
}

/** A scenario in which one contender comes after the other. */
export function oneByOne(
  { name, waits }: Pick<Scenario, 'name' | 'waits'>,
  measure: (contender: Contender) => Promise<Figures>,
): Scenario {
  return {
    name,
    waits,
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
