import { afterEach, describe, expect, it } from 'vitest';
import { startBot } from '../../support/bot.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { command } from '../../support/slack/people.ts';
import { startSlack } from '../../support/slack/slack.ts';
import { APP_TOKEN, BOT_TOKEN, type Fault } from '../../support/slack/workspace.ts';
import { until } from '../../support/until.ts';
import { ACTIVE, type SlackBot, startSlackBot } from './slack-bot.ts';

let it_: SlackBot | undefined;
afterEach(async () => {
  if (it_) {
    it_.slack.away = false;
    it_.slack.upgrades = 'opened';
    it_.slack.workspace.mend();
  }
  await it_?.close();
  it_ = undefined;
});

/** A bot that has been connected for a while. */
async function connected(): Promise<SlackBot> {
  it_ = await startSlackBot('socket');
  await it_.pass(60_000);
  return it_;
}

const isReady = ({ bot }: SlackBot) => bot.app.platforms[0]?.health().ready === true;
const opens = ({ slack }: SlackBot) =>
  slack.workspace.calls.filter(({ method }) => method === 'apps.connections.open').length;

/** It answers again, and no later than fifteen seconds after `since`. */
async function isBack(bot: SlackBot, since: number): Promise<void> {
  await bot.soon('it is back', () => isReady(bot) && bot.slack.sockets.size > 0);
  expect(bot.clock.now() - since).toBeLessThanOrEqual(15_000);
  await bot.slack.push(command(bot.slack, ACTIVE));
  await bot.seen('UANNA', 'CSUPPORT');
}

describe('a socket that is lost', () => {
  it.each<[string, Fault]>([
    ['a reset', { reset: true }],
    ['a lost answer', { lostAnswer: true }],
    ['a 503', { status: 503 }],
    ['internal_error', { error: 'internal_error' }],
    ['a page of a proxy', { page: true }],
    ['a 429', { retryAfter: 1 }],
    ['no answer', { hang: true }],
  ])('is replaced although apps.connections.open first meets %s', async (_what, fault) => {
    const bot = await connected();
    bot.slack.workspace.fail('apps.connections.open', fault);
    bot.slack.cutSockets();
    await bot.soon('the loss is seen', () => !isReady(bot));
    await isBack(bot, bot.clock.now());
    expect(bot.bot.failures).toEqual([]);
  });

  it('is replaced within fifteen seconds of the end of a long outage, whose cause is logged once a minute', async () => {
    const bot = await connected();
    bot.slack.away = true;
    bot.slack.cutSockets();
    await bot.soon('the loss is seen', () => !isReady(bot));
    const lostAt = bot.clock.now();
    await bot.soon('a minute has passed', () => bot.clock.now() - lostAt > 60_000);
    expect(bot.bot.log.lines('Slack cannot be reached').length).toBeLessThanOrEqual(3);
    expect(bot.bot.app.platforms[0]?.health()).toMatchObject({ ready: false, stalled: false });
    bot.slack.away = false;
    await isBack(bot, bot.clock.now());
  });

  it('is replaced although an upgrade is accepted and never answered', async () => {
    const bot = await connected();
    bot.slack.upgrades = 'unanswered';
    bot.slack.cutSockets();
    await bot.soon('a second try', () => opens(bot) >= 3);
    bot.slack.upgrades = 'opened';
    await isBack(bot, bot.clock.now());
    await until('no connection is left over', () => bot.slack.unanswered.size === 0);
  });
});

describe('a socket whose end Slack announces', () => {
  it.each(['warning', 'refresh_requested'] as const)(
    'by %s goes on until another is open, so that nothing is missed, and is closed then',
    async (reason) => {
      const bot = await connected();
      const [old] = bot.slack.sockets;
      bot.slack.announceEnd(reason);
      await until('another is open', () => bot.slack.sockets.size === 2);
      expect(isReady(bot)).toBe(true);
      expect(old?.readyState).toBe(1);
      await bot.slack.push(command(bot.slack, ACTIVE));
      await bot.seen('UANNA', 'CSUPPORT');
      await bot.soon('the old one is closed', () => bot.slack.sockets.size === 1);
      expect(old?.readyState).toBe(3);
      expect(isReady(bot)).toBe(true);
    },
  );

  it('stays the bot’s ear while no other can be opened', async () => {
    const bot = await connected();
    bot.slack.upgrades = 'reset';
    const before = opens(bot);
    bot.slack.announceEnd('warning');
    await bot.soon('some tries have failed', () => opens(bot) - before >= 3);
    expect(isReady(bot)).toBe(true);
    await bot.slack.push(command(bot.slack, ACTIVE));
    await bot.seen('UANNA', 'CSUPPORT');
  });
});

describe('an app token', () => {
  it.each([
    ['invalid_auth', /SLACK_APP_TOKEN is wrong/],
    ['missing_scope', /SLACK_APP_TOKEN lacks connections:write/],
    ['not_allowed_token_type', /SLACK_APP_TOKEN must be an app-level token/],
  ])('refused at the start with %s ends it, and the remedy names the setting', async (code, remedy) => {
    const clock = new ManualClock();
    const slack = await startSlack('socket', clock);
    slack.workspace.refusedTokens.set(APP_TOKEN, code);
    const bot = await startBot({ clock, env: slack.env, start: false });
    await expect(bot.app.start()).rejects.toMatchObject({ remedy: expect.stringMatching(remedy) });
    await bot.stop();
    await slack.close();
  });

  it('refused while running is said with its remedy, and the socket comes back when it is taken again', async () => {
    const bot = await connected();
    bot.slack.workspace.refusedTokens.set(APP_TOKEN, 'token_revoked');
    bot.slack.cutSockets();
    await bot.soon('it is said', () => bot.bot.log.lines('SLACK_APP_TOKEN is refused').length === 1);
    expect(bot.bot.failures).toEqual([]);
    bot.slack.workspace.refusedTokens.clear();
    await bot.soon('it is back', () => isReady(bot));
    expect(bot.bot.log.lines('SLACK_APP_TOKEN is taken again')).toHaveLength(1);
  });
});

describe('the start', () => {
  it.each<[string, Fault]>([
    ['a 503', { status: 503 }],
    ['a reset', { reset: true }],
    ['a 429', { retryAfter: 3 }],
    ['a page of a proxy', { page: true }],
  ])('waits for Slack while it answers with %s', async (_what, fault) => {
    const clock = new ManualClock();
    const slack = await startSlack('socket', clock);
    slack.workspace.fail('auth.test', fault, 2);
    const bot = await startBot({ clock, env: slack.env, start: false });
    const starting = bot.app.start();
    await until('it waits', () => bot.log.lines('Slack does not answer at the start').length > 0);
    expect(bot.app.platforms[0]?.health().ready).toBe(false);
    await clock.during(starting);
    expect(bot.app.platforms[0]?.health().ready).toBe(true);
    await clock.during(bot.stop());
    await slack.close();
  });

  it('ends at once with a bot token that is refused', async () => {
    const clock = new ManualClock();
    const slack = await startSlack('socket', clock);
    slack.workspace.refusedTokens.set(BOT_TOKEN, 'account_inactive');
    const bot = await startBot({ clock, env: slack.env, start: false });
    await expect(bot.app.start()).rejects.toMatchObject({
      remedy: expect.stringContaining('install it again'),
    });
    await bot.stop();
    await slack.close();
  });
});
