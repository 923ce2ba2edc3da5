import { type BotOptions, type BotUnderTest, startBot, type World } from '../../support/bot.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { untilLater } from '../../support/passing-time.ts';
import { untilQuiet } from '../../support/quiet.ts';
import { startTelegram, type TelegramStandIn } from '../../support/telegram/telegram.ts';
import type { StoredMessage, TelegramGroup, TelegramUser } from '../../support/telegram/world.ts';
import type { until } from '../../support/until.ts';

export const ACTIVE = '8910000000001000019';
export const VOICE = '8910000000001000035';
export const USED_UP = '8910000000001000092';
export const WINDOW_MS = 900_000;

export interface TelegramBot {
  readonly telegram: TelegramStandIn;
  readonly clock: ManualClock;
  readonly bot: BotUnderTest;
  /** Named in the settings; has opened the private chat. */
  readonly anna: TelegramUser;
  /** Named too; has never opened it. */
  readonly cleo: TelegramUser;
  /** In the group, and named nowhere; has opened the private chat. */
  readonly ben: TelegramUser;
  readonly group: TelegramGroup;
  /** Waits for real I/O while time creeps on. */
  soon<T>(what: string, condition: Parameters<typeof until<T>>[1]): Promise<T>;
  /** Lets what is under way come to its end, then moves the time. */
  pass(durationMs: number): Promise<void>;
  /** Waits until the newest message of the bot there matches. */
  shows(pattern: RegExp, where?: TelegramUser | TelegramGroup): Promise<StoredMessage>;
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** The whole bot beside an imitated Telegram with one group. `env` is given what the settings may name. */
export async function startTelegramBot(
  env: (world: Pick<TelegramBot, 'anna' | 'ben' | 'cleo' | 'group'>) => Record<string, string> = ({
    anna,
    cleo,
  }) => ({
    TELEGRAM_ALLOWED_USERS: `${anna.id},${cleo.id}`,
  }),
  options: BotOptions = {},
): Promise<TelegramBot> {
  const clock = new ManualClock();
  const telegram = await startTelegram(clock);
  const { world } = telegram;
  const [anna, ben, cleo] = [world.person('Anna'), world.person('Ben'), world.person('Cleo')];
  const group = world.group('Support', anna, ben, cleo);
  world.started.add(anna.id).add(ben.id);
  const start = (kept?: World) =>
    startBot({
      clock,
      env: {
        TELEGRAM_TOKEN: world.token,
        TELEGRAM_API_URL: telegram.apiUrl,
        ...env({ anna, ben, cleo, group }),
      },
      ...options,
      ...(kept ? { world: kept } : {}),
    });
  let bot = await start();
  const soon = <T>(what: string, condition: Parameters<typeof until<T>>[1]) =>
    untilLater(clock, what, condition);
  return {
    telegram,
    clock,
    anna,
    ben,
    cleo,
    group,
    get bot() {
      return bot;
    },
    soon,
    async pass(durationMs) {
      await untilQuiet(bot.log);
      clock.advance(durationMs);
    },
    shows: (pattern, where = anna) =>
      soon(`a message with ${pattern}`, () => {
        const newest = world.fromBot(where.id).at(-1);
        return newest && pattern.test(newest.text) && newest;
      }),
    async restart() {
      await clock.during(bot.stop({ keep: true }));
      bot = await start(bot.world);
    },
    async close() {
      telegram.mend();
      bot.simulator.clearFaults();
      bot.simulator.release();
      await clock.during(bot.stop());
      await telegram.close();
    },
  };
}
