import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DiscordBot, startDiscordBot, textOf, USED_UP, WINDOW_MS } from './discord-bot.ts';

let it_: DiscordBot;
const calls = () => it_.bot.simulator.calls.length;
const people = () => it_.discord.people;
const usage = (iccid: string, more = {}) => people().usage({ by: it_.anna, in: it_.channel, iccid, ...more });
const dmOf = (user = it_.anna) => people().directMessages(user);

beforeEach(async () => {
  it_ = await startDiscordBot();
});
afterEach(async () => {
  expect(it_.discord.world.violations).toEqual([]);
  await it_.close();
});

describe('a promised answer on Discord', () => {
  const promised = async (more = {}) => {
    usage(USED_UP, more);
    return it_.shows(/I’ll post it here/);
  };

  it('edits the first one while the token lives', async () => {
    const [read = ''] = it_.bot.simulator.addEsims(1);
    it_.bot.simulator.useUpWindow(read);
    await it_.pass(WINDOW_MS - 300_000);
    usage(read);
    await it_.shows(/I’ll post it here/);
    // Retry-After counts whole seconds, and the question took some of one.
    await it_.pass(302_000);
    await it_.shows(/MB left of 1\sGB/);
    expect(it_.discord.fromBot(it_.channel)).toHaveLength(1);
  });

  it('comes by direct message when the token has died, once, also after a restart', async () => {
    await promised();
    await it_.pass(0);
    await it_.restart();
    await it_.pass(WINDOW_MS);
    const answer = await it_.shows(/GB left of 3\sGB/, dmOf());
    expect(answer.nonce).toMatch(/^.{10,25}$/);
    await it_.restart();
    expect(it_.discord.fromBot(dmOf())).toHaveLength(1);
    expect(it_.discord.fromBot(it_.channel)).toHaveLength(1);
  });

  it('is one direct message although the answer to the sending was lost', async () => {
    await promised();
    it_.discord.failNext('message', { kind: 'answer-lost' }, 1);
    await it_.pass(WINDOW_MS);
    await it_.shows(/GB left of 3\sGB/, dmOf());
    await it_.soon(
      'the end',
      async () => (await it_.bot.app.usageService.pendingOf(`discord:${it_.anna.id}`)).length === 0,
    );
    expect(it_.discord.fromBot(dmOf())).toHaveLength(1);
  });

  it.each(['closed', 'no-mutual-guild'] as const)(
    'is a line without customer data and a Show button when direct messages are %s',
    async (state) => {
      await promised();
      it_.anna.directMessages = state;
      await it_.pass(WINDOW_MS);
      const line = await it_.shows(/answer is ready/);
      expect(line.onlyFor).toBeUndefined();
      expect(textOf(line)).not.toMatch(/0092|GB/);
      expect(textOf(line)).toContain(`<@${it_.anna.id}>`);
      people().press({ by: it_.anna, in: it_.channel }, line, 'Show');
      const shown = await it_.shows(/GB left of 3\sGB/);
      expect(shown.onlyFor).toBe(it_.anna.id);
    },
  );

  it('becomes a dead letter with the remedy when nothing is open', async () => {
    await promised();
    it_.anna.directMessages = 'closed';
    it_.channel.botPermissions = 0n;
    await it_.pass(WINDOW_MS);
    await it_.soon('the dead letter', async () => (await it_.bot.app.store.outbox.dead(1)).length === 1);
    expect(it_.bot.log.lines('no route left')[0]?.remedy).toMatch(/Send Messages/);
  });

  it.each([
    ['500 four times', { kind: 'status', status: 500 } as const, 4],
    ['401 once', { kind: 'status', status: 401 } as const, 1],
    ['a wait of a minute', { kind: 'rate-limited', retryAfterMs: 60_000 } as const, 1],
  ])('still comes after %s', async (_what, fault, times) => {
    await promised();
    it_.discord.failNext('message', fault, times);
    await it_.pass(WINDOW_MS);
    await it_.soon('the first tries', () => it_.discord.calls('message').length > 0);
    await it_.soon(
      'it is back in the outbox',
      async () => (await it_.bot.app.store.outbox.depth()).active === 0,
    );
    it_.clock.advance(61_000);
    await it_.shows(/GB left of 3\sGB/, dmOf());
    expect(it_.discord.fromBot(dmOf())).toHaveLength(1);
  });

  it('can be cancelled by its button', async () => {
    const message = await promised();
    people().press({ by: it_.anna, in: it_.channel }, message, 'Cancel');
    await it_.shows(/Cancelled/);
    expect(await it_.bot.app.usageService.pendingOf(`discord:${it_.anna.id}`)).toEqual([]);
  });

  it('is not given to somebody who has lost the role meanwhile', async () => {
    await promised();
    people().join(it_.guild, it_.anna, []);
    const before = calls();
    await it_.pass(WINDOW_MS);
    await it_.shows(/manage this server/, dmOf());
    expect(calls()).toBe(before);
  });

  it('in the direct message edits its own message, however late', async () => {
    people().usage({ by: it_.anna, in: dmOf(), iccid: USED_UP });
    await it_.shows(/I’ll post it here/, dmOf());
    await it_.pass(WINDOW_MS + 600_000);
    await it_.shows(/GB left of 3\sGB/, dmOf());
    expect(it_.discord.fromBot(dmOf())).toHaveLength(1);
  });
});
