import { afterEach, beforeEach, expect, it } from 'vitest';
import { ACTIVE, type DiscordBot, startDiscordBot, textOf } from './discord-bot.ts';

const CARD = /1\.3\sGB left of 5\sGB/;
let it_: DiscordBot;
beforeEach(async () => {
  it_ = await startDiscordBot();
});
afterEach(() => it_.close());

it('a question is not answered before one beside it is acknowledged, or a quarter of a second has passed', async () => {
  const { discord, clock, anna, channel } = it_;
  const [other = ''] = it_.bot.simulator.addEsims(1);
  discord.failNext('callback', { kind: 'hang' });
  discord.people.usage({ by: anna, in: channel, iccid: other });
  await it_.soon('the first is being acknowledged', () => discord.calls('callback').length === 1);
  discord.people.usage({ by: anna, in: channel, iccid: ACTIVE });
  await it_.soon('the second is acknowledged', () => discord.calls('callback').length === 2);
  const acknowledgedAt = clock.now();
  await it_.soon('the card of the second', () =>
    discord.fromBot(channel).some((message) => CARD.test(textOf(message))),
  );
  const isFirstAcknowledged = discord.calls('callback').length === 3;
  expect(isFirstAcknowledged || clock.now() - acknowledgedAt >= 250).toBe(true);
});
