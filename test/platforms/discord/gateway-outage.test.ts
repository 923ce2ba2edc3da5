import { afterEach, describe, expect, it } from 'vitest';
import { startBot } from '../../support/bot.ts';
import { startDiscord } from '../../support/discord/discord.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { until } from '../../support/until.ts';
import { ACTIVE, type DiscordBot, startDiscordBot } from './discord-bot.ts';

let it_: DiscordBot | undefined;
afterEach(async () => {
  if (it_) {
    it_.discord.away(false);
    it_.discord.gateway.upgrades = 'opened';
  }
  await it_?.close();
  it_ = undefined;
});

async function connected(): Promise<DiscordBot> {
  it_ = await startDiscordBot();
  return it_;
}

const health = ({ bot }: DiscordBot) => bot.app.platforms[0]?.health();

/** Connected again within fifteen seconds of `since`, and a question is answered. */
async function isBack(bot: DiscordBot, since: number): Promise<void> {
  await bot.soon('it is back', () => health(bot)?.ready === true);
  expect(bot.clock.now() - since).toBeLessThanOrEqual(15_000);
  bot.discord.people.usage({ by: bot.anna, in: bot.channel, iccid: ACTIVE });
  await bot.shows(/GB left of 5\sGB/);
}

describe('an outage of Discord', () => {
  it('of forty seconds ends nothing: the tries are spaced, and the bot is back within fifteen seconds of its end', async () => {
    const bot = await connected();
    bot.discord.away(true);
    await bot.soon('the loss is seen', () => health(bot)?.ready === false);
    const lostAt = bot.clock.now();
    await bot.soon('forty seconds have passed', () => bot.clock.now() - lostAt > 40_000);
    expect(bot.bot.failures).toEqual([]);
    expect(health(bot)).toMatchObject({ ready: false, stalled: false });
    const { identified } = bot.discord.gateway.counts;
    expect(identified).toBe(1);
    bot.discord.away(false);
    await isBack(bot, bot.clock.now());
  });

  it.each(['unanswered', 'silent', 'reset'] as const)(
    'in which connections are %s ends with the next try',
    async (how) => {
      const bot = await connected();
      bot.discord.gateway.upgrades = how;
      bot.discord.gateway.cutAll();
      await bot.soon('the loss is seen', () => health(bot)?.ready === false);
      const lostAt = bot.clock.now();
      await bot.soon('half a minute has passed', () => bot.clock.now() - lostAt > 30_000);
      bot.discord.gateway.upgrades = 'opened';
      await isBack(bot, bot.clock.now());
      expect(bot.bot.failures).toEqual([]);
    },
  );

  it('at the start is waited for', async () => {
    const clock = new ManualClock();
    const discord = await startDiscord(clock);
    const env = { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl };
    discord.failNext('gateway', { kind: 'status', status: 503 }, 2);
    const bot = await startBot({ clock, env, start: false });
    const starting = bot.app.start();
    await until('it waits', () => bot.log.lines('Discord cannot be reached').length > 0);
    await clock.during(starting);
    expect(bot.app.platforms[0]?.health().ready).toBe(true);
    await clock.during(bot.stop());
    expect(bot.log.text()).not.toMatch(/was lost/);
    await discord.close();
  });
});

describe('a bot that is stopped while it connects', () => {
  it('connects to nobody afterwards', async () => {
    const clock = new ManualClock();
    const discord = await startDiscord(clock);
    const env = { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl };
    const bot = await startBot({ clock, env, start: false });
    const starting = bot.app.start();
    await clock.during(bot.stop({ keep: true }));
    await starting;
    await clock.during(new Promise((resolve) => setImmediate(resolve)));
    expect(discord.gateway.connected()).toBe(0);
    await bot.stop();
    await discord.close();
  });
});
