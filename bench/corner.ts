import { systemClock } from '../src/clock.ts';
import { command } from '../test/support/slack/people.ts';
import { type SlackStandIn, startSlack } from '../test/support/slack/slack.ts';
import { until } from '../test/support/until.ts';
import { type ProcessUse, startContender } from './contender-process.ts';
import { isPlaceholder, type ShownAnswer, shownIn } from './shown.ts';

/** Who is measured, in the order of the tables. */
export const CONTENDERS = [
  'esim-usage-bot',
  'Bolt + airalo-sdk',
  'Chat SDK + airalo-sdk',
  'Bolt, a constant',
] as const;
export type Contender = (typeof CONTENDERS)[number];
export const OURS = CONTENDERS[0];
export const FLOOR = CONTENDERS[3];

const SCRIPTS: Readonly<Record<Contender, URL>> = {
  'esim-usage-bot': new URL('./contenders/esim-usage-bot.ts', import.meta.url),
  'Bolt + airalo-sdk': new URL('./contenders/bolt-airalo-sdk.ts', import.meta.url),
  'Chat SDK + airalo-sdk': new URL('./contenders/chat-airalo-sdk.ts', import.meta.url),
  'Bolt, a constant': new URL('./contenders/floor.ts', import.meta.url),
};
/** One of the simulator's demo eSIMs, which no scenario asks about. */
const WARM_UP_ESIM = '8910000000001000035';
const WARM_UP_ROUNDS = 20;
const SIDE_BY_SIDE = 10;
const PATIENCE_MS = 60_000;

/** Of all corners: Slack gives no two questions the same id, and several processes share what they have seen. */
let commandsSent = 0;

/** A command that was sent: where its response URL leads, and how long Slack waited for the 200. */
export interface Asked {
  readonly iccid: string;
  readonly responseId: string;
  readonly ackMs: number;
}

/** One process of a contender, with an imitated Slack of its own in the bench's process. */
export interface Corner {
  readonly slack: SlackStandIn;
  ask(iccid: string): Promise<Asked>;
  /** The answers to what was asked since the warm-up, as the person sees them now. */
  shown(): ShownAnswer[];
  /** Waits until `count` commands show something that is no placeholder; what is missing after a minute never came. */
  answered(count: number): Promise<void>;
  warmUp(): Promise<void>;
  use(): Promise<ProcessUse>;
  turn(ms: number): Promise<unknown>;
  kill(): Promise<void>;
  restart(): Promise<void>;
  close(): Promise<void>;
}

export async function openCorner(
  contender: Contender,
  env: Readonly<Record<string, string>>,
  logFile: string,
): Promise<Corner> {
  const slack = await startSlack('http', systemClock);
  const { workspace } = slack;
  const start = async () => {
    const fresh = await startContender(SCRIPTS[contender], { ...env, ...slack.env }, logFile);
    slack.botUrl = `http://127.0.0.1:${fresh.port}`;
    return fresh;
  };
  let running = await start();
  let warmUpPosts = 0;

  async function ask(iccid: string): Promise<Asked> {
    const push = command(slack, iccid, { id: `bench-${++commandsSent}` });
    const responseId = String(Object(push.payload).response_url).split('/').at(-1) ?? '';
    const sentAt = performance.now();
    const status = await slack.push(push);
    const ackMs = performance.now() - sentAt;
    if (status !== 200) throw new Error(`${contender} acknowledged with ${status}`);
    return { iccid, responseId, ackMs };
  }
  const shown = () => shownIn(workspace.posts.slice(warmUpPosts));
  async function answered(count: number): Promise<void> {
    const there = () =>
      workspace.posts.length >= warmUpPosts + count &&
      shown().filter(({ text }) => !isPlaceholder(text)).length >= count;
    await until('the answers', there, PATIENCE_MS).catch(() => undefined);
  }
  /** The first alone, so that the others of a contender with a cache meet it filled. */
  async function warmUp(): Promise<void> {
    await ask(WARM_UP_ESIM);
    await answered(1);
    for (let round = 0; round < WARM_UP_ROUNDS; round++)
      await Promise.all(Array.from({ length: SIDE_BY_SIDE }, () => ask(WARM_UP_ESIM)));
    await answered(1 + WARM_UP_ROUNDS * SIDE_BY_SIDE);
    warmUpPosts = workspace.posts.length;
  }
  return {
    slack,
    ask,
    shown,
    answered,
    warmUp,
    use: () => running.tell('use'),
    turn: (ms) => running.tell('turn', ms),
    kill: () => running.kill(),
    async restart() {
      await running.kill();
      running = await start();
    },
    async close() {
      await running.kill();
      await slack.close();
    },
  };
}
