import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StoredMessage } from '../../support/discord/world.ts';
import { ACTIVE, type DiscordBot, startDiscordBot, textOf, USED_UP, WINDOW_MS } from './discord-bot.ts';

let it_: DiscordBot;
beforeEach(async () => {
  it_ = await startDiscordBot();
});
afterEach(async () => {
  expect(it_.discord.world.violations).toEqual([]);
  await it_.close();
});

const usage = (text: string, by = it_.anna) => it_.discord.people.usage({ by, in: it_.channel, iccid: text });
const press = (message: StoredMessage, label: string) =>
  it_.discord.people.press({ by: it_.anna, in: it_.channel }, message, label);
const newest = () =>
  it_.discord.fromBot(it_.channel).findLast(({ onlyFor, loading }) => onlyFor === it_.anna.id && !loading);
const answered = (words: RegExp) =>
  it_.soon(`${words}`, () => {
    const message = newest();
    return message && words.test(textOf(message)) && message;
  });
const calls = () => it_.bot.simulator.calls.length;

describe('what a person works with, in Discord', () => {
  it('is one private list: recents with figure and age, answers on their way, watches', async () => {
    usage(ACTIVE);
    await answered(/1\.3\sGB left of 5\sGB/);
    usage(`name ${ACTIVE} anna-trip`);
    await answered(/now called/);
    usage(USED_UP);
    await answered(/I’ll post it here/);
    usage(`watch ${ACTIVE} 10`);
    await answered(/I’ll notify you when this eSIM has 10%/);
    await it_.soon('it is noted', async () => (await it_.bot.app.store.outbox.depth()).active === 0);
    const before = calls();

    usage('recent');
    const list = await answered(/Your latest checks/);
    expect(list.onlyFor).toBe(it_.anna.id);
    const said = textOf(list);
    expect(said).toMatch(/🟢 anna.{1,3}trip · 1\.3\sGB left of 5\sGB \(26%\) · Checked <t:\d+:R>/);
    expect(said).toMatch(/1 answer on its way[\s\S]*eSIM\u00a0…0092/);
    expect(said).toMatch(
      /You watch 1 eSIM[\s\S]*• anna.{1,3}trip · 10% or less of its data left · next check/,
    );
    expect(said).not.toContain(ACTIVE);
    expect(calls()).toBe(before);

    press(list, 'Cancel');
    await answered(/cancelled\. No answer will come/);
    press(list, 'Stop');
    await answered(/Stopped\./);
    press(list, 'anna-trip');
    expect(textOf(await answered(/1\.3\sGB left of 5\sGB/))).toContain(ACTIVE);
    await it_.pass(WINDOW_MS);
    usage('recent');
    const after = textOf(await answered(/Your latest checks/));
    expect(after).not.toMatch(/on its way|on their way|You watch/);
  });

  it('says so while there is nothing, and is nobody else’s', async () => {
    usage('recent');
    await answered(/You haven’t checked an eSIM yet/);
    usage(`recent ${ACTIVE}`);
    await answered(/1\.3\sGB left of 5\sGB/);
  });
});
