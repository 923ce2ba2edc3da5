import type { BotUnderTest, World } from './bot.ts';
import type { ManualClock } from './manual-clock.ts';
import { untilLater } from './passing-time.ts';
import { untilQuiet } from './quiet.ts';
import type { until } from './until.ts';

/** A whole bot under a clock of the test's, which can be started again on what it has kept. */
export interface RestartableBot {
  readonly clock: ManualClock;
  /** The one that runs now. */
  readonly bot: BotUnderTest;
  /** Waits for real I/O; time passes while nothing is under way. */
  soon<T>(what: string, condition: Parameters<typeof until<T>>[1]): Promise<T>;
  /** Lets what is under way come to its end, then moves the time. */
  pass(durationMs: number): Promise<void>;
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** `start` is given what the last one has kept; `service` is the imitated other side. */
export async function startRestartableBot(
  clock: ManualClock,
  start: (kept?: World) => Promise<BotUnderTest>,
  service: { mend(): void; close(): Promise<void> },
): Promise<RestartableBot> {
  let bot = await start();
  return {
    clock,
    get bot() {
      return bot;
    },
    soon: (what, condition) => untilLater(clock, what, condition),
    async pass(durationMs) {
      await untilQuiet(bot.log);
      clock.advance(durationMs);
    },
    async restart() {
      await clock.during(bot.stop({ keep: true }));
      bot = await start(bot.world);
    },
    async close() {
      service.mend();
      bot.simulator.clearFaults();
      bot.simulator.release();
      await clock.during(bot.stop());
      await service.close();
    },
  };
}
