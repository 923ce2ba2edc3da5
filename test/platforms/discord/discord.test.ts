import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describePlatform } from '../../contract/platform-contract.ts';
import {
  ACTIVE,
  type DiscordBot,
  startDiscordBot,
  textOf,
  USED_UP,
  VOICE,
  WINDOW_MS,
} from './discord-bot.ts';

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

describe('a command on Discord', () => {
  it('is answered with a card only the asker sees', async () => {
    usage(ACTIVE);
    const [answer] = await it_.answers();
    expect(answer?.onlyFor).toBe(it_.anna.id);
    expect(answer && textOf(answer)).toMatch(/1\.3 GB of 5 GB left \(26%\)[\s\S]*<t:\d+:[Rtf]>/);
  });

  it('is acknowledged while Airalo is silent, and answered later', async () => {
    it_.bot.simulator.inject(ACTIVE, { kind: 'hang' });
    usage(ACTIVE);
    await it_.soon('the question hangs', () => it_.bot.simulator.hanging === 1);
    expect(it_.discord.fromBot(it_.channel)[0]?.loading).toBe(true);
    it_.bot.simulator.release();
    await it_.shows(/GB of 5 GB/);
  });

  it('with several numbers gets a card each, with buttons that say which', async () => {
    usage(`${ACTIVE}, ${VOICE}`);
    const answer = await it_.shows(/…0019[\s\S]*…0035/);
    expect(answer.body.embeds).toHaveLength(2);
    expect(textOf(answer)).toContain('Share here …0035');
  });

  it('with something that is no number says what is wrong, and asks nobody', async () => {
    usage('891000000000');
    await it_.shows(/12 digits/);
    expect(calls()).toBe(0);
  });

  it('/esim-help explains', async () => {
    people().help({ by: it_.anna, in: it_.channel });
    await it_.shows(/esim-usage/);
  });

  it('"Check eSIM usage" finds the numbers in a message, privately', async () => {
    const message = people().write(it_.ben, it_.channel, `customer has ${ACTIVE}`);
    people().check({ by: it_.anna, in: it_.channel }, message);
    const answer = await it_.shows(/GB of 5 GB/);
    expect(answer.onlyFor).toBe(it_.anna.id);
  });

  it('that comes twice is answered once', async () => {
    const interaction = usage(ACTIVE);
    people().repeatUsage(interaction, { by: it_.anna, in: it_.channel, iccid: ACTIVE });
    await it_.shows(/GB of 5 GB/);
    await it_.pass(1);
    expect(it_.discord.calls('callback')).toHaveLength(1);
    expect(it_.discord.fromBot(it_.channel)).toHaveLength(1);
  });

  it('is answered once although the answer to the acknowledgement was lost', async () => {
    it_.discord.failNext('callback', { kind: 'answer-lost' });
    usage(ACTIVE);
    await it_.shows(/GB of 5 GB/);
    expect(it_.discord.fromBot(it_.channel)).toHaveLength(1);
  });
});

describe('a promised answer on Discord', () => {
  const promised = async (more = {}) => {
    usage(USED_UP, more);
    return it_.shows(/I will answer here/);
  };

  it('edits the first one while the token lives', async () => {
    await it_.pass(WINDOW_MS - 300_000);
    await promised();
    await it_.pass(300_000);
    await it_.shows(/GB of 3 GB/);
    expect(it_.discord.fromBot(it_.channel)).toHaveLength(1);
  });

  it('comes by direct message when the token has died, once, also after a restart', async () => {
    await promised();
    await it_.pass(0);
    await it_.restart();
    await it_.pass(WINDOW_MS);
    const answer = await it_.shows(/GB of 3 GB/, dmOf());
    expect(answer.nonce).toMatch(/^.{10,25}$/);
    await it_.restart();
    expect(it_.discord.fromBot(dmOf())).toHaveLength(1);
    expect(it_.discord.fromBot(it_.channel)).toHaveLength(1);
  });

  it('is one direct message although the answer to the sending was lost', async () => {
    await promised();
    it_.discord.failNext('message', { kind: 'answer-lost' }, 1);
    await it_.pass(WINDOW_MS);
    await it_.shows(/GB of 3 GB/, dmOf());
    await it_.soon(
      'the end',
      async () => (await it_.bot.app.desk.pendingOf(`discord:${it_.anna.id}`)).length === 0,
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
      const shown = await it_.shows(/GB of 3 GB/);
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
    await it_.shows(/GB of 3 GB/, dmOf());
    expect(it_.discord.fromBot(dmOf())).toHaveLength(1);
  });

  it('can be cancelled by its button', async () => {
    const message = await promised();
    people().press({ by: it_.anna, in: it_.channel }, message, 'Cancel');
    await it_.shows(/Cancelled/);
    expect(await it_.bot.app.desk.pendingOf(`discord:${it_.anna.id}`)).toEqual([]);
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
    await it_.shows(/I will answer here/, dmOf());
    await it_.pass(WINDOW_MS + 600_000);
    await it_.shows(/GB of 3 GB/, dmOf());
    expect(it_.discord.fromBot(dmOf())).toHaveLength(1);
  });
});

describe('a button on Discord', () => {
  const card = async () => {
    usage(ACTIVE);
    return it_.shows(/GB of 5 GB/);
  };

  it('Refresh before the time says when, in place', async () => {
    people().press({ by: it_.anna, in: it_.channel }, await card(), 'Refresh');
    await it_.shows(/read again at/);
    expect(calls()).toBe(1);
    expect(it_.discord.fromBot(it_.channel)).toHaveLength(1);
  });

  it('Refresh after the time shows the new figure, also after a restart', async () => {
    const message = await card();
    await it_.pass(0);
    await it_.restart();
    await it_.pass(WINDOW_MS);
    people().press({ by: it_.anna, in: it_.channel }, message, 'Refresh');
    await it_.shows(/1\.2 GB of 5 GB/);
  });

  it('Tell me when fresh promises in place', async () => {
    people().press({ by: it_.anna, in: it_.channel }, await card(), 'Tell me');
    await it_.shows(/I will update this/);
    await it_.pass(WINDOW_MS);
    await it_.shows(/1\.2 GB of 5 GB/, dmOf());
  });

  it('Share shows everybody a masked card; Show answers each presser privately, or refuses', async () => {
    people().press({ by: it_.anna, in: it_.channel }, await card(), 'Share');
    const shared = await it_.soon('the shared card', () =>
      it_.discord.fromBot(it_.channel).find(({ onlyFor }) => onlyFor === undefined),
    );
    expect(textOf(shared)).not.toContain(ACTIVE);
    expect(textOf(shared)).toContain('…0019');
    people().press({ by: it_.ben, in: it_.channel }, shared, 'Show');
    const refusal = await it_.shows(/manage this server/);
    expect(refusal.onlyFor).toBe(it_.ben.id);
    people().press({ by: it_.anna, in: it_.channel }, shared, 'Show');
    const shown = await it_.shows(new RegExp(ACTIVE));
    expect(shown.onlyFor).toBe(it_.anna.id);
  });

  it('that is not remembered any more says what to type', async () => {
    const message = await card();
    await it_.pass(8 * 24 * 3_600_000);
    people().press({ by: it_.anna, in: it_.channel }, message, 'Refresh');
    await it_.shows(/too old/);
  });
});

describe('messages on Discord', () => {
  it('a direct message with a number gets the card, anything else the help', async () => {
    people().write(it_.anna, dmOf(), `hi ${ACTIVE}`);
    await it_.shows(/GB of 5 GB/, dmOf());
    people().write(it_.anna, dmOf(), 'hello');
    await it_.shows(/esim-usage/, dmOf());
    expect(it_.discord.fromBot(dmOf())).toHaveLength(2);
  });

  it('a direct message of somebody who is not allowed is refused, and asks nobody', async () => {
    people().write(it_.ben, dmOf(it_.ben), ACTIVE);
    await it_.shows(/manage this server/, dmOf(it_.ben));
    expect(calls()).toBe(0);
  });

  it('a mention gets a button that opens the private card', async () => {
    people().write(it_.anna, it_.channel, `<@${it_.discord.world.bot.id}> ${ACTIVE}`);
    const offer = await it_.shows(/privately/);
    expect(textOf(offer)).not.toContain('0019');
    people().press({ by: it_.anna, in: it_.channel }, offer, 'Show');
    const shown = await it_.shows(/GB of 5 GB/);
    expect(shown.onlyFor).toBe(it_.anna.id);
  });

  it('the bot does not answer itself, nor its own ephemeral echo', async () => {
    usage(ACTIVE);
    const answer = await it_.shows(/GB of 5 GB/);
    people().echo(answer);
    people().write(it_.discord.world.bot, dmOf(), ACTIVE);
    people().write(it_.anna, dmOf(), 'hello');
    await it_.shows(/esim-usage/, dmOf());
    expect(it_.discord.calls('message')).toHaveLength(1);
  });
});

describe('access on Discord', () => {
  it('with nothing configured is for those who manage the server, and the application’s owner', async () => {
    people().usage({ by: it_.ben, in: it_.channel, iccid: ACTIVE });
    await it_.shows(/manage this server/);
    expect(calls()).toBe(0);
    const owner = it_.discord.world.users.get(it_.discord.world.ownerId);
    if (!owner) throw new Error('No owner');
    people().join(it_.guild, owner);
    people().usage({ by: owner, in: it_.channel, iccid: ACTIVE });
    await it_.shows(/GB of 5 GB/);
  });

  it('does not trust who manages a server of their own when anybody may add the bot', async () => {
    await it_.close();
    it_ = await startDiscordBot();
    it_.discord.world.botPublic = true;
    usage(ACTIVE);
    await it_.shows(/manage this server/);
    expect(calls()).toBe(0);
  });

  it('refuses rather than guesses when Discord does not tell', async () => {
    it_.discord.failNext('member', { kind: 'status', status: 503 }, 9);
    usage(ACTIVE);
    await it_.shows(/could not check/);
    expect(calls()).toBe(0);
  });

  it('by role lets in its holders, in the channel, its threads and direct messages', async () => {
    await it_.close();
    it_ = await startDiscordBot(({ managerRole, channel }) => ({
      DISCORD_ALLOWED_ROLES: managerRole,
      DISCORD_ALLOWED_CHANNELS: channel.id,
    }));
    const thread = people().channel(it_.guild, it_.channel);
    people().usage({ by: it_.anna, in: thread, iccid: ACTIVE });
    await it_.shows(/GB of 5 GB/, thread);
    people().write(it_.anna, dmOf(), ACTIVE);
    await it_.shows(/GB of 5 GB/, dmOf());
    const other = people().channel(it_.guild);
    people().usage({ by: it_.anna, in: other, iccid: ACTIVE });
    await it_.shows(/allowed in/, other);
    people().write(it_.ben, dmOf(it_.ben), ACTIVE);
    await it_.shows(/needs/, dmOf(it_.ben));
    expect(calls()).toBe(1);
  });

  it('writes neither a full ICCID nor a token to the log', async () => {
    const interaction = usage(ACTIVE);
    await it_.shows(/GB of 5 GB/);
    usage(USED_UP);
    await it_.shows(/I will answer here/);
    it_.discord.failNext('message', { kind: 'code', status: 403, code: 50007 }, 5);
    await it_.pass(WINDOW_MS);
    await it_.soon('the dead letter', async () => (await it_.bot.app.store.outbox.dead(1)).length === 1);
    for (const secret of [ACTIVE, USED_UP, interaction.token, it_.discord.token])
      expect(it_.bot.log.text()).not.toContain(secret);
  });
});

describePlatform('Discord', async () => {
  const bot = await startDiscordBot();
  const { people: person } = bot.discord;
  const messages = () =>
    [bot.channel, person.directMessages(bot.anna)].flatMap((where) => bot.discord.fromBot(where));
  return {
    get bot() {
      return bot.bot;
    },
    ask: async (text) => person.usage({ by: bot.anna, in: bot.channel, iccid: text }),
    secrets: () => [
      bot.discord.token,
      ...[...bot.discord.world.interactions.values()].map(({ token }) => token),
    ],
    async cancel() {
      const message = messages().at(-1);
      if (message) person.press({ by: bot.anna, in: bot.channel }, message, 'Cancel');
    },
    shown: () =>
      messages().map((message) => ({
        text: textOf(message),
        isPublic: message.onlyFor === undefined && bot.discord.fromBot(bot.channel).includes(message),
      })),
    soon: bot.soon,
    pass: bot.pass,
    restart: bot.restart,
    close: bot.close,
  };
});
