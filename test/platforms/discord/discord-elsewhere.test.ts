import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ACTIVE, type DiscordBot, startDiscordBot, textOf, USED_UP, WINDOW_MS } from './discord-bot.ts';

describe('where the bot is no member, installed by a person', () => {
  let it_: DiscordBot;
  const people = () => it_.discord.people;

  beforeEach(async () => {
    it_ = await startDiscordBot(({ anna }) => ({ DISCORD_ALLOWED_USERS: anna.id }));
  });
  afterEach(async () => {
    expect(it_.discord.world.violations).toEqual([]);
    await it_.close();
  });

  it('the card is seen by the asker only, and cannot be shared there', async () => {
    const group = people().privateChannel();
    people().usage({ by: it_.anna, in: group, iccid: ACTIVE, userInstall: true });
    const card = await it_.shows(/GB left of 5\sGB/, group);
    expect(card.onlyFor).toBe(it_.anna.id);
    expect(textOf(card)).not.toContain('Share');
  });

  it('a promised answer comes by direct message once the token has died', async () => {
    const group = people().privateChannel();
    people().usage({ by: it_.anna, in: group, iccid: USED_UP, userInstall: true });
    await it_.shows(/I’ll post it here/, group);
    await it_.pass(WINDOW_MS);
    await it_.shows(/GB left of 3\sGB/, people().directMessages(it_.anna));
    expect(it_.discord.fromBot(group)).toHaveLength(1);
  });

  it('somebody who is not named is refused', async () => {
    const group = people().privateChannel();
    people().usage({ by: it_.ben, in: group, iccid: ACTIVE, userInstall: true });
    const refusal = await it_.shows(/not allowed|may not|needs|cannot|ask/i, group);
    expect(refusal.onlyFor).toBe(it_.ben.id);
    expect(it_.bot.simulator.calls).toHaveLength(0);
  });
});
