import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DUE_AT, dailyAt, MINUTE_MS, passUntil } from '../../support/digest-time.ts';
import type { Fault } from '../../support/discord/faults.ts';
import { type Channel, EMBED_LINKS, SEND_MESSAGES, VIEW_CHANNEL } from '../../support/discord/world.ts';
import { type DiscordBot, startDiscordBot, textOf } from './discord-bot.ts';

const ENDED = '8910000000001000050';
const AT_TEN_PAST = dailyAt(DUE_AT);
/** A call is made three times before it counts as failed. */
const ONE_TRY = 3;

let it_: DiscordBot;
beforeEach(async () => {
  it_ = await startDiscordBot();
});
afterEach(async () => {
  expect(it_.discord.world.violations).toEqual([]);
  await it_.close();
});

const usage = (text: string, where = it_.channel, by = it_.anna) =>
  it_.discord.people.usage({ by, in: where, iccid: text });
const directMessages = () => it_.discord.people.directMessages(it_.anna);
const answered = (words: RegExp, where = it_.channel, by = it_.anna) =>
  it_.soon(`${words}`, () => {
    const mine = it_.discord.fromBot(where).findLast(({ onlyFor, loading }) => onlyFor === by.id && !loading);
    return mine && words.test(textOf(mine)) && mine;
  });
const publicIn = (where: Channel) =>
  it_.discord.fromBot(where).filter(({ onlyFor }) => onlyFor === undefined);
const digestsIn = (where: Channel) =>
  publicIn(where).filter((message) => /needs? attention/.test(textOf(message)));
const toldInPrivate = (words: RegExp) =>
  it_.discord.fromBot(directMessages()).filter((message) => words.test(textOf(message))).length;

/** Every reading it needs is there, and the next that happens is the post. */
async function setHere(): Promise<void> {
  usage(`name ${ENDED} annatrip`);
  await answered(/annatrip/);
  usage(`digest ${AT_TEN_PAST}`);
  await answered(/Digest set: /);
  await passUntil(it_, DUE_AT - 5_000);
}

describe('a digest in a Discord channel', () => {
  it.each<[string, Fault, number]>([
    ['asks to wait', { kind: 'rate-limited', retryAfterMs: 3_000 }, 1],
    ['is down', { kind: 'status', status: 503 }, ONE_TRY],
    ['fails', { kind: 'status', status: 500 }, ONE_TRY],
    ['loses its answer', { kind: 'answer-lost' }, 1],
    ['loses every answer of a try', { kind: 'answer-lost' }, ONE_TRY],
  ])('comes once, late rather than lost, when Discord %s', async (_what, fault, times) => {
    await setHere();
    it_.discord.failNext('message', fault, times);
    await it_.soon('the digest', async () => {
      await passUntil(it_, it_.clock.now() + 30_000);
      return it_.clock.now() > DUE_AT + 5 * MINUTE_MS && digestsIn(it_.channel).length > 0;
    });
    expect(digestsIn(it_.channel)).toHaveLength(1);
    expect(toldInPrivate(/./)).toBe(0);
  });

  it('comes once after its answer was lost, the bot started again, and the nonce forgotten', async () => {
    await setHere();
    it_.discord.failNext('message', { kind: 'answer-lost' }, ONE_TRY);
    await it_.soon('the digest', () => digestsIn(it_.channel).length > 0);
    await it_.restart();
    it_.discord.mend();
    await it_.pass(15 * MINUTE_MS);
    await passUntil(it_, DUE_AT + 20 * MINUTE_MS);
    expect(digestsIn(it_.channel)).toHaveLength(1);
  });

  it.each<[string, string, () => void]>([
    [
      'the bot does not see it any more (50001)',
      '50001',
      () => {
        it_.channel.botPermissions = 0n;
      },
    ],
    [
      'the bot may not write there any more (50013)',
      '50013',
      () => {
        it_.channel.botPermissions &= ~SEND_MESSAGES;
      },
    ],
    [
      'the bot may not show a table there any more (50013)',
      '50013',
      () => {
        it_.channel.botPermissions &= ~EMBED_LINKS;
      },
    ],
    [
      'it is gone (10003)',
      '10003',
      () => {
        it_.channel.deleted = true;
      },
    ],
  ])(
    'is paused where %s: told once, listed with the remedy, resumed by setting it again',
    async (_why, code, close) => {
      await setHere();
      const permissions = it_.channel.botPermissions;
      close();
      await passUntil(it_, DUE_AT + 10 * MINUTE_MS);
      expect(digestsIn(it_.channel)).toEqual([]);
      expect(toldInPrivate(/can’t post in <#\d+> any more.*paused.*Invite me/)).toBe(1);
      expect(it_.bot.log.lines('A digest is paused')[0]).toMatchObject({
        reason: expect.stringContaining(code),
        remedy: expect.stringContaining('Send Messages'),
      });
      it_.discord.people.write(it_.anna, directMessages(), 'digest');
      await it_.shows(/1\. <#\d+>: .*Paused since .*Invite me.*set it again/, directMessages());

      it_.channel.botPermissions = permissions;
      it_.channel.deleted = false;
      usage(`digest ${dailyAt(DUE_AT + 30 * MINUTE_MS)}`);
      await answered(/Digest set: /);
      await passUntil(it_, DUE_AT + 35 * MINUTE_MS);
      expect(digestsIn(it_.channel)).toHaveLength(1);
      expect(toldInPrivate(/can’t post/)).toBe(1);
    },
  );

  it('is paused, and known to be, where its owner takes no direct messages either', async () => {
    await setHere();
    it_.channel.botPermissions = 0n;
    it_.anna.directMessages = 'closed';
    await passUntil(it_, DUE_AT + 10 * MINUTE_MS);
    expect(it_.bot.log.text()).toContain('The owner of a digest could not be told about it');
    usage('digest');
    await answered(/Paused since/);
  });

  it('rests while the bot is put out of the server, and can be set again when it is back', async () => {
    await setHere();
    it_.guild.botIsMember = false;
    await it_.pass(4 * MINUTE_MS);
    await passUntil(it_, DUE_AT + 10 * MINUTE_MS);
    it_.guild.botIsMember = true;
    await it_.pass(4 * MINUTE_MS);
    expect(digestsIn(it_.channel)).toEqual([]);
    usage('digest');
    await answered(/Paused since/);
  });
});

describe('a digest for another Discord channel', () => {
  let other: Channel;
  beforeEach(() => {
    other = it_.discord.people.channel(it_.guild);
    it_.guild.roles.set(it_.guild.id, VIEW_CHANNEL);
  });
  const named = () => `digest <#${other.id}> ${AT_TEN_PAST}`;

  it.each(['a channel', 'a direct message'])(
    'is set from %s, said there, and comes there, masked',
    async (from) => {
      usage(`name ${ENDED} annatrip`);
      await answered(/annatrip/);
      if (from === 'a channel') usage(named());
      else it_.discord.people.write(it_.anna, directMessages(), named());
      if (from === 'a channel') await answered(/Digest set: .*I’ll post in <#\d+> /);
      else await it_.shows(/Digest set: .*<#\d+>/, directMessages());
      expect(publicIn(other).map(textOf)).toEqual([expect.stringMatching(/asked me for a digest here/)]);
      await passUntil(it_, DUE_AT + 2 * MINUTE_MS);
      expect(digestsIn(other)).toHaveLength(1);
      expect(digestsIn(it_.channel)).toEqual([]);
      const there = JSON.stringify(publicIn(other).map(textOf));
      expect(there).toContain('…0050');
      expect(there).not.toMatch(/annatrip|8910000000001000050/);
    },
  );

  it.each<[string, () => void]>([
    [
      'the asker may not see it',
      () => {
        other.overwrites = [
          { id: it_.guild.id, type: 0, allow: 0n, deny: VIEW_CHANNEL },
          { id: it_.discord.world.bot.id, type: 1, allow: other.botPermissions, deny: 0n },
        ];
      },
    ],
    [
      'the bot may not write there',
      () => {
        other.botPermissions &= ~SEND_MESSAGES;
      },
    ],
    [
      'the bot may not show a table there',
      () => {
        other.botPermissions &= ~EMBED_LINKS;
      },
    ],
    [
      'it is gone',
      () => {
        other.deleted = true;
      },
    ],
    [
      'it is a thread',
      () => {
        other = it_.discord.people.channel(it_.guild, it_.channel);
      },
    ],
    [
      'it is in a server of somebody else’s',
      () => {
        const theirs = it_.discord.people.guild('Theirs', it_.discord.people.person('stranger'));
        theirs.roles.set(theirs.id, VIEW_CHANNEL);
        other = it_.discord.people.channel(theirs);
      },
    ],
    ['Discord does not say', () => it_.discord.failNext('channel', { kind: 'status', status: 503 }, 9)],
  ])('is not set, and the way to do it is said, where %s', async (_why, spoil) => {
    spoil();
    usage(named());
    await answered(/can’t set it for <#\d+> from here.*Type it in <#\d+> itself/);
    expect(publicIn(other)).toEqual([]);
    it_.discord.mend();
    usage('digest');
    await answered(/No digest set/);
  });

  it('is not found by its name alone, and says where to type it', async () => {
    usage(`digest #support ${AT_TEN_PAST}`);
    await answered(/can’t set it for #support/);
  });

  it('is not set by somebody who may not look up', async () => {
    usage(named(), it_.channel, it_.ben);
    await it_.soon('a refusal', () =>
      it_.discord.fromBot(it_.channel).some(({ onlyFor, loading }) => onlyFor === it_.ben.id && !loading),
    );
    expect(publicIn(other)).toEqual([]);
  });
});
