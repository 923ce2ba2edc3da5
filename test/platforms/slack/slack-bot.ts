import { type BotOptions, type BotUnderTest, startBot, type World } from '../../support/bot.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { untilLater } from '../../support/passing-time.ts';
import { untilQuiet } from '../../support/quiet.ts';
import { type SlackStandIn, startSlack, type TransportKind } from '../../support/slack/slack.ts';
import { lastForm, type SlackPost } from '../../support/slack/workspace.ts';
import { until } from '../../support/until.ts';

export const ACTIVE = '8910000000001000019';
export const VOICE = '8910000000001000035';
export const USED_UP = '8910000000001000092';
export const WINDOW_MS = 900_000;

/** What stands there until there is an answer. */
const PLACEHOLDER = /^(Checking |One moment )/;

export interface SlackBot {
  readonly slack: SlackStandIn;
  readonly clock: ManualClock;
  readonly bot: BotUnderTest;
  /** Waits for real I/O while time creeps on, so that a worker that had just gone to sleep wakes again. */
  soon<T>(what: string, condition: Parameters<typeof until<T>>[1]): Promise<T>;
  /** Lets what is under way come to its end, then moves the time: no request is cut off by the jump. */
  pass(durationMs: number): Promise<void>;
  /** The posts a person sees in a channel, once there are `count` and none is a placeholder, which a slow machine may show first. */
  seen(user: string, channel: string, count?: number): Promise<SlackPost[]>;
  /** The text of the newest form of the newest post a person sees. */
  newestText(user?: string, channel?: string): string;
  /** SIGKILL's twin within a process: nothing more is sent, the store stays. */
  restart(env?: Readonly<Record<string, string>>): Promise<void>;
  close(): Promise<void>;
}

/** The whole bot beside an imitated workspace. */
export async function startSlackBot(
  kind: TransportKind,
  env: Readonly<Record<string, string>> = {},
  options: BotOptions = {},
  /** Changes the workspace before the bot asks who it is. */
  prepare: (workspace: SlackStandIn['workspace']) => void = () => undefined,
): Promise<SlackBot> {
  const clock = new ManualClock();
  const slack = await startSlack(kind, clock);
  prepare(slack.workspace);
  const start = async (world?: World) => {
    const before = slack.socketsOpened;
    const bot = await startBot({
      clock,
      serveHttp: kind === 'http',
      env: { ...slack.env, ...env },
      ...options,
      ...(world ? { world } : {}),
    });
    slack.botUrl = bot.httpUrl;
    if (kind === 'socket') await until('the socket is open', () => slack.socketsOpened > before);
    return bot;
  };
  const soon = <T>(what: string, condition: Parameters<typeof until<T>>[1]) =>
    untilLater(clock, what, condition);
  let bot = await start();
  return {
    soon,
    async pass(durationMs) {
      await untilQuiet(bot.log);
      clock.advance(durationMs);
    },
    slack,
    clock,
    get bot() {
      return bot;
    },
    seen: (user, channel, count = 1) =>
      soon(`${count} post(s) for ${user} in ${channel}`, () => {
        const posts = slack.workspace.seenBy(user, channel);
        const isWaiting = posts.some((post) => PLACEHOLDER.test(lastForm(post).text));
        return posts.length >= count && !isWaiting && posts;
      }),
    newestText: (user = 'UANNA', channel = 'CSUPPORT') =>
      lastForm(slack.workspace.seenBy(user, channel).at(-1)).text,
    async restart() {
      await clock.during(bot.stop({ keep: true }));
      bot = await start(bot.world);
    },
    async close() {
      bot.simulator.clearFaults();
      bot.simulator.release();
      await clock.during(bot.stop());
      await slack.close();
    },
  };
}
