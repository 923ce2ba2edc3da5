import type { BotUnderTest } from './bot.ts';
import { ManualClock } from './manual-clock.ts';

export const MINUTE_MS = 60_000;
/** When the digests of these tests are due first, epoch ms. */
export const DUE_AT = ManualClock.START + 10 * MINUTE_MS;
/** Before the first reading for one that is due then: until here nothing is at work. */
const FIRST_WORK_AT = DUE_AT - 4 * MINUTE_MS;

/** Behind `digest`: every day at this instant's time, to the minute. */
export function dailyAt(at: number): string {
  return `daily ${new Date(at).toISOString().slice(11, 16)} UTC`;
}

/** A whole bot beside an imitated service. */
interface TimedBot {
  readonly clock: ManualClock;
  readonly bot: BotUnderTest;
  soon(what: string, condition: () => Promise<boolean>): Promise<unknown>;
  pass(durationMs: number): Promise<void>;
}

/**
 * Lets the time pass up to an instant in half minutes, each with all of its work: `soon` alone walks through hours second by second. To
 * where the work begins it leaps.
 */
export async function passUntil(timed: TimedBot, at: number): Promise<void> {
  while (timed.clock.now() < at) {
    const stepMs = Math.max(MINUTE_MS / 2, FIRST_WORK_AT - timed.clock.now());
    await timed.pass(Math.min(stepMs, at - timed.clock.now()));
    await timed.soon('nothing is at work', async () => {
      const { active, oldestDueMs } = await timed.bot.app.store.outbox.depth();
      return active === 0 && oldestDueMs === 0;
    });
  }
}
