import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { createWorld, endWorld, envOf, type World } from '../support/bot.ts';
import { type BotProcess, startBotProcess } from '../support/bot-processes.ts';
import { HAS_REDIS, type RedisServer, startRedis } from '../support/redis-server.ts';
import { command, directMessage } from '../support/slack/people.ts';
import { type SlackStandIn, startSlack } from '../support/slack/slack.ts';
import { lastForm } from '../support/slack/workspace.ts';
import { untilElsewhere } from '../support/until.ts';

const QUESTIONS = 20;
const READ = /500\sMB left of 1\sGB/;
let world: World;
let slack: SlackStandIn;
const running: BotProcess[] = [];

describe('a bot killed while twenty questions stand in line', () => {
  beforeEach(async () => {
    world = await createWorld(systemClock, { windowMs: 5_000 });
    slack = await startSlack('socket', systemClock);
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((one) => one.kill()));
    await slack.close();
    await endWorld(world);
  });

  const env = () => ({
    ...envOf(world),
    ...slack.env,
    AIRALO_USAGE_WINDOW_SECONDS: '5',
    // Four calls a second, as in production: most of the questions wait for their turn.
    PACE_MS: '250',
  });
  async function start(more: Readonly<Record<string, string>> = {}): Promise<BotProcess> {
    const before = slack.socketsOpened;
    const one = await startBotProcess({ ...env(), ...more });
    running.push(one);
    await untilElsewhere('its socket', () => slack.socketsOpened > before);
    return one;
  }
  const posts = () => ['CSUPPORT', 'DANNA'].flatMap((channel) => slack.workspace.seenBy('UANNA', channel));
  const texts = () => posts().map((post) => lastForm(post).text);
  const answersTo = (iccid: string) => texts().filter((text) => text.includes(iccid) && READ.test(text));

  /** Half as commands, half as direct messages. */
  async function askAll(iccids: readonly string[]): Promise<void> {
    await Promise.all(
      iccids.map((iccid, index) =>
        slack.push(index % 2 === 0 ? command(slack, iccid) : directMessage(slack, iccid)),
      ),
    );
  }

  async function allAnsweredOnce(iccids: readonly string[]): Promise<void> {
    await untilElsewhere('every answer', () => iccids.every((iccid) => answersTo(iccid).length > 0));
    for (const iccid of iccids) expect(answersTo(iccid)).toHaveLength(1);
    expect(texts().filter((text) => /Checking|One moment/.test(text))).toEqual([]);
  }

  it('answers each of them once after its restart', async () => {
    const bot = await start();
    const iccids = world.simulator.addEsims(QUESTIONS);
    await askAll(iccids);
    await untilElsewhere('some are read', () => world.simulator.calls.length >= 4);
    await bot.kill();
    await untilElsewhere('its socket is gone', () => slack.sockets.size === 0);
    expect(iccids.filter((iccid) => answersTo(iccid).length > 0).length).toBeLessThan(QUESTIONS);
    await start();
    await allAnsweredOnce(iccids);
  }, 120_000);

  it.skipIf(!HAS_REDIS)(
    'leaves them to the other instance on its Redis (needs redis-server)',
    async () => {
      const redis: RedisServer = await startRedis();
      try {
        const bot = await start({ STORE_URL: redis.url });
        const iccids = world.simulator.addEsims(QUESTIONS);
        await askAll(iccids);
        await untilElsewhere('some are read', () => world.simulator.calls.length >= 4);
        await start({ STORE_URL: redis.url });
        await bot.kill();
        await allAnsweredOnce(iccids);
      } finally {
        await Promise.all(running.splice(0).map((one) => one.kill()));
        await redis.stop();
      }
    },
    120_000,
  );
});
