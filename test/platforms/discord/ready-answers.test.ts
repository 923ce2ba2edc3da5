import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startBot } from '../../support/bot.ts';
import type { User } from '../../support/discord/world.ts';
import { ACTIVE, type DiscordBot, startDiscordBot, textOf } from './discord-bot.ts';

const CARD = /1\.3\sGB left of 5\sGB/;
let it_: DiscordBot;
let callsBefore = 0;

beforeEach(async () => {
  it_ = await startDiscordBot();
  usage();
  await it_.answers();
  await it_.soon('the question has ended', async () => (await depth()).pending === 0);
  callsBefore = it_.discord.calls().length;
});
afterEach(async () => {
  expect(it_.discord.world.violations).toEqual([]);
  await it_.close();
});

const usage = (by: User = it_.anna) => it_.discord.people.usage({ by, in: it_.channel, iccid: ACTIVE });
const depth = () => it_.bot.app.store.outbox.depth();
const cards = () => it_.discord.fromBot(it_.channel).filter((message) => CARD.test(textOf(message)));
const calls = () =>
  it_.discord
    .calls()
    .slice(callsBefore)
    .map(({ route }) => route);
const callsTo = (route: string) => calls().filter((called) => called === route);
const answeredLines = () => it_.bot.log.lines('Lookup answered');

describe('a current figure on Discord', () => {
  it('comes with the callback, private, in one call, and is noted once', async () => {
    usage();
    await it_.soon('the card', () => cards().length === 2);
    await it_.soon('it is noted', () => answeredLines().length === 2);
    expect(cards()[1]).toMatchObject({ onlyFor: it_.anna.id });
    expect(calls()).toEqual(['callback']);
    // Without the whole card once more, which nobody reads.
    expect(it_.discord.calls('callback').at(-1)).toMatchObject({ status: 204 });
    expect(await depth()).toMatchObject({ pending: 0, active: 0 });
    expect(it_.bot.simulator.calls).toHaveLength(1);
  });

  it('is not given to somebody who may not ask', async () => {
    usage(it_.ben);
    await it_.answers(it_.channel, 2);
    expect(cards()).toHaveLength(1);
  });

  it.each([
    ['is lost', { kind: 'answer-lost' } as const, 1],
    ['is lost twice', { kind: 'answer-lost' } as const, 2],
    ['fails once', { kind: 'status', status: 500 } as const, 1],
  ])('comes once although the answer to the callback %s', async (_what, fault, times) => {
    it_.discord.failNext('callback', fault, times);
    usage();
    await it_.soon('the card', () => cards().length === 2);
    await it_.soon('it is noted', () => answeredLines().length === 2);
    await it_.soon('the question has ended', async () => (await depth()).pending === 0);
    expect(cards()).toHaveLength(2);
  });

  it('comes in the ordinary way where Discord refuses the form of the answer', async () => {
    it_.discord.failNext('callback', { kind: 'code', status: 400, code: 50035 });
    usage();
    await it_.soon('the card', () => cards().length === 2);
    expect(callsTo('callback')).toHaveLength(2);
    expect(callsTo('original')).toHaveLength(1);
  });

  it('is given and noted once where two processes hear of the question', async () => {
    const other = await startBot({
      clock: it_.clock,
      world: it_.bot.world,
      env: { DISCORD_TOKEN: it_.discord.token, DISCORD_API_URL: it_.discord.apiUrl },
    });
    usage();
    await it_.soon('both have tried', () => callsTo('callback').length === 2);
    await it_.soon(
      'it is noted',
      () => answeredLines().length + other.log.lines('Lookup answered').length === 2,
    );
    expect(cards()).toHaveLength(2);
    await it_.clock.during(other.stop({ keep: true }));
    expect(answeredLines().length + other.log.lines('Lookup answered').length).toBe(2);
  });
});
