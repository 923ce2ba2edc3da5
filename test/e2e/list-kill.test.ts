import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { createWorld, endWorld, envOf, type World } from '../support/bot.ts';
import { type BotProcess, startBotProcess } from '../support/bot-processes.ts';
import { listOf, rowsOf } from '../support/lists.ts';
import { HAS_REDIS, type RedisServer, startRedis } from '../support/redis-server.ts';
import { filesInDirectMessage } from '../support/slack/people.ts';
import { type SlackStandIn, startSlack } from '../support/slack/slack.ts';
import { lastForm } from '../support/slack/workspace.ts';
import { untilElsewhere } from '../support/until.ts';

/** As many as a process reads side by side: so many calls can be under way when it dies. */
const LANES = 4;

let world: World;
let slack: SlackStandIn;
let bots: BotProcess[] = [];
let redis: RedisServer | undefined;
afterEach(async () => {
  for (const bot of bots) await bot.kill();
  bots = [];
  await slack.close();
  await endWorld(world);
  await redis?.stop();
  redis = undefined;
});

const posts = () => slack.workspace.seenBy('UANNA', 'DANNA');
const answers = () =>
  posts().flatMap(({ fileIds }) => (fileIds ?? []).flatMap((id) => slack.workspace.files.get(id) ?? []));
const finished = () => posts().some((post) => /is done: \d+ rows/.test(lastForm(post).text) && !post.fileIds);

async function begin(count: number): Promise<string[]> {
  world = await createWorld(systemClock, { windowMs: 5_000 });
  slack = await startSlack('socket', systemClock);
  await start();
  const iccids = world.simulator.addEsims(count);
  await slack.push(filesInDirectMessage(slack, [{ name: 'all.csv', bytes: listOf(iccids) }]));
  return iccids;
}

async function start(): Promise<void> {
  const store = redis ? { STORE_URL: redis.url } : {};
  const pace = { AIRALO_USAGE_WINDOW_SECONDS: '5', PACE_MS: '50' };
  const env = { ...envOf(world), ...slack.env, ...pace, ...store };
  const before = slack.socketsOpened;
  bots.push(await startBotProcess(env));
  await untilElsewhere('the socket', () => slack.socketsOpened > before);
}

describe('a process killed in the middle of a list', () => {
  const engines = HAS_REDIS ? (['SQLite', 'Redis'] as const) : (['SQLite'] as const);
  it.each(engines)(
    'loses nothing on %s: another goes on, every row is there, one file comes',
    async (engine) => {
      if (engine === 'Redis') redis = await startRedis();
      const iccids = await begin(80);
      await start();
      await untilElsewhere('a third is read', () => world.simulator.calls.length > 25);
      for (const bot of bots) await bot.kill();
      const before = world.simulator.calls.length;
      expect(before).toBeLessThan(80);
      await start();
      await untilElsewhere('the end', finished);
      const rows = rowsOf(answers()[0]?.bytes);
      expect(rows.map(({ iccid }) => iccid)).toEqual(iccids);
      expect(rows.filter(({ status }) => status !== '')).toHaveLength(80);
      expect(answers()).toHaveLength(1);
      // Only what was on its way to Airalo at that moment may be asked for a second time.
      expect(world.simulator.calls.length).toBeLessThanOrEqual(80 + 2 * LANES);
      expect(world.simulator.refusals).toBeLessThanOrEqual(LANES);
    },
  );

  it('in the moment of sending, the file is found and not sent again', async () => {
    await begin(5);
    slack.workspace.fail('files.completeUploadExternal', { lostAnswer: true });
    await untilElsewhere('the file', () => answers().length > 0);
    for (const bot of bots) await bot.kill();
    await start();
    await untilElsewhere('the end', finished);
    expect(answers()).toHaveLength(1);
  });
});
