import { afterEach, describe, expect, it } from 'vitest';
import type { StoredFile } from '../../support/discord/attachment-body.ts';
import { lapse, listOf, rowsOf } from '../../support/lists.ts';
import { ACTIVE, type DiscordBot, startDiscordBot, textOf, VOICE } from './discord-bot.ts';

const EXPIRED = '8910000000001000076';
const PACE_MS = 250;

let it_: DiscordBot;
afterEach(async () => {
  expect(it_.discord.world.violations).toEqual([]);
  await it_.close();
});

const dm = () => it_.discord.people.directMessages(it_.anna);
const said = () => it_.discord.fromBot(dm());

function send(bytes: Uint8Array, name = 'list.csv', contentType = 'text/csv') {
  return it_.discord.people.write(it_.anna, dm(), '', [{ name, bytes, contentType }]);
}

function answers(): StoredFile[] {
  return said().flatMap(({ body }) =>
    (body.attachments ?? []).flatMap(({ id }) => it_.discord.world.files.get(id) ?? []),
  );
}

async function answered() {
  await lapse(it_, 'the end', () => said().some((one) => /list is done.*checked/.test(textOf(one))));
  return answers();
}

const progress = () => lapse(it_, 'the progress', () => said().find((one) => /\d+ of \d+/.test(textOf(one))));

describe('a list sent to the bot in Discord', () => {
  it('comes back as a file in the direct message, beside a message that filled', async () => {
    it_ = await startDiscordBot(undefined, { paceIntervalMs: PACE_MS });
    const listed = it_.bot.simulator.addEsims(30);
    send(listOf([...listed, 'nonsense', ACTIVE, VOICE, EXPIRED]));
    const message = await progress();
    const [file, second] = await answered();
    expect(second).toBeUndefined();
    expect(file?.filename).toMatch(/^esim-usage-.*\.csv$/);
    expect(rowsOf(file?.bytes)).toHaveLength(34);
    expect(message.history.length).toBeGreaterThan(3);
    expect(textOf(message)).toMatch(/33 eSIMs: 1 needs attention[\s\S]*Your list is done: 34 rows/);
    expect(JSON.stringify(message.body.components)).toBe('[]');
    expect(it_.bot.simulator.calls).toHaveLength(33);
    expect(it_.bot.simulator.refusals).toBe(0);
    expect(it_.bot.log.text()).not.toContain(ACTIVE);
  });

  it('is cancelled by its button', async () => {
    it_ = await startDiscordBot(undefined, { paceIntervalMs: PACE_MS });
    send(listOf(it_.bot.simulator.addEsims(40)));
    const message = await progress();
    it_.discord.people.press({ by: it_.anna, in: dm() }, message, 'Cancel');
    await lapse(it_, 'the word', () => /Cancelled after \d+ of 40/.test(textOf(message)));
    await it_.pass(20_000);
    expect(answers()).toEqual([]);
    expect(it_.bot.simulator.calls.length).toBeLessThan(20);
  });

  it('is found, not sent again, when the answer to the sending was lost for long', async () => {
    it_ = await startDiscordBot();
    send(listOf([ACTIVE]));
    await lapse(it_, 'the placeholder', () => said().length > 0, 1);
    it_.discord.failNext('message', { kind: 'answer-lost' }, 3);
    await lapse(it_, 'the first try', () => answers().length > 0, 50);
    it_.clock.advance(6 * 60_000);
    await answered();
    expect(answers()).toHaveLength(1);
    expect(it_.discord.calls('messages').length).toBeGreaterThan(0);
  });

  it('goes on after a restart without a second file', async () => {
    it_ = await startDiscordBot(undefined, { paceIntervalMs: PACE_MS });
    const listed = it_.bot.simulator.addEsims(30);
    send(listOf(listed));
    await progress();
    await it_.restart();
    const [file, second] = await answered();
    expect(second).toBeUndefined();
    expect(rowsOf(file?.bytes).filter(({ status }) => status !== '')).toHaveLength(30);
    expect(it_.bot.simulator.calls).toHaveLength(30);
  });

  it.each([
    ['an Excel file', 'list.xlsx', Buffer.from('PK\u0003\u0004'), /save it as CSV/],
    ['a picture', 'photo.png', Buffer.from([1]), /have to be CSV files/],
    ['one that is too large', 'list.csv', Buffer.alloc(256 * 1024 + 1, 'x'), /can have up to 256\sKB/],
  ])('%s gets a clear word', async (_, name, bytes, word) => {
    it_ = await startDiscordBot();
    send(bytes, name, name.endsWith('csv') ? 'text/csv' : 'application/octet-stream');
    await it_.soon('the word', () => said().some((one) => word.test(textOf(one))));
    expect(it_.bot.simulator.calls).toEqual([]);
  });

  it('in a channel is not read, and the word names nobody’s numbers', async () => {
    it_ = await startDiscordBot();
    const file = { name: 'list.csv', bytes: listOf([ACTIVE]) };
    it_.discord.people.write(it_.anna, it_.channel, `<@${it_.discord.world.bot.id}>`, [file]);
    const message = await it_.shows(/in a direct message/);
    expect(textOf(message)).not.toContain(ACTIVE);
    expect(it_.bot.simulator.calls).toEqual([]);
  });

  it('attached to the command is answered in the direct message, and the channel sees nothing of it', async () => {
    it_ = await startDiscordBot();
    const file = { name: 'list.csv', bytes: listOf([ACTIVE, VOICE]) };
    it_.discord.people.usageList({ by: it_.anna, in: it_.channel }, file);
    const word = await it_.shows(/in our direct message/);
    expect(word.onlyFor).toBe(it_.anna.id);
    const [answer] = await answered();
    expect(rowsOf(answer?.bytes).map(({ iccid }) => iccid)).toEqual([ACTIVE, VOICE]);
  });

  it('on a message is answered by "Check eSIM usage" there', async () => {
    it_ = await startDiscordBot();
    const file = { name: 'list.csv', bytes: listOf([ACTIVE]) };
    const target = it_.discord.people.write(it_.ben, it_.channel, 'here', [file]);
    it_.discord.people.check({ by: it_.anna, in: it_.channel }, target);
    await it_.shows(/in our direct message/);
    expect(await answered()).toHaveLength(1);
  });

  it('attached by somebody who may not ask, or who cannot be written to, gets a word and is not read', async () => {
    it_ = await startDiscordBot();
    const file = { name: 'list.csv', bytes: listOf([ACTIVE]) };
    it_.discord.people.usageList({ by: it_.ben, in: it_.channel }, file);
    await it_.shows(/allowed|may/i);
    it_.anna.directMessages = 'closed';
    it_.discord.people.usageList({ by: it_.anna, in: it_.channel }, file);
    await it_.shows(/send me the list in a direct message/);
    expect(it_.bot.simulator.calls).toEqual([]);
  });

  it('is refused to somebody who may not ask', async () => {
    it_ = await startDiscordBot();
    const file = { name: 'list.csv', bytes: listOf([ACTIVE]) };
    const there = it_.discord.people.directMessages(it_.ben);
    it_.discord.people.write(it_.ben, there, '', [file]);
    await it_.soon('the refusal', () =>
      it_.discord
        .fromBot(there)
        .some((one) => /not allowed|may/i.test(textOf(one)) && one.history.length > 1),
    );
    await it_.pass(5_000);
    expect(it_.bot.simulator.calls).toEqual([]);
  });
});
