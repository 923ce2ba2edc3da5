import { afterEach, describe, expect, it } from 'vitest';
import { startBot } from '../../support/bot.ts';
import { startDiscord } from '../../support/discord/discord.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { until } from '../../support/until.ts';
import { ACTIVE, type DiscordBot, startDiscordBot, USED_UP, WINDOW_MS } from './discord-bot.ts';

let it_: DiscordBot | undefined;
afterEach(async () => {
  await it_?.close();
  it_ = undefined;
});

describe('the connection to Discord', () => {
  it.each([
    [4004, /DISCORD_TOKEN/],
    [4014, /intent/],
  ])('closed with %i ends the bot with the remedy', async (code, remedy) => {
    it_ = await startDiscordBot();
    it_.discord.gateway.closeAll(code);
    const [failure] = await it_.soon(
      'the failure',
      () => (it_?.bot.failures.length ?? 0) > 0 && it_?.bot.failures,
    );
    expect(failure?.remedy).toMatch(remedy);
    expect(it_.bot.app.platforms[0]?.health().ready).toBe(false);
  });

  it('closed with 4000 comes back by itself, and the promised answer still comes', async () => {
    it_ = await startDiscordBot();
    const { discord, anna, channel } = it_;
    discord.people.usage({ by: anna, in: channel, iccid: USED_UP });
    await it_.shows(/I’ll post it here/);
    discord.gateway.closeAll(4000);
    await it_.soon('it is lost', () => it_?.bot.log.lines('was lost').length === 1);
    await it_.soon('it is back', () => it_?.bot.app.platforms[0]?.health().ready === true);
    await it_.pass(WINDOW_MS);
    await it_.shows(/GB left of 3\sGB/, discord.people.directMessages(anna));
    discord.people.usage({ by: anna, in: channel, iccid: ACTIVE });
    await it_.shows(/GB left of 5\sGB/);
  });

  it('refused at the start says so with the remedy, and nothing stays open', async () => {
    const clock = new ManualClock();
    const discord = await startDiscord(clock);
    const env = { DISCORD_TOKEN: `${discord.token}-wrong`, DISCORD_API_URL: discord.apiUrl };
    const bot = await startBot({ clock, env, start: false });
    await expect(bot.app.start()).rejects.toMatchObject({ remedy: expect.stringContaining('DISCORD_TOKEN') });
    await bot.stop();
    await discord.close();
  });
});

describe('two bots on one token and one store', () => {
  it('answer each command once', async () => {
    it_ = await startDiscordBot();
    const { discord, anna, channel } = it_;
    const env = { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl };
    const second = await startBot({ clock: it_.clock, world: it_.bot.world, env });
    try {
      const iccids = it_.bot.simulator.addEsims(10);
      for (const iccid of iccids) discord.people.usage({ by: anna, in: channel, iccid });
      await it_.answers(channel, 10);
      await it_.pass(1);
      expect(discord.calls('callback')).toHaveLength(10);
      expect(discord.fromBot(channel)).toHaveLength(10);
    } finally {
      await second.stop({ keep: true });
    }
  });
});

describe('a burst', () => {
  it('of 500 commands about 50 eSIMs is acknowledged and answered whole, and costs 50 calls', async () => {
    it_ = await startDiscordBot();
    const { discord, anna, channel } = it_;
    const iccids = it_.bot.simulator.addEsims(50);
    for (let index = 0; index < 500; index++)
      discord.people.usage({ by: anna, in: channel, iccid: iccids[index % 50] ?? '' });
    // On a clock that stands still: three seconds for an acknowledgement are not to be stretched or shortened here.
    const answered = () => discord.fromBot(channel).filter(({ loading }) => !loading).length === 500;
    await until('500 answers', answered);
    expect(it_.bot.simulator.calls).toHaveLength(50);
    expect(it_.bot.simulator.refusals).toBe(0);
    expect(discord.world.violations).toEqual([]);
  });
});
