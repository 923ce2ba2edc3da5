import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { startBot } from './support/bot.ts';
import { ManualClock } from './support/manual-clock.ts';
import { untilStill } from './support/passing-time.ts';

const SECOND_MS = 1_000;
const MB = 1024 * 1024;
/** What is filled once: compiled code, pools. */
const SETTLING_SECONDS = 300;
const IDLE_SECONDS = 1_200;

setFlagsFromString('--expose-gc');
const collect: unknown = runInNewContext('gc');

function usedMb(): number {
  if (typeof collect !== 'function') throw new TypeError('No garbage collector to call');
  collect();
  return process.memoryUsage().heapUsed / MB;
}

test('a bot that nobody asks anything keeps nothing of the seconds that pass', async () => {
  const clock = new ManualClock();
  const bot = await startBot({ clock });
  const pass = async (seconds: number) => {
    for (let second = 0; second < seconds; second++) {
      clock.advance(SECOND_MS);
      await untilStill();
    }
  };
  try {
    await pass(SETTLING_SECONDS);
    const before = usedMb();
    await pass(IDLE_SECONDS);
    // It is 0.2; what each look of an idle worker left behind once made four.
    expect(usedMb() - before).toBeLessThan(3);
  } finally {
    await bot.stop();
  }
});
