import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { type Board, startBoard } from '../support/board.ts';
import { createWorld, endWorld, envOf, type World } from '../support/bot.ts';
import { type BotProcess, startBotProcess } from '../support/bot-processes.ts';
import { HAS_REDIS, type RedisServer, startRedis } from '../support/redis-server.ts';
import { untilElsewhere } from '../support/until.ts';

const ENGINES = HAS_REDIS ? ['SQLite', 'Redis'] : ['SQLite'];
let world: World;
let board: Board;
let redis: RedisServer | undefined;
const running: BotProcess[] = [];

/** On the file of the world, or on Redis where there is one. */
async function start(env: Record<string, string> = {}): Promise<BotProcess> {
  const storeUrl = redis === undefined ? {} : { STORE_URL: redis.url };
  const bot = await startBotProcess({ ...envOf(world), ...storeUrl, ...env });
  running.push(bot);
  return bot;
}

describe.each(ENGINES)('on %s', (engine) => {
  beforeEach(async () => {
    board = await startBoard();
    redis = engine === 'Redis' ? await startRedis() : undefined;
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((bot) => bot.kill()));
    await board.close();
    await endWorld(world);
    await redis?.stop();
  });

  describe('several processes on one store', () => {
    it('cause one call per eSIM, and no refusal, for 400 questions about 20 eSIMs', async () => {
      world = await createWorld(systemClock);
      const iccids = world.simulator.addEsims(20);
      const bots = await Promise.all([start(), start(), start(), start()]);
      for (const [number, bot] of bots.entries())
        for (let index = 0; index < 100; index++)
          bot.ask(`q${number}-${index}`, iccids[(index + number * 5) % iccids.length] ?? '');
      const answers = () => bots.flatMap((bot) => bot.answers);
      await untilElsewhere('400 answers', () => answers().length === 400);
      expect(world.simulator.calls).toHaveLength(20);
      expect(world.simulator.refusals).toBe(0);
      expect(answers().filter((answer) => !['fresh', 'cached'].includes(answer.kind))).toEqual([]);
    });
  });

  describe('a process killed at random moments', () => {
    it('loses none of 200 promised answers, and shows each once', async () => {
      world = await createWorld(systemClock, { windowMs: 10_000 });
      const iccids = world.simulator.addEsims(50);
      const keys = Array.from({ length: 200 }, (_, index) => `terminal:m${index}`);
      const env = { BOARD_URL: board.url, AIRALO_USAGE_WINDOW_SECONDS: '10' };

      let bot = await start(env);
      // Another system of the company has used up the window of each eSIM: the bot's first call will be refused.
      for (const iccid of iccids) world.simulator.useUpWindow(iccid);
      for (const [index, key] of keys.entries()) bot.ask(key, iccids[index % iccids.length] ?? '');
      await untilElsewhere('200 promises', () => bot.answers.length === 200);
      const promised = bot.answers.filter((answer) => answer.promised).map((answer) => answer.key);
      expect(promised).toHaveLength(200);

      // Dies when some, and never the same number, of the answers have arrived.
      for (let deaths = 0; deaths < 5 && board.shown.size < keys.length; deaths++) {
        const enough = board.shown.size + 1 + Math.floor(Math.random() * 40);
        await untilElsewhere('some answers', () => board.shown.size >= Math.min(enough, keys.length));
        await bot.kill();
        bot = await start(env);
      }
      await untilElsewhere('every promised answer', () => promised.every((key) => board.shown.has(key)));
      // An edit repeated after a crash shows the same message: one message for each question, with a reading.
      expect(board.shown.size).toBe(200);
      for (const texts of board.shown.values()) expect(new Set(texts)).toEqual(new Set(['fresh']));
    });
  });
});
