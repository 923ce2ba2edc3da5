import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { credit, ESIM, lowData, postWebhook } from '../../support/airalo-webhooks.ts';
import { CREATE_PUBLIC_THREADS, type StoredMessage } from '../../support/discord/world.ts';
import { type DiscordBot, startDiscordBot, textOf } from './discord-bot.ts';

const HOUR_MS = 60 * 60 * 1000;

let it_: DiscordBot;
beforeEach(async () => {
  it_ = await startDiscordBot(({ channel }) => ({ DISCORD_ALERT_CHANNEL: channel.id }), { serveHttp: true });
});
afterEach(() => it_.close());

const alert = (payload: unknown) => postWebhook(it_.bot.httpUrl, payload);
const parents = () => it_.discord.fromBot(it_.channel).filter(({ onlyFor }) => onlyFor === undefined);
const privateTo = (who: { readonly id: string }) =>
  it_.discord.fromBot(it_.channel).filter(({ onlyFor }) => onlyFor === who.id);
const first = (): StoredMessage => {
  const [parent] = parents();
  if (!parent) throw new Error('No alert is there');
  return parent;
};
const thread = () => it_.discord.world.channels.get(first().id)?.messages ?? [];
const shows = (pattern: RegExp) =>
  it_.soon(`a face with ${pattern}`, () => parents().length > 0 && pattern.test(textOf(first())));
const press = (label: string, by = it_.anna) =>
  it_.discord.people.press({ by, in: it_.channel }, first(), label);

describe('the alert channel in Discord', () => {
  it('has one message for each eSIM, with the later warnings in a thread started from it, in their order', async () => {
    for (const [index, level] of ['75%', '3days', '90%', '1days'].entries()) {
      expect(await alert(lowData(level))).toBe(200);
      await it_.soon(level, () => parents().length > 0 && thread().length === index);
    }
    await shows(/ends in 1 day/);
    expect(parents()).toHaveLength(1);
    expect(thread().map(({ body }) => body.content)).toEqual([
      expect.stringMatching(/ends in 3 days/),
      expect.stringMatching(/90% of the data used/),
      expect.stringMatching(/ends in 1 day\./),
    ]);
    await alert(credit(80));
    await it_.soon('the credit', () => parents().length === 2);
    expect(it_.discord.world.violations).toEqual([]);
    expect(parents().map(textOf).join()).not.toContain(ESIM);
  });

  it('I’ll take it and Mute are pressed by people who may ask, and show who', async () => {
    await alert(lowData('75%'));
    await shows(/25% of the data left/);
    press('I’ll take it', it_.ben);
    await it_.soon('a private refusal', () => /manage/i.test(privateTo(it_.ben).map(textOf).join()));
    press('I’ll take it');
    await shows(new RegExp(`<@${it_.anna.id}> is on it`));
    press('Mute');
    await shows(/Muted by/);
    await alert(lowData('90%'));
    await shows(/10% of the data left/);
    expect(thread()).toEqual([]);
    press('Unmute');
    press('Release');
    await it_.soon('the plain face', () => !/Muted|is on it/.test(textOf(first())));
    for (const { allowed_mentions: mentions } of first().history) expect(mentions).toEqual({ parse: [] });
  });

  it('Check now answers the presser alone', async () => {
    await alert(lowData('75%'));
    await shows(/25% of the data left/);
    press('Check now');
    await it_.soon('the card', () => /1.3\sGB left of 5\sGB/.test(privateTo(it_.anna).map(textOf).join()));
    expect(parents()).toHaveLength(1);
  });

  it('finds what was sent before its answer was lost, also when the nonce has run out', async () => {
    it_.discord.failNext('message', { kind: 'answer-lost' }, 3);
    await alert(lowData('75%'));
    await it_.soon('sent', () => parents().length === 1);
    await it_.pass(HOUR_MS);
    await shows(/25% of the data left/);
    it_.discord.failNext('start-thread', { kind: 'answer-lost' }, 3);
    it_.discord.failNext('message', { kind: 'answer-lost' }, 3);
    await alert(lowData('90%'));
    await it_.soon('sent', () => thread().length === 1);
    await it_.pass(HOUR_MS);
    await shows(/10% of the data left/);
    await alert(lowData('1days'));
    await it_.soon('the next', () => thread().length === 2);
    expect(parents()).toHaveLength(1);
    expect(it_.discord.calls('messages').length).toBeGreaterThan(1);
  });

  it('answers its parent in the channel where it may start no thread', async () => {
    it_.channel.botPermissions &= ~CREATE_PUBLIC_THREADS;
    await alert(lowData('75%'));
    await shows(/25% of the data left/);
    await alert(lowData('90%'));
    await it_.soon('the line', () => parents().length === 2);
    expect(parents()[1]?.answers).toBe(first().id);
    expect(it_.bot.log.text()).toMatch(/Create Public Threads/);
  });

  it('starts a new message when the old one was deleted, and says what to mend when the channel is gone', async () => {
    await alert(lowData('75%'));
    await shows(/25% of the data left/);
    first().deleted = true;
    await alert(lowData('90%'));
    await shows(/10% of the data left/);
    it_.channel.deleted = true;
    await alert(lowData('3days'));
    await it_.soon('the end', async () => (await it_.bot.app.store.outbox.dead(10)).length === 1);
    expect(it_.bot.log.text()).toMatch(/Check DISCORD_ALERT_CHANNEL/);
  });
});
