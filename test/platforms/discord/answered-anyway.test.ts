import { afterEach, describe, expect, it } from 'vitest';
import { keepReadings } from '../../support/usage-series.ts';
import { ACTIVE, type DiscordBot, startDiscordBot, textOf, USED_UP, WINDOW_MS } from './discord-bot.ts';

const CARD = /1\.3\sGB left of 5\sGB/;
const DECLINED = {
  kind: 'status',
  status: 422,
  body: { data: { iccid: 'no' }, meta: { message: 'the parameter is invalid' } },
} as const;
let it_: DiscordBot;
afterEach(async () => {
  expect(it_.discord.world.violations).toEqual([]);
  await it_.close();
});

const people = () => it_.discord.people;
const dm = () => people().directMessages(it_.anna);
const textsIn = (where = dm()) => it_.discord.fromBot(where).map(textOf);
const outbox = () => it_.bot.app.store.outbox;
const write = (text: string) => people().write(it_.anna, dm(), text);
const usage = (iccid: string, where = it_.channel) => people().usage({ by: it_.anna, in: where, iccid });
const answered = (where = dm()) => it_.soon('the card', () => textsIn(where).some((text) => CARD.test(text)));
const nothingLeft = () =>
  it_.soon('the question has ended', async () => {
    const { pending, active } = await outbox().depth();
    return pending + active === 0;
  });

describe('a question on Discord is answered, once, although', () => {
  it.each([
    ['asks to wait for 30 s', { kind: 'rate-limited', retryAfterMs: 30_000 } as const, 1],
    ['fails four times', { kind: 'status', status: 503 } as const, 4],
    ['fails for minutes', { kind: 'status', status: 503 } as const, 20],
    ['comes through and loses its answer', { kind: 'answer-lost' } as const, 3],
  ])('the first message of the answer %s', async (_what, fault, times) => {
    it_ = await startDiscordBot();
    it_.discord.failNext('message', fault, times);
    write(ACTIVE);
    await answered();
    await nothingLeft();
    expect(textsIn()).toHaveLength(1);
    expect(await outbox().dead(1)).toEqual([]);
  });

  it('a mention’s answer has to wait, and a restart comes in between', async () => {
    it_ = await startDiscordBot();
    it_.discord.failNext('message', { kind: 'rate-limited', retryAfterMs: 40_000 });
    people().write(it_.anna, it_.channel, `<@${it_.discord.world.bot.id}> ${ACTIVE}`);
    await it_.soon('it is given up for now', () => it_.bot.log.lines('it is tried again').length > 0);
    await it_.restart();
    await it_.soon('the offer', () => textsIn(it_.channel).some((text) => /privately/.test(text)));
    await nothingLeft();
    expect(textsIn(it_.channel)).toHaveLength(1);
  });

  it('eight come at once where five may be sent in five seconds', async () => {
    it_ = await startDiscordBot(undefined, {}, { bucket: { limit: 5, windowMs: 5_000 } });
    for (let count = 0; count < 8; count++) write(`help ${count}`);
    await it_.soon('eight answers', () => textsIn().filter((text) => /esim-usage/.test(text)).length === 8);
    await nothingLeft();
    expect(textsIn()).toHaveLength(8);
  }, 60_000);

  it.each([10008, 50001])('its message cannot be changed any more (%i)', async (code) => {
    it_ = await startDiscordBot();
    it_.discord.failNext('edit-message', { kind: 'code', status: 404, code }, 9);
    write(ACTIVE);
    await answered();
    await nothingLeft();
    expect(textsIn().filter((text) => CARD.test(text))).toHaveLength(1);
  });

  it('the interaction’s token is refused: it comes by direct message', async () => {
    it_ = await startDiscordBot();
    it_.discord.failNext('original', { kind: 'code', status: 404, code: 10015 }, 9);
    usage(ACTIVE);
    await answered();
    await nothingLeft();
    expect(textsIn().filter((text) => CARD.test(text))).toHaveLength(1);
  });

  it('it had to come by direct message: what stands in the channel says that it was sent elsewhere', async () => {
    it_ = await startDiscordBot();
    it_.discord.failNext('original', { kind: 'code', status: 403, code: 50001 });
    usage(ACTIVE);
    await answered();
    await it_.shows(/sent the answer in a separate message/);
    await nothingLeft();
    expect([...textsIn(it_.channel), ...textsIn()].filter((text) => CARD.test(text))).toHaveLength(1);
  });

  it('its promise came by direct message: what was promised is written into that message', async () => {
    it_ = await startDiscordBot();
    it_.discord.failNext('original', { kind: 'code', status: 404, code: 10015 }, 9);
    usage(USED_UP);
    await it_.shows(/I’ll (?:post|update)/, dm());
    await it_.pass(WINDOW_MS);
    await it_.shows(/2\.6\sGB left of 3\sGB/, dm());
    await nothingLeft();
    expect(textsIn()).toHaveLength(1);
  });

  it('its picture is refused: the same answer comes without it', async () => {
    it_ = await startDiscordBot();
    await keepReadings(it_.bot.app.store.history, ACTIVE, it_.clock.now(), 1_331, 5_120, 300);
    it_.discord.failNext('original', { kind: 'code', status: 403, code: 50013 });
    usage(`trend ${ACTIVE}`);
    const answer = await it_.shows(/About 300\sMB a day/);
    expect(textOf(answer)).not.toContain('attachment');
  });

  it.each([
    ['a command', () => usage(ACTIVE), () => it_.channel],
    ['a direct message', () => write(ACTIVE), dm],
  ])('the bot ends while Airalo is silent: %s', async (_what, ask, where) => {
    it_ = await startDiscordBot();
    it_.bot.simulator.inject(ACTIVE, { kind: 'hang' });
    ask();
    await it_.soon('the question hangs', () => it_.bot.simulator.hanging === 1);
    expect(await outbox().depth()).toMatchObject({ pending: 1 });
    await it_.restart();
    // Airalo has counted the call that it never answered.
    await it_.soon('the promise', () => /I’ll (post|update)/.test(textsIn(where()).at(-1) ?? ''));
    await it_.pass(WINDOW_MS);
    // The token of the command is dead by then.
    await answered(dm());
    await nothingLeft();
    expect([...textsIn(it_.channel), ...textsIn()].filter((text) => CARD.test(text))).toHaveLength(1);
  });

  it('the bot ends between the placeholder and the next word, and Discord has forgotten the nonce', async () => {
    it_ = await startDiscordBot();
    it_.discord.failNext('message', { kind: 'answer-lost' }, 3);
    write(ACTIVE);
    await it_.soon('the placeholder', () => textsIn().length === 1);
    await it_.restart();
    it_.clock.advance(6 * 60_000);
    await answered();
    await nothingLeft();
    expect(textsIn()).toHaveLength(1);
  });

  it('one of its two eSIMs was declined: its card stays when the promised answer of the other comes', async () => {
    it_ = await startDiscordBot();
    it_.bot.simulator.inject(ACTIVE, DECLINED);
    write(`${ACTIVE} ${USED_UP}`);
    await it_.shows(/…0092 · comes at/, dm());
    const declined = () => /…0019[^\\]*/.exec(textsIn()[0] ?? '')?.[0];
    const before = declined();
    expect(before).toContain('Airalo declined');
    await it_.pass(WINDOW_MS);
    const answer = await it_.shows(/2\.6\sGB of 3\sGB/, dm());
    expect(declined()).toBe(before);
    expect(textOf(answer)).not.toMatch(/Checking/);
  });

  it('one of several is opened: "Notify me" there changes its card and leaves the table', async () => {
    it_ = await startDiscordBot();
    it_.bot.simulator.inject(USED_UP, DECLINED);
    write(`${USED_UP} ${ACTIVE}`);
    const table = await it_.shows(/…0092 · Airalo declined[\s\S]*…0019 · 1\.3\sGB of 5\sGB/, dm());
    const before = textOf(table);
    people().press({ by: it_.anna, in: dm() }, table, '…0019');
    const opened = await it_.shows(CARD, dm());
    people().press({ by: it_.anna, in: dm() }, opened, 'Notify me');
    const promised = await it_.shows(/I’ll update this/, dm());
    expect(promised.body.embeds).toHaveLength(1);
    expect(textOf(promised)).toMatch(CARD);
    expect(promised.id).not.toBe(table.id);
    expect(textsIn()[0]).toBe(before);
    await it_.pass(WINDOW_MS);
    await it_.shows(/1\.2\sGB left of 5\sGB/, dm());
    expect(textsIn()[0]).not.toMatch(/Checking/);
  });
});
