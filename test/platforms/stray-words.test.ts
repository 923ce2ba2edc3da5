import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Card, Line, Viewer } from '../../src/cards/card.ts';
import { helpCard } from '../../src/cards/help-card.ts';
import { usageCard } from '../../src/cards/usage-card.ts';
import { discordMessage } from '../../src/platforms/discord/embed.ts';
import { slackMessage } from '../../src/platforms/slack/block-kit.ts';
import { askForm, helpModal, homeBlocks } from '../../src/platforms/slack/home-view.ts';
import { renderText } from '../../src/platforms/terminal/text.ts';
import { anyReply } from '../support/arbitraries.ts';
import { MARKED, markWords, readTexts, strayWords } from '../support/marked-words.ts';
import { cachedReply, ICCID, NOW } from '../support/replies.ts';
import * as onSlack from '../support/slack/people.ts';
import { ACTIVE, startDiscordBot, USED_UP, VOICE, WINDOW_MS } from './discord/discord-bot.ts';
import { type SlackBot, startSlackBot } from './slack/slack-bot.ts';
import { startTerminalBot } from './terminal/terminal-bot.ts';

const options = { locale: MARKED, timeZone: 'UTC' };
const viewerOf = (audience: Viewer['audience']): Viewer => ({ audience, locale: MARKED, now: NOW });

beforeAll(markWords);

/** What strangers wrote stands in no catalogue. */
function withoutForeign(card: Card): Card {
  const own = (line: Line) =>
    line.map((span) => (typeof span !== 'string' && span.kind === 'foreign' ? '–' : span));
  return {
    ...card,
    lines: card.lines.map(own),
    facts: card.facts.map(({ label, value }) => ({ label, value: own(value) })),
  };
}

const cards = fc
  .tuple(anyReply, fc.constantFrom('private' as const, 'public' as const))
  .map(([reply, audience]) => withoutForeign(usageCard(reply, viewerOf(audience))));

describe('no word on a card is from outside the catalogue', () => {
  const expectNone = (texts: readonly string[]) => {
    expect(texts.length).toBeGreaterThan(0);
    expect(texts.flatMap(strayWords)).toEqual([]);
  };

  it('in Block Kit', () => {
    fc.assert(
      fc.property(fc.array(cards, { minLength: 1, maxLength: 3 }), (shown) => {
        expectNone(
          readTexts(
            slackMessage(
              shown.map((card) => ({ card, handle: 'a|0|' })),
              options,
            ),
          ),
        );
      }),
    );
  });

  it('in an embed', () => {
    fc.assert(
      fc.property(fc.array(cards, { minLength: 1, maxLength: 3 }), (shown) => {
        expectNone(readTexts(discordMessage(shown.map((card) => ({ card, handle: 'a:0:' })))));
      }),
    );
  });

  it('in a terminal', () => {
    fc.assert(
      fc.property(cards, (card) => {
        // Wide enough for no line to break within its marks.
        expectNone([renderText(card, { ...options, colour: false, width: 3_000 })]);
      }),
    );
  });

  it('in the help and on the App Home', () => {
    const help = helpCard(viewerOf('private'), '/esim-usage');
    expectNone(readTexts(slackMessage([{ card: help }], options)));
    expectNone(readTexts(discordMessage([{ card: help }])));
    const address = { platform: 'slack', asker: 'a', messageKey: 'slack:1', routes: {} } as const;
    const content = {
      pending: [{ jobId: 'reply-1', iccid: ICCID, answerAt: NOW, address }],
      recent: [cachedReply(), undefined].map((reply) => ({ iccid: ICCID, name: '0019', reply })),
      note: 'note',
    };
    const reader = { teamId: 'T1', userId: 'U1', locale: MARKED };
    for (const healthy of [true, false])
      expectNone(readTexts(homeBlocks({ ...content, healthy }, reader, NOW)));
    expectNone([...readTexts(askForm(MARKED, 'D1')), ...readTexts(helpModal(reader, NOW))]);
  });

  it('and one that was would be found', () => {
    const card = { ...helpCard(viewerOf('private'), '/esim-usage'), title: 'From outside' };
    expect(readTexts(discordMessage([{ card }])).flatMap(strayWords)).toEqual(['From', 'outside']);
    expect(strayWords(renderText(card, { ...options, colour: false, width: 3_000 }))).toEqual([
      'From',
      'outside',
    ]);
    expect(strayWords('⟦Checked ⟧<!date^1^{time}|2:00 PM UTC>, soon')).toEqual(['soon']);
  });
});

/** Does something to the bot and waits until it has worked it off. */
async function worked(it_: Pick<SlackBot, 'bot' | 'soon' | 'pass'>, act: () => unknown): Promise<void> {
  // What is current is answered with its acknowledgement, and is no question that is kept.
  const taken = () =>
    it_.bot.log.lines('Question taken').length + it_.bot.log.lines('Lookup answered').length;
  const before = taken();
  await act();
  await it_.soon('the question is taken', () => taken() > before);
  await it_.pass(1_000);
}

describe('no word of a conversation is from outside the catalogue', () => {
  it('on Slack', async () => {
    const it_ = await startSlackBot('socket');
    const { workspace } = it_.slack;
    const newest = () => {
      const post = workspace.seenBy('UANNA', 'CSUPPORT').at(-1);
      if (!post) throw new Error('Nothing was posted');
      return post;
    };
    for (const id of ['UANNA', 'UBEN']) workspace.users.set(id, { id, team_id: 'T0001', locale: MARKED });
    const push = (what: Parameters<typeof it_.slack.push>[0]) => worked(it_, () => it_.slack.push(what));
    const command = (text: string, where = {}) => push(onSlack.command(it_.slack, text, where));
    const press = (kind: string, where = {}) => push(onSlack.press(it_.slack, newest(), kind, where));

    try {
      for (const text of [
        'help',
        '891000000000',
        it_.bot.simulator.addEsims(11).join(),
        `${ACTIVE} ${VOICE}`,
      ])
        await command(text);
      await command(ACTIVE);
      for (const kind of ['esim:tell-when-fresh', 'esim:cancel', 'esim:share']) await press(kind);
      await press('esim:show', { user: 'UBEN' });
      await push(onSlack.directMessage(it_.slack, 'hello'));
      await push(onSlack.directMessage(it_.slack, VOICE));
      await push(onSlack.mention(it_.slack, 'hello'));
      await push(onSlack.mention(it_.slack, ACTIVE));
      await push(onSlack.shortcut(it_.slack, 'no number'));
      await push(onSlack.homeOpened(it_.slack));
      await command(USED_UP);
      await press('esim:cancel');
      const cancelled = structuredClone(newest());
      await press('esim:refresh');
      await it_.pass(WINDOW_MS);
      // A client that shows the old card still: there is nothing newer to be had.
      await push(onSlack.press(it_.slack, cancelled, 'esim:refresh'));
      await command(ACTIVE);
      await it_.pass(8 * 24 * 3_600_000);
      await press('esim:tell-when-fresh');
      workspace.users.set('UGUEST', { id: 'UGUEST', team_id: 'T0001', locale: MARKED, is_restricted: true });
      await command(ACTIVE, { user: 'UGUEST' });
      await it_.pass(0);
      const said = [...workspace.posts.flatMap(({ forms }) => forms), ...workspace.views.values()].flatMap(
        readTexts,
      );
      expect(said.length).toBeGreaterThan(100);
      expect(said.flatMap(strayWords)).toEqual([]);
    } finally {
      await it_.close();
    }
  });

  it('on Discord', async () => {
    const it_ = await startDiscordBot();
    const { people } = it_.discord;
    const by = { by: it_.anna, in: it_.channel, locale: MARKED };
    const dm = people.directMessages(it_.anna);
    const usage = (iccid: string) => worked(it_, () => people.usage({ ...by, iccid }));
    const write = (where: typeof dm, text: string) => worked(it_, () => people.write(it_.anna, where, text));
    const newestWith = (label: string) => {
      const message = it_.discord
        .fromBot(it_.channel)
        .findLast(({ body }) => JSON.stringify(body).includes(`"label":"⟦${label}`));
      if (!message) throw new Error(`No message with ${label}`);
      return message;
    };
    const press = (label: string, who = by, message = newestWith(label)) =>
      worked(it_, () => people.press(who, message, `⟦${label}`));

    try {
      await worked(it_, () => people.help(by));
      for (const text of ['891000000000', it_.bot.simulator.addEsims(11).join(), `${ACTIVE} ${VOICE}`])
        await usage(text);
      await usage(ACTIVE);
      for (const label of ['Notify me', 'Cancel', 'Share']) await press(label);
      await press('Show', { ...by, by: it_.ben });
      await write(dm, 'hello');
      await write(dm, VOICE);
      for (const text of ['hello', ACTIVE])
        await write(it_.channel, `<@${it_.discord.world.bot.id}> ${text}`);
      await usage(USED_UP);
      await press('Cancel');
      const cancelled = structuredClone(newestWith('Check again'));
      await press('Check again');
      it_.anna.directMessages = 'closed';
      await it_.pass(WINDOW_MS);
      await it_.shows(/answer is ready/);
      // A client that shows the old card still: there is nothing newer to be had.
      await press('Check again', by, cancelled);
      await it_.pass(8 * 24 * 3_600_000);
      await press('Share');
      it_.channel.botPermissions = 0n;
      await usage(ACTIVE);
      await press('Share');
      const said = it_.discord.calls().flatMap(({ body }) => readTexts(body));
      expect(said.length).toBeGreaterThan(50);
      expect(said.flatMap(strayWords)).toEqual([]);
    } finally {
      await it_.close();
    }
  });

  it('in a terminal', async () => {
    const it_ = await startTerminalBot({ locale: MARKED, width: 3_000 });
    const lines = [
      'help',
      ACTIVE,
      '891000000000',
      `tell ${VOICE}`,
      `cancel ${VOICE}`,
      `cancel ${VOICE}`,
      `tell ${USED_UP}`,
    ];
    try {
      for (const line of lines) it_.type(line);
      await it_.soon('the promise', () =>
        /I’ll (?:post|update)/.test(it_.output().split(VOICE).at(-1) ?? ''),
      );
      it_.clock.advance(WINDOW_MS);
      await it_.soon('the promised answer', () => it_.output().includes('The answer you were waiting for'));
      expect(strayWords(it_.output())).toEqual([]);
    } finally {
      await it_.close();
    }
  });
});
