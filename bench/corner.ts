import { until } from '../test/support/until.ts';
import type { Asked, Chat } from './chats/chat.ts';
import { openDiscordChat } from './chats/discord.ts';
import { openSlackChat } from './chats/slack.ts';
import { type ProcessUse, startContender } from './contender-process.ts';
import type { Contender } from './contenders/all.ts';
import type { ShownAnswer } from './shown.ts';

/** One of the simulator's demo eSIMs, which no scenario asks about. */
const WARM_UP_ESIM = '8910000000001000035';
const WARM_UP_ROUNDS = 20;
const SIDE_BY_SIDE = 10;
const PATIENCE_MS = 60_000;

/** One process of a contender, with an imitated chat of its own in the bench's process. */
export interface Corner {
  /** By the one person of all scenarios, or by that one of a crowd. */
  ask(iccid: string, asker?: number): Promise<Asked>;
  /** The answers to what was asked since the warm-up, as the person sees them now. */
  shown(): ShownAnswer[];
  answerTo(asked: Asked): ShownAnswer | undefined;
  /** Waits until `count` commands show something that is no placeholder; what is missing after a minute never came. */
  answered(count: number): Promise<void>;
  warmUp(): Promise<void>;
  use(): Promise<ProcessUse>;
  /** From now on `use` says for how long its event loop stood still. */
  watchLoop(): Promise<unknown>;
  turn(ms: number): Promise<unknown>;
  kill(): Promise<void>;
  restart(): Promise<void>;
  close(): Promise<void>;
}

const CHATS: Readonly<Record<Contender['chat'], () => Promise<Chat>>> = {
  Slack: openSlackChat,
  Discord: openDiscordChat,
};

export async function openCorner(
  contender: Contender,
  env: Readonly<Record<string, string>>,
  logFile: string,
): Promise<Corner> {
  const chat = await CHATS[contender.chat]();
  const start = async () => {
    const fresh = await startContender(contender.script, { ...env, ...chat.env }, logFile);
    chat.contenderAt(fresh.port);
    return fresh;
  };
  let running = await start();
  let warmUpAnswers = 0;

  const ask = (iccid: string, asker?: number) => Promise.race([chat.ask(iccid, asker), running.ended]);
  const shown = () => chat.answers().slice(warmUpAnswers);
  async function answered(count: number): Promise<void> {
    const there = () => shown().filter(({ says }) => says).length >= count;
    await until('the answers', there, PATIENCE_MS).catch(() => undefined);
  }
  /** The first alone, so that the others of a contender with a cache meet it filled. */
  async function warmUp(): Promise<void> {
    await ask(WARM_UP_ESIM);
    await answered(1);
    for (let round = 0; round < WARM_UP_ROUNDS; round++)
      await Promise.all(Array.from({ length: SIDE_BY_SIDE }, () => ask(WARM_UP_ESIM)));
    await answered(1 + WARM_UP_ROUNDS * SIDE_BY_SIDE);
    warmUpAnswers = chat.answers().length;
  }
  return {
    ask,
    shown,
    answerTo: chat.answerTo,
    answered,
    warmUp,
    use: () => running.tell('use'),
    watchLoop: () => running.tell('watch'),
    turn: (ms) => running.tell('turn', ms),
    kill: () => running.kill(),
    async restart() {
      await running.kill();
      running = await start();
    },
    async close() {
      await running.kill();
      await chat.close();
    },
  };
}
