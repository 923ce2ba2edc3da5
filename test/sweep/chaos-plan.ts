import fc from 'fast-check';
import { CALL_FAULTS, type Fault } from './fault.ts';
import type { Door } from './side.ts';

/** Something that happens in a walk; indices are taken modulo what there is. */
type Happening =
  | {
      readonly kind: 'ask';
      readonly side: number;
      readonly door: Door;
      readonly esim: number;
      readonly usedUp: boolean;
    }
  | { readonly kind: 'fail'; readonly proxy: number; readonly fault: Fault; readonly forMs: number }
  | { readonly kind: 'refuse'; readonly proxy: number; readonly forMs: number }
  | { readonly kind: 'cut'; readonly silently: boolean }
  | { readonly kind: 'recycle'; readonly side: number }
  | { readonly kind: 'kill' | 'term'; readonly bot: number };

export interface Step {
  /** After the step before. */
  readonly afterMs: number;
  readonly happening: Happening;
}

/** What may be the matter with a service for a while. Refused credentials are no weather: somebody has to act. */
const WEATHER = CALL_FAULTS.filter((fault) => !/own|SIGKILL|refused/.test(fault));
const DOORS: readonly Door[] = ['command', 'direct message', 'message command'];
const few = fc.nat({ max: 15 });

const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant('ask' as const),
      side: few,
      door: fc.constantFrom(...DOORS),
      esim: fc.nat({ max: 200 }),
      usedUp: fc.integer({ min: 0, max: 4 }).map((one) => one === 0),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('fail' as const),
      proxy: few,
      fault: fc.constantFrom(...WEATHER),
      forMs: fc.integer({ min: 200, max: 20_000 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('refuse' as const),
      proxy: few,
      forMs: fc.integer({ min: 500, max: 15_000 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cut' as const), silently: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('recycle' as const), side: few }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('kill' as const, 'term' as const), bot: few }) },
);

/** The same seed gives the same walk. */
export function walkOf(seed: number, lengthMs: number): Step[] {
  const step = fc.record({ afterMs: fc.integer({ min: 50, max: 6_000 }), happening });
  const steps: Step[] = [];
  let at = 0;
  for (const one of fc.sample(step, { seed, numRuns: Math.ceil(lengthMs / 50) })) {
    at += one.afterMs;
    if (at > lengthMs) break;
    steps.push(one);
  }
  return steps;
}
