import type { UsagePoint } from './usage-point.ts';

/** Use per millisecond, in MB. `lowest` and `highest` bound the middle half of what was seen. */
export interface Pace {
  readonly lowest: number;
  readonly typical: number;
  readonly highest: number;
}

interface Stretch {
  readonly mbPerMs: number;
  readonly weight: number;
}

const HOUR_MS = 60 * 60 * 1000;
/** Many questions in one hour say no more than one. */
const SLOT_MS = 3 * HOUR_MS;
/** Within a day people sleep: shorter stretches would tell of the time of day. */
const STRETCH_MS = 24 * HOUR_MS;

/**
 * A robust slope (Theil-Sen): the median of the paces between every two points, each weighted by the time between
 * them (Jaeckel, Ann. Math. Stat. 43, 1972). A late counter, a stale figure or one heavy hour at the end moves it
 * little, where least squares would follow. `points` in order, at least two; undefined when they lie within one instant.
 */
export function paceOf(points: readonly UsagePoint[]): Pace | undefined {
  const spaced = onePerSlot(points);
  const [first, last] = [spaced[0], spaced.at(-1)];
  if (!first || !last || last.at <= first.at) return undefined;
  const shortest = Math.min(STRETCH_MS, (last.at - first.at) / 2);
  const stretches: Stretch[] = [];
  spaced.forEach((from, index) => {
    for (const to of spaced.slice(index + 1))
      if (to.at - from.at >= shortest) stretches.push(stretchOf(from, to));
  });
  stretches.sort((a, b) => a.mbPerMs - b.mbPerMs);
  const whole = stretchOf(first, last).mbPerMs;
  return {
    lowest: Math.min(weightedQuantile(stretches, 0.25), whole),
    typical: weightedQuantile(stretches, 0.5),
    highest: Math.max(weightedQuantile(stretches, 0.75), whole),
  };
}

/** The last point of every three hours, and always the very first: at most a few thousand pairs come of them. */
function onePerSlot(points: readonly UsagePoint[]): UsagePoint[] {
  return points.filter((point, index) => {
    const next = points[index + 1];
    return index === 0 || !next || Math.floor(next.at / SLOT_MS) !== Math.floor(point.at / SLOT_MS);
  });
}

function stretchOf(from: UsagePoint, to: UsagePoint): Stretch {
  const weight = to.at - from.at;
  return { mbPerMs: (from.remainingMb - to.remainingMb) / weight, weight };
}

/** The value at which `share` of the weight lies at or below. `sorted` ascending, not empty. */
function weightedQuantile(sorted: readonly Stretch[], share: number): number {
  const wanted = share * sorted.reduce((sum, { weight }) => sum + weight, 0);
  let passed = 0;
  for (const { mbPerMs, weight } of sorted) {
    passed += weight;
    if (passed >= wanted) return mbPerMs;
  }
  return sorted.at(-1)?.mbPerMs ?? 0;
}
