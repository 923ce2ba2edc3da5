import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DiscordBot, startDiscordBot, textOf } from '../platforms/discord/discord-bot.ts';
import { startSlackBot } from '../platforms/slack/slack-bot.ts';
import { startTelegramBot } from '../platforms/telegram/telegram-bot.ts';
import type { BotUnderTest } from '../support/bot.ts';
import { type LookupServer, startLookupServer } from '../support/lookup-server.ts';
import { mention } from '../support/slack/people.ts';
import { lastForm } from '../support/slack/workspace.ts';

const EMAIL = 'anna@example.com';
const ICCID = '8910000000001000019';
const LABEL = 'Ada of order 1042';
/** What the records say, and what was asked for: none of it for everybody. */
const OF_THE_CUSTOMER = /anna@|Ada of|…0019|GB/;

let server: LookupServer;
const settings = () => ({ CUSTOMER_LOOKUP_URL: server.url, CUSTOMER_LOOKUP_SECRET: 'hidden-lookup-secret' });
beforeEach(async () => {
  server = await startLookupServer([{ label: LABEL, iccids: [ICCID] }]);
});
afterEach(() => server.close());

/** Neither in the log nor in the files of the store, which are looked at before the bot goes. */
function leavesNoTrace({ log, world }: BotUnderTest): void {
  const stored = ['store.sqlite', 'store.sqlite-wal'].map((name) =>
    readFileSync(join(world.folder, name), 'latin1'),
  );
  for (const text of [log.text(), ...stored]) expect(text).not.toContain(EMAIL);
}

describe('an e-mail in a mention on Discord', () => {
  let it_: DiscordBot;
  const publicly = () =>
    it_.discord
      .fromBot(it_.channel)
      .filter(({ onlyFor }) => onlyFor === undefined)
      .flatMap(({ history }) => history.map((body) => JSON.stringify(body)));
  const ask = (text: string, by = it_.anna) =>
    it_.discord.people.write(by, it_.channel, `<@${it_.discord.world.bot.id}> ${text}`);
  beforeEach(async () => {
    it_ = await startDiscordBot(() => settings());
  });
  afterEach(async () => {
    expect(publicly().join()).not.toMatch(OF_THE_CUSTOMER);
    leavesNoTrace(it_.bot);
    await it_.close();
  });
  const dmOf = (who = it_.anna) => it_.discord.people.directMessages(who);

  it('is answered in the direct message, and the channel reads only that it was', async () => {
    ask(`whose is it? ${EMAIL}`);
    const shown = await it_.shows(/1\.3\sGB left of 5\sGB/, dmOf());
    expect(textOf(shown)).toContain(LABEL);
    await it_.shows(/separate message/);
    expect(publicly()).toHaveLength(1);
    expect(it_.discord.fromBot(dmOf())).toHaveLength(1);
  });

  it('is answered with the way to ask where the direct message is closed, and nobody’s records are asked', async () => {
    it_.anna.directMessages = 'closed';
    ask(EMAIL);
    await it_.shows(/only in private.*esim-usage/);
    expect(server.heard).toEqual([]);
  });

  it('of somebody who may not ask is refused in private', async () => {
    ask(EMAIL, it_.ben);
    await it_.shows(/manage this server/, dmOf(it_.ben));
    await it_.shows(/separate message/);
    expect(server.heard).toEqual([]);
  });

  it('is no more than talk where nothing is asked', async () => {
    ask('thank you all');
    await it_.shows(/found no ICCID/);
    expect(it_.discord.fromBot(dmOf())).toEqual([]);
  });
});

it('an e-mail in a mention on Slack is answered to the asker alone', async () => {
  const it_ = await startSlackBot('socket', settings());
  const { workspace } = it_.slack;
  await it_.slack.push(mention(it_.slack, `who is <mailto:${EMAIL}|${EMAIL}>`));
  await it_.soon('the answer', () =>
    /GB left of/.test(JSON.stringify(workspace.seenBy('UANNA', 'CSUPPORT').map(lastForm))),
  );
  expect(workspace.publicIn('CSUPPORT')).toEqual([]);
  leavesNoTrace(it_.bot);
  await it_.close();
});

describe('an e-mail in a Telegram group', () => {
  it.each(['anna', 'cleo'] as const)('says nothing of the customer there, asked by %s', async (who) => {
    const it_ = await startTelegramBot(({ anna, cleo }) => ({
      TELEGRAM_ALLOWED_USERS: `${anna.id},${cleo.id}`,
      ...settings(),
    }));
    const { people, world } = it_.telegram;
    people.write(it_[who], it_.group, `@esim_usage_bot ${EMAIL}`);
    // Cleo has never opened the private chat: the group reads how to.
    if (who === 'anna') await it_.shows(/1\.3\sGB left of 5\sGB/);
    else await it_.shows(/answer in private/, it_.group);
    const inGroup = world.fromBot(it_.group.id).map(({ text, html }) => `${text}${html}`);
    expect(inGroup.join()).not.toMatch(OF_THE_CUSTOMER);
    expect(inGroup).toHaveLength(who === 'anna' ? 0 : 1);
    leavesNoTrace(it_.bot);
    await it_.close();
  });
});
