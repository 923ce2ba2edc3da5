import type { CallPace } from '../storage/ports.ts';

/** How the work that nobody waits for is taken from the outbox: watches and digests. */
export const OWN_READS = {
  /** One at a time: a person's lookup never stands behind more than one look of ours. */
  concurrency: 1,
  /** Longer than a read with its turn, which is 20 s at the most. */
  visibilityMs: 30_000,
  backoff: { baseMs: 5_000, capMs: 10 * 60_000 },
} as const;

/** Takes one of the reads of Airalo that all of them together, in all processes, may cause in a minute; else when it is free, epoch ms. */
export async function turnOfOwnRead(pace: CallPace, readsPerMinute: number): Promise<number | undefined> {
  const turn = await pace.reserve('watch-reads', 60_000 / readsPerMinute, 0);
  return turn.kind === 'slot' ? undefined : turn.freeAt;
}
