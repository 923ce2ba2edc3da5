import type { CallPace } from '../storage/ports.ts';

/** How the work that nobody waits for is taken from the outbox: watches and digests. */
export const OWN_READS = {
  /** Several, since a platform may hang; of their reads one goes at a time: a person's lookup never stands behind more than one of ours. */
  concurrency: 12,
  /** Longer than a read with its turn, which is 20 s at the most. */
  visibilityMs: 30_000,
  backoff: { baseMs: 5_000, capMs: 10 * 60_000 },
} as const;

/** Of those that are under way, how many may be at one platform. */
export const MOST_AT_A_PLATFORM = 8;
/** What finds no place there comes back after this. */
export const NO_PLACE_MS = 1_000;
/** What is of a platform that is not configured here is left to an instance that has it, which may start in a moment. */
export const NO_PLATFORM_MS = 15_000;

/** Takes one of the reads of Airalo that all of them together, in all processes, may cause in a minute; else when it is free, epoch ms. */
export async function turnOfOwnRead(pace: CallPace, readsPerMinute: number): Promise<number | undefined> {
  const turn = await pace.reserve('watch-reads', 60_000 / readsPerMinute, 0);
  return turn.kind === 'slot' ? undefined : turn.freeAt;
}
