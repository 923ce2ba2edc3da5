import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { toIccid } from '../support/arbitraries.ts';
import { type BotUnderTest, createWorld, endWorld, envOf, startBot, type World } from '../support/bot.ts';
import { type BotProcess, startBotProcess } from '../support/bot-processes.ts';
import { HAS_REDIS, type RedisServer, startRedis } from '../support/redis-server.ts';
import { command } from '../support/slack/people.ts';
import { type SlackStandIn, startSlack } from '../support/slack/slack.ts';
import { lastForm } from '../support/slack/workspace.ts';
import { untilElsewhere } from '../support/until.ts';

const WINDOW_SECONDS = 6;
let world: World;
let redis: RedisServer;
let slack: SlackStandIn;
let bot: BotUnderTest | undefined;
const running: BotProcess[] = [];

describe.skipIf(!HAS_REDIS)('instances of the bot on one Redis', () => {
  beforeEach(async () => {
    world = await createWorld(systemClock, { windowMs: WINDOW_SECONDS * 1_000 });
    redis = await startRedis();
    slack = await startSlack('socket', systemClock);
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((one) => one.kill()));
    await bot?.stop({ keep: true });
    bot = undefined;
    await slack.close();
    await endWorld(world);
    await redis.stop();
  });

  const env = () => ({
    ...envOf(world),
    ...slack.env,
    STORE_URL: redis.url,
    AIRALO_USAGE_WINDOW_SECONDS: String(WINDOW_SECONDS),
  });
  async function start(): Promise<BotProcess> {
    const before = slack.socketsOpened;
    const one = await startBotProcess(env());
    running.push(one);
    await untilElsewhere('its socket', () => slack.socketsOpened > before);
    return one;
  }
  /** Also those that have become an answer since. */
  const promises = () =>
    slack.workspace
      .seenBy('UANNA', 'CSUPPORT')
      .filter(({ forms }) => forms.some(({ text }) => /I’ll post it here/.test(text)));
  const texts = () => slack.workspace.seenBy('UANNA', 'CSUPPORT').map((post) => lastForm(post).text);

  it('answer an event that reaches two of them once, with one call', async () => {
    await start();
    await start();
    const iccids = world.simulator.addEsims(10);
    await Promise.all(
      iccids.map((iccid) => {
        const twice = command(slack, iccid, { id: `same-${iccid}` });
        return Promise.all([slack.push(twice), slack.push(twice)]);
      }),
    );
    await untilElsewhere(
      'ten answers',
      () => texts().filter((text) => /500\sMB left of 1\sGB/.test(text)).length === 10,
    );
    expect(texts()).toHaveLength(10);
    expect(world.simulator.calls).toHaveLength(10);
  });

  it('keep every promise over a rolling restart, once', async () => {
    const first = await start();
    const iccids = world.simulator.addEsims(20);
    for (const iccid of iccids) world.simulator.useUpWindow(iccid);
    await Promise.all(iccids.map((iccid) => slack.push(command(slack, iccid))));
    await untilElsewhere('the promises', () => promises().length === 20);
    const second = await start();
    await first.stop();
    await start();
    await second.stop();
    await untilElsewhere(
      'the answers',
      () => texts().filter((text) => /500\sMB left of 1\sGB/.test(text)).length === 20,
    );
    expect(texts()).toHaveLength(20);
    expect(world.simulator.calls.filter(({ status }) => status === 200)).toHaveLength(20);
  });

  it('go on without Redis: a lookup is answered, no promise is made, and all is well when it is back', async () => {
    bot = await startBot({ clock: systemClock, world, env: { STORE_URL: redis.url } });
    const [fresh = '', used = ''] = world.simulator.addEsims(2);
    world.simulator.useUpWindow(used);
    const { usageService, store } = bot.app;
    await redis.crash();
    const ask = (iccid: string, messageKey: string) => {
      const address = { platform: 'terminal', asker: 'terminal:anna', messageKey, routes: null } as const;
      return usageService.lookup({ iccid: toIccid(iccid), address, requestId: messageKey, place: 'test' });
    };
    expect(await ask(fresh, 'terminal:a')).toMatchObject({ kind: 'fresh' });
    expect(await ask(fresh, 'terminal:a')).toMatchObject({ kind: 'cached' });
    expect(await ask(used, 'terminal:b')).toMatchObject({
      kind: 'deferred',
      promise: { kind: 'none', why: 'not-durable' },
    });
    expect(world.simulator.calls).toHaveLength(2);
    await redis.start();
    await untilElsewhere('Redis is back', async () => (await store.health()).ok);
    const again = await untilElsewhere('a promise', async () => {
      const reply = await ask(used, 'terminal:c');
      return reply.kind === 'deferred' && reply.promise.kind === 'queued' && reply;
    });
    expect(again).toMatchObject({ promise: { kind: 'queued' } });
    expect(world.simulator.calls).toHaveLength(2);
    // Leaving works without Redis, too.
    await redis.crash();
    await bot.stop({ keep: true });
  });
});
