import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describePlatform } from '../../contract/platform-contract.ts';
import { controlsOf } from '../../support/discord/people.ts';
import { rowsOf } from '../../support/lists.ts';
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
    expect(answer && textOf(answer)).toMatch(/1\.3\sGB left of 5\sGB \(26%\)[\s\S]*<t:\d+:[Rtf]>/);
  });

  it('is acknowledged while Airalo is silent, and answered later', async () => {
    it_.bot.simulator.inject(ACTIVE, { kind: 'hang' });
    usage(ACTIVE);
    await it_.soon('the question hangs', () => it_.bot.simulator.hanging === 1);
    expect(it_.discord.fromBot(it_.channel)[0]?.loading).toBe(true);
    it_.bot.simulator.release();
    await it_.shows(/GB left of 5\sGB/);
  });

  it('with several numbers gets a line each, with a choice that opens the card of one', async () => {
    usage(`${ACTIVE}, ${VOICE}`);
    const answer = await it_.shows(/…0019 · 1\.3\sGB[\s\S]*…0035[^\\]*63 of 100\smin[^\\]*41 of 50/);
    expect(answer.body.embeds).toHaveLength(1);
    expect(controlsOf(answer).map(({ label }) => label)).toEqual(['As CSV', '…0019', '…0035']);
    people().press({ by: it_.anna, in: it_.channel }, answer, '…0035');
    const opened = await it_.shows(new RegExp(VOICE));
    expect(opened.onlyFor).toBe(it_.anna.id);
    expect(textOf(opened)).toContain('Share here');
    expect(calls()).toBe(2);
  });

  it('with several numbers comes as a file for whoever asked, without another call', async () => {
    usage(`${ACTIVE}, ${VOICE}`);
    const answer = await it_.shows(/…0019 · 1\.3\sGB[\s\S]*…0035[^\\]*63 of 100\smin/);
    people().press({ by: it_.anna, in: it_.channel }, answer, 'As CSV');
    const [, sent] = await it_.answers(it_.channel, 2);
    expect(sent?.onlyFor).toBe(it_.anna.id);
    expect(sent?.body.content).toMatch(/^2 eSIMs: /);
    expect(sent?.body.attachments).toMatchObject([
      { filename: expect.stringMatching(/^esim-usage-\d{4}-\d\d-\d\d-\w{6}\.csv$/) },
    ]);
    const [file] = it_.discord.world.files.values();
    expect(rowsOf(file?.bytes)).toMatchObject([
      { iccid: ACTIVE, status: 'ACTIVE', data_total_mb: '5120', note: '' },
      { iccid: VOICE, voice_remaining_min: '63', text_total: '50' },
    ]);
    expect(calls()).toBe(2);
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
    const answer = await it_.shows(/GB left of 5\sGB/);
    expect(answer.onlyFor).toBe(it_.anna.id);
  });

  it('that comes twice is answered once', async () => {
    const interaction = usage(ACTIVE);
    people().repeatUsage(interaction, { by: it_.anna, in: it_.channel, iccid: ACTIVE });
    await it_.shows(/GB left of 5\sGB/);
    await it_.pass(1);
    expect(it_.discord.calls('callback')).toHaveLength(1);
    expect(it_.discord.fromBot(it_.channel)).toHaveLength(1);
  });

  it('is answered once although the answer to the acknowledgement was lost', async () => {
    it_.discord.failNext('callback', { kind: 'answer-lost' });
    usage(ACTIVE);
    await it_.shows(/GB left of 5\sGB/);
    expect(it_.discord.fromBot(it_.channel)).toHaveLength(1);
  });
});

describe('messages on Discord', () => {
  it('a direct message with a number gets the card, anything else the help', async () => {
    people().write(it_.anna, dmOf(), `hi ${ACTIVE}`);
    await it_.shows(/GB left of 5\sGB/, dmOf());
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
    const shown = await it_.shows(/GB left of 5\sGB/);
    expect(shown.onlyFor).toBe(it_.anna.id);
  });

  it('the bot does not answer itself, nor its own ephemeral echo', async () => {
    usage(ACTIVE);
    const answer = await it_.shows(/GB left of 5\sGB/);
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
    await it_.shows(/GB left of 5\sGB/);
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
    await it_.shows(/couldn’t find out/);
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
    await it_.shows(/GB left of 5\sGB/, thread);
    people().write(it_.anna, dmOf(), ACTIVE);
    await it_.shows(/GB left of 5\sGB/, dmOf());
    const other = people().channel(it_.guild);
    people().usage({ by: it_.anna, in: other, iccid: ACTIVE });
    await it_.shows(/check eSIMs only in/, other);
    people().write(it_.ben, dmOf(it_.ben), ACTIVE);
    await it_.shows(/ask an administrator to add you/, dmOf(it_.ben));
    expect(calls()).toBe(1);
  });

  it('writes neither a full ICCID nor a token to the log', async () => {
    const interaction = usage(ACTIVE);
    await it_.shows(/GB left of 5\sGB/);
    usage(USED_UP);
    await it_.shows(/I’ll post it here/);
    it_.discord.failNext('message', { kind: 'code', status: 403, code: 50007 }, 5);
    await it_.pass(WINDOW_MS);
    await it_.soon('the dead letter', async () => (await it_.bot.app.store.outbox.dead(1)).length === 1);
    for (const secret of [ACTIVE, USED_UP, interaction.token, it_.discord.token])
      expect(it_.bot.log.text()).not.toContain(secret);
  });
});

describePlatform('Discord', async () => {
  const bot = await startDiscordBot(({ channel }) => ({ DISCORD_ALERT_CHANNEL: channel.id }));
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
    async press(label) {
      const message = messages().findLast((one) =>
        controlsOf(one).some((each) => each.label.startsWith(label)),
      );
      if (message) person.press({ by: bot.anna, in: bot.channel }, message, label);
    },
    async askTwice(text) {
      const asked = { by: bot.anna, in: bot.channel, iccid: text };
      person.repeatUsage(person.usage(asked), asked);
    },
    askAsStranger: async (text) => person.usage({ by: bot.ben, in: bot.channel, iccid: text }),
    sendList: async (bytes) =>
      person.write(bot.anna, person.directMessages(bot.anna), '', [{ name: 'list.csv', bytes }]),
    routes: [
      {
        name: 'the interaction’s token',
        close: () => bot.discord.failNext('original', { kind: 'code', status: 404, code: 10015 }, 9),
      },
    ],
    shown: () =>
      messages().map((message) => ({
        // Ids of people are as long as an ICCID.
        text: textOf(message).replace(/<@\d+>/g, '@person'),
        isPublic: message.onlyFor === undefined && bot.discord.fromBot(bot.channel).includes(message),
      })),
    soon: bot.soon,
    pass: bot.pass,
    restart: bot.restart,
    close: bot.close,
  };
});
