import type { Clock } from '../../../src/clock.ts';

/** Discord's epoch, 1 January 2015 UTC, in Unix ms. */
const DISCORD_EPOCH = 1_420_070_400_000n;

/** Of all stand-ins in a process: Discord gives no id twice, and several bots may share what they have seen. */
let counter = 0n;

/** Makes ids as Discord does: the instant in the upper bits, a counter in the lower. 19 digits in this decade. */
export function createSnowflakes(clock: Clock): () => string {
  return () => {
    counter = (counter + 1n) & 0x3fffffn;
    return String(((BigInt(clock.now()) - DISCORD_EPOCH) << 22n) | counter);
  };
}

/** When an id was made, epoch ms. */
export function madeAt(id: string): number {
  return Number((BigInt(id) >> 22n) + DISCORD_EPOCH);
}
