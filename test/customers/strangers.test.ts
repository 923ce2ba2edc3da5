import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startDiscordBot, textOf } from '../platforms/discord/discord-bot.ts';
import { startSlackBot } from '../platforms/slack/slack-bot.ts';
import { startTelegramBot } from '../platforms/telegram/telegram-bot.ts';
import type { BotUnderTest } from '../support/bot.ts';
import { type LookupServer, startLookupServer } from '../support/lookup-server.ts';
import { command, directMessage, mention } from '../support/slack/people.ts';
import { lastForm } from '../support/slack/workspace.ts';

const EMAIL = 'anna@example.com';
/** No number that an answer has as its example. */
const ICCID = '8910000000001000035';

let server: LookupServer;
let env: Record<string, string>;
let ends: (() => Promise<void>)[];
beforeEach(async () => {
  server = await startLookupServer([{ label: 'Order #1042', iccids: [ICCID] }]);
  env = { CUSTOMER_LOOKUP_URL: server.url, CUSTOMER_LOOKUP_SECRET: 'lookup-secret' };
  ends = [];
});
afterEach(async () => {
  for (const end of ends) await end();
  await server.close();
});

/** Nobody was asked, and nothing of the customer stands in what was shown, nor in the log. */
async function expectNothing({ simulator, log, app }: BotUnderTest, shown: readonly string[]): Promise<void> {
  expect(server.heard).toEqual([]);
  expect([...simulator.calls, ...simulator.detailCalls]).toEqual([]);
  expect(shown.join()).not.toMatch(/0035|1042|eSIMs? match/);
  expect(log.text()).not.toContain(EMAIL);
  const rows = await app.store.audit.recent({ limit: 20 });
  expect(rows.filter(({ outcome }) => /found/.test(outcome))).toEqual([]);
}

describe('an e-mail asked by a stranger on Slack', () => {
  const STRANGERS = {
    'a guest': { id: 'USTRANGER', team_id: 'T0001', is_restricted: true },
    'somebody of another company': { id: 'USTRANGER', team_id: 'T9999', is_stranger: true },
    'a member without the group': { id: 'USTRANGER', team_id: 'T0001' },
  };
  const WAYS = { 'a command': command, 'a direct message': directMessage, 'a mention': mention };
  const cases = Object.entries(STRANGERS).flatMap(([who, user]) =>
    Object.entries(WAYS).map(([way, push]) => [who, way, user, push] as const),
  );

  it.each(cases)('by %s in %s is refused, and nobody is asked', async (_who, way, user, push) => {
    const settings = { ...env, SLACK_ALLOWED_USERGROUPS: 'S0001' };
    const it_ = await startSlackBot('socket', settings, {}, (workspace) => {
      workspace.users.set(user.id, user);
      workspace.groups.set('S0001', ['UANNA']);
      workspace.members.get('CSUPPORT')?.add(user.id);
    });
    ends.push(() => it_.close());
    const where = way === 'a direct message' ? it_.slack.workspace.directMessageOf(user.id) : 'CSUPPORT';
    await it_.slack.push(push(it_.slack, EMAIL, { user: user.id }));
    const posts = () => it_.slack.workspace.seenBy(user.id, where);
    await it_.soon('the refusal', () => /Not allowed/.test(JSON.stringify(lastForm(posts().at(-1)))));
    await expectNothing(
      it_.bot,
      posts().map((post) => JSON.stringify(post)),
    );
    expect(it_.slack.workspace.publicIn('CSUPPORT')).toEqual([]);
  });
});

describe('an e-mail asked by a stranger on Discord', () => {
  const startDiscord = async () => {
    const it_ = await startDiscordBot(() => env);
    ends.push(() => it_.close());
    return it_;
  };

  it('by a command is refused, and nobody is asked', async () => {
    const it_ = await startDiscord();
    it_.discord.people.usage({ by: it_.ben, in: it_.channel, iccid: EMAIL });
    const refusal = await it_.shows(/manage this server/);
    expect(refusal.onlyFor).toBe(it_.ben.id);
    await expectNothing(it_.bot, [textOf(refusal)]);
  });

  it('by a direct message is refused, also of one who shares no server with the bot', async () => {
    const it_ = await startDiscord();
    for (const stranger of [it_.ben, it_.discord.people.person('stranger')]) {
      const own = it_.discord.people.directMessages(stranger);
      it_.discord.people.write(stranger, own, EMAIL);
      await expectNothing(it_.bot, [textOf(await it_.shows(/manage this server|full members/, own))]);
    }
  });

  it('by a mention is refused in the direct message, and nobody is asked', async () => {
    const it_ = await startDiscord();
    it_.discord.people.write(it_.ben, it_.channel, `<@${it_.discord.world.bot.id}> ${EMAIL}`);
    const said = [
      ...(await it_.answers(it_.channel)),
      ...(await it_.answers(it_.discord.people.directMessages(it_.ben))),
    ];
    await expectNothing(it_.bot, said.map(textOf));
  });
});

it('an e-mail asked by a stranger on Telegram is refused, in the group and in private', async () => {
  const it_ = await startTelegramBot(({ anna }) => ({ ...env, TELEGRAM_ALLOWED_USERS: `${anna.id}` }));
  ends.push(() => it_.close());
  const { people, world } = it_.telegram;
  const said = () => [it_.ben, it_.group].flatMap(({ id }) => world.fromBot(id)).map(({ text }) => text);
  const refusals = () => said().filter((text) => text.includes(String(it_.ben.id)));
  people.write(it_.ben, it_.ben, EMAIL);
  await it_.soon('the refusal', () => refusals().length === 1);
  people.write(it_.ben, it_.group, `/usage ${EMAIL}`);
  await it_.soon('a second one', () => refusals().length === 2);
  await expectNothing(it_.bot, said());
});
