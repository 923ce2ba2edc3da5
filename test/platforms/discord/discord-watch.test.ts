import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EMBED_LINKS, type StoredMessage } from '../../support/discord/world.ts';
import { ACTIVE, type DiscordBot, startDiscordBot, textOf, WINDOW_MS } from './discord-bot.ts';

let it_: DiscordBot;
beforeEach(async () => {
  it_ = await startDiscordBot();
});
afterEach(async () => {
  expect(it_.discord.world.violations).toEqual([]);
  await it_.close();
});

const usage = (text: string, by = it_.anna) => it_.discord.people.usage({ by, in: it_.channel, iccid: text });
const directMessages = () => it_.discord.people.directMessages(it_.anna);
const press = (message: StoredMessage, label: string, by = it_.anna) =>
  it_.discord.people.press({ by, in: it_.channel }, message, label);
/** What everybody in the channel sees of the bot. */
const inPublic = (): StoredMessage[] =>
  it_.discord.fromBot(it_.channel).filter(({ onlyFor }) => onlyFor === undefined);
const told = (): StoredMessage[] => inPublic().filter((message) => /This eSIM has 25%/.test(textOf(message)));
const newestFor = (userId: string): StoredMessage | undefined =>
  it_.discord.fromBot(it_.channel).findLast(({ onlyFor, loading }) => onlyFor === userId && !loading);

/** The first look has been taken, and the next one stands in the outbox. */
const looked = () =>
  it_.soon('the first look', async () => {
    const { active, pending, oldestDueMs } = await it_.bot.app.store.outbox.depth();
    return it_.bot.simulator.calls.length > 0 && active === 0 && pending === 1 && oldestDueMs === 0;
  });
const nothingQueued = () =>
  it_.soon('nothing is left', async () => {
    const { pending, active } = await it_.bot.app.store.outbox.depth();
    return pending + active === 0;
  });
const answered = (words: RegExp) =>
  it_.soon(`${words}`, () => {
    const newest = newestFor(it_.anna.id);
    return newest && words.test(textOf(newest)) && newest;
  });

async function setHere(): Promise<void> {
  usage(`watch ${ACTIVE} 25 channel`);
  await answered(/I’ll notify .* when this eSIM has 25%/);
  await looked();
}

describe('a private watch in Discord', () => {
  it('is set by two presses and tells in the direct message, once, with working buttons', async () => {
    usage(ACTIVE);
    press(await answered(/1\.3\sGB left of 5\sGB/), 'Watch');
    press(await answered(/When should I notify you/), 'At 25% left');
    await answered(/I’ll notify you when this eSIM has 25%/);
    await looked();
    await it_.pass(2 * WINDOW_MS);
    const card = await it_.shows(/You asked to be notified/, directMessages());
    await it_.pass(WINDOW_MS);
    expect(it_.discord.fromBot(directMessages())).toHaveLength(1);
    it_.discord.people.press({ by: it_.anna, in: directMessages() }, card, 'Refresh');
    await it_.shows(/GB left of 5\sGB/, directMessages());
    expect(inPublic()).toEqual([]);
  });

  it('is also chosen in the command itself', async () => {
    it_.discord.people.usage({ by: it_.anna, in: it_.channel, iccid: ACTIVE, show: 'watch' });
    press(await answered(/When should I notify you/), '3 days before it ends');
    await answered(/I’ll notify you when this eSIM has 3 days or less until it ends/);
  });

  it('whose owner takes no direct messages is a line in the channel with a button that works', async () => {
    usage(`watch ${ACTIVE} 25`);
    await answered(/I’ll notify you/);
    await looked();
    it_.anna.directMessages = 'closed';
    await it_.pass(2 * WINDOW_MS);
    const line = await it_.soon('the line', () => inPublic()[0]);
    expect(textOf(line)).not.toContain('0019');
    press(line, 'Show');
    const card = await answered(/GB left of 5\sGB/);
    expect(textOf(card)).toContain(ACTIVE);
    expect(inPublic()).toHaveLength(1);
  });
});

describe('a watch for a Discord channel', () => {
  it('is said to the channel when it is set, and told there once, without the number', async () => {
    await setHere();
    expect(inPublic().map(textOf)).toEqual([expect.stringMatching(/asked me to watch eSIM\u00a0…0019/)]);
    await it_.pass(2 * WINDOW_MS);
    await it_.soon('the word', () => told().length > 0);
    await it_.pass(WINDOW_MS);
    expect(told()).toHaveLength(1);
    expect(JSON.stringify(inPublic())).not.toContain(ACTIVE);
    expect(it_.discord.fromBot(directMessages())).toEqual([]);
  });

  it('is set by its button; its card answers whoever may ask, privately', async () => {
    usage(`watch ${ACTIVE}`);
    press(await answered(/When should I notify you/), 'Here: at 25% left');
    await answered(/I’ll notify .* when this eSIM has 25%/);
    await looked();
    await it_.pass(2 * WINDOW_MS);
    const card = await it_.soon('the word', () => told()[0]);
    press(card, 'Show');
    expect(textOf(await answered(/GB left of 5\sGB/))).toContain(ACTIVE);
    // A member without a role may not ask.
    press(card, 'Show', it_.ben);
    const refusal = await it_.soon('a refusal', () => newestFor(it_.ben.id));
    expect(textOf(refusal)).not.toContain('0019');
  });

  it('is not set where the bot may not write, and says how to change that', async () => {
    it_.channel.botPermissions = 0n;
    usage(`watch ${ACTIVE} 25 channel`);
    await answered(/I can’t post in this channel, so nothing was set/);
    await nothingQueued();
  });

  it('is not offered where only the person has installed the app', async () => {
    const elsewhere = it_.discord.people.privateChannel();
    it_.discord.people.usage({ by: it_.anna, in: elsewhere, iccid: `watch ${ACTIVE}`, userInstall: true });
    const menu = await it_.soon('an answer', () =>
      it_.discord.fromBot(elsewhere).find(({ loading }) => !loading),
    );
    expect(textOf(menu)).not.toContain('Here at');
  });

  it('comes to its owner alone when the bot may not write there any more, and says why', async () => {
    await setHere();
    it_.channel.botPermissions &= ~EMBED_LINKS;
    await it_.pass(2 * WINDOW_MS);
    await it_.shows(/I couldn’t post in .*so this comes to you/, directMessages());
    await it_.pass(WINDOW_MS);
    expect(told()).toEqual([]);
    expect(inPublic()).toHaveLength(1);
    expect(it_.discord.fromBot(directMessages())).toHaveLength(1);
  });

  it('is told once though the answer was lost, the process killed and the nonce forgotten', async () => {
    await setHere();
    it_.discord.failNext('message', { kind: 'answer-lost' });
    await it_.pass(2 * WINDOW_MS);
    await it_.soon('the word', () => told().length > 0);
    await it_.restart();
    // Discord remembers a nonce for some minutes only.
    await it_.pass(WINDOW_MS);
    await nothingQueued();
    expect(told()).toHaveLength(1);
    expect(it_.bot.log.text()).toContain('channel (found after a crash)');
  });

  it('waits while Discord is down instead of going elsewhere', async () => {
    await setHere();
    it_.discord.failNext('message', { kind: 'status', status: 503 }, 4);
    await it_.pass(2 * WINDOW_MS);
    await it_.soon('the first try', () => it_.bot.log.text().includes('A watch could not tell yet'));
    it_.discord.mend();
    await it_.pass(60_000);
    await it_.soon('the word', () => told().length > 0);
    expect(it_.discord.fromBot(directMessages())).toEqual([]);
  });

  it('is listed with its channel, and stopped by its button', async () => {
    await setHere();
    usage('watches');
    press(await answered(/You watch 1 eSIM.*25% or less of its data left.*<#/), 'Stop');
    await answered(/Stopped\./);
    await nothingQueued();
  });
});
