import { afterEach, beforeEach, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { createWorld, endWorld, envOf, type World } from '../support/bot.ts';
import { type BotProcess, startBotProcess } from '../support/bot-processes.ts';
import { type DiscordStandIn, startDiscord } from '../support/discord/discord.ts';
import { MANAGE_GUILD } from '../support/discord/world.ts';
import { HAS_REDIS, type RedisServer, startRedis } from '../support/redis-server.ts';
import { type SlackStandIn, startSlack } from '../support/slack/slack.ts';
import { untilElsewhere } from '../support/until.ts';

const ENGINES = HAS_REDIS ? ['SQLite', 'Redis'] : ['SQLite'];
let world: World;
let slack: SlackStandIn;
let discord: DiscordStandIn;
let redis: RedisServer | undefined;
const running: BotProcess[] = [];

beforeEach(async () => {
  world = await createWorld(systemClock);
  slack = await startSlack('socket', systemClock);
  discord = await startDiscord(systemClock);
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.kill()));
  await slack.close();
  await discord.close();
  await endWorld(world);
  await redis?.stop();
  redis = undefined;
});

it.each(ENGINES)(
  'two processes on %s whose credentials Airalo refuses tell it once in each alert channel, also after one has died',
  async (engine) => {
    redis = engine === 'Redis' ? await startRedis() : undefined;
    const { people } = discord;
    const owner = people.person('owner');
    const guild = people.guild('Support', owner);
    people.join(guild, owner, [people.role(guild, MANAGE_GUILD)]);
    const channel = people.channel(guild);
    const env = {
      ...envOf(world),
      ...(redis ? { STORE_URL: redis.url } : {}),
      ...slack.env,
      SLACK_ALERT_CHANNEL: 'CSUPPORT',
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      DISCORD_ALERT_CHANNEL: channel.id,
      AIRALO_CLIENT_SECRET: 'copied-wrong',
      LOG_LEVEL: 'silent',
    };
    const [iccid = ''] = world.simulator.addEsims(1);
    const ask = async (bot: BotProcess, key: string) => {
      bot.ask(key, iccid);
      await untilElsewhere('it is refused', () => bot.answers.some((answer) => answer.key === key));
      expect(bot.answers.at(-1)?.kind).toBe('refused');
    };
    const told = () => [
      ...slack.workspace.publicIn('CSUPPORT').map(({ forms }) => JSON.stringify(forms)),
      ...discord.fromBot(channel).map(({ body }) => JSON.stringify(body)),
    ];
    const start = async () => {
      const one = await startBotProcess(env);
      running.push(one);
      return one;
    };

    const [first, second] = await Promise.all([start(), start()]);
    await Promise.all([ask(first, 'terminal:a'), ask(second, 'terminal:b')]);
    await untilElsewhere('both channels are told', () => told().length >= 2);
    await first.kill();
    await ask(await start(), 'terminal:c');

    expect(told()).toHaveLength(2);
    for (const notice of told()) expect(notice).toContain('AIRALO_CLIENT_');
  },
);
