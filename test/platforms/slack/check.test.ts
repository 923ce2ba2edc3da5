import { createServer } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/clock.ts';
import { readConfig } from '../../../src/config.ts';
import type { Finding } from '../../../src/ops/doctor.ts';
import { checkSlack } from '../../../src/platforms/slack/check.ts';
import { checkSlackCards } from '../../../src/platforms/slack/check-cards.ts';
import { type BotUnderTest, startBot } from '../../support/bot.ts';
import { listen } from '../../support/listen.ts';
import { type SlackStandIn, startSlack, type TransportKind } from '../../support/slack/slack.ts';
import { BOT_TOKEN, type Workspace } from '../../support/slack/workspace.ts';

let slack: SlackStandIn;
let bot: BotUnderTest | undefined;
afterEach(async () => {
  await bot?.stop();
  await slack.close();
  bot = undefined;
});

/** What the doctor finds of Slack, with these changes to the settings. */
async function findings(env: Readonly<Record<string, string>> = {}, port = 9): Promise<Finding[]> {
  const config = readConfig({ ...slack.env, ...env });
  if (!config.slack) throw new Error('Slack is not configured');
  return checkSlack(config.slack, { host: '127.0.0.1', port });
}

async function start(kind: TransportKind): Promise<Workspace> {
  slack = await startSlack(kind, systemClock);
  return slack.workspace;
}

/** Starts a bot that answers Slack over HTTP, and tells its port. */
async function botOverHttp(env: Readonly<Record<string, string>> = {}): Promise<number> {
  bot = await startBot({ clock: systemClock, serveHttp: true, env: { ...slack.env, ...env } });
  return Number(new URL(bot.httpUrl).port);
}

describe("the doctor's look at Slack", () => {
  it('names the scope that the installed app lacks', async () => {
    const workspace = await start('socket');
    workspace.scopes.delete('im:history');
    expect(await findings()).toContainEqual({
      level: 'error',
      what: 'missing scopes: im:history',
      remedy: expect.stringContaining('install the app again'),
    });
  });

  it('wants usergroups:read only where user groups are allowed', async () => {
    const workspace = await start('socket');
    workspace.scopes.delete('usergroups:read');
    expect((await findings()).map(({ level }) => level)).toEqual(['ok', 'ok']);
    const [, lacking] = await findings({ SLACK_ALLOWED_USERGROUPS: 'S0001' });
    expect(lacking?.what).toBe('missing scopes: usergroups:read');
  });
});

describe("the doctor's look at user groups", () => {
  it.each(['SLACK_BALANCE_USERGROUPS', 'SLACK_ALLOWED_USERGROUPS'])(
    'names one of %s that is not there or empty',
    async (setting) => {
      const workspace = await start('socket');
      workspace.groups.set('SFULL', ['UANNA']);
      workspace.groups.set('SEMPTY', []);
      const found = (await findings({ [setting]: 'SFULL,SEMPTY,SNONE' })).filter(({ what }) =>
        what.startsWith(setting),
      );
      expect(found).toEqual([
        { level: 'ok', what: `${setting}: SFULL has 1 members` },
        expect.objectContaining({ level: 'warning', what: expect.stringContaining('SEMPTY has no members') }),
        expect.objectContaining({ level: 'error', remedy: expect.stringContaining('Copy group ID') }),
      ]);
    },
  );
});

describe('what keeps the doctor from Slack', () => {
  it('is told as a wait where Slack asks to wait, and no word about the token', async () => {
    (await start('socket')).fail('auth.test', { retryAfter: 30 });
    expect(await findings()).toEqual([
      expect.objectContaining({ level: 'warning', what: expect.stringContaining('asks to wait (429)') }),
    ]);
  });

  it.each([200, 403, 503])('is told as somebody else where a page comes back (%s)', async (status) => {
    await start('socket');
    const page = await listen(
      createServer((_request, response) => {
        response.writeHead(status, { 'content-type': 'text/html' }).end('<html>Blocked</html>');
      }),
    );
    const [finding] = await findings({ SLACK_API_URL: `${page.url}/api/` });
    await page.close();
    expect(finding).toMatchObject({
      level: 'error',
      what: expect.stringContaining('no answer of Slack’s own'),
      remedy: expect.stringContaining('HTTPS_PROXY'),
    });
  });
});

describe("the doctor's look at SLACK_ALERT_CHANNEL", () => {
  const alertChannel = async (id = 'CSUPPORT') => (await findings({ SLACK_ALERT_CHANNEL: id })).at(-1);

  it('is content with a channel the bot is in', async () => {
    await start('socket');
    expect(await alertChannel()).toEqual({ level: 'ok', what: 'alerts can be posted to #support' });
  });

  it.each<[string, string, (workspace: Workspace) => void, RegExp, RegExp]>([
    ['the bot is not in it', 'CELSEWHERE', () => undefined, /no member of #elsewhere/, /\/invite @bot/],
    ['there is none', 'CNOWHERE', () => undefined, /channel_not_found/, /channel's id/],
    [
      'it is private and the bot is not in it',
      'CELSEWHERE',
      (workspace) => {
        workspace.privateChannels.add('CELSEWHERE');
        workspace.scopes.add('groups:read');
      },
      /channel_not_found/,
      /\/invite @bot/,
    ],
    ['it is archived', 'CSUPPORT', (workspace) => workspace.archived.add('CSUPPORT'), /archived/, /Restore/],
  ])('names the remedy when %s', async (_, id, breakIt, what, remedy) => {
    breakIt(await start('socket'));
    const finding = await alertChannel(id);
    expect(finding).toMatchObject({ level: 'error' });
    expect(finding?.what).toMatch(what);
    expect(finding?.remedy).toMatch(remedy);
  });

  it('only warns where the app may not look, since posting takes no such scope', async () => {
    const workspace = await start('socket');
    workspace.scopes.delete('channels:read');
    expect(await alertChannel()).toMatchObject({
      level: 'warning',
      what: expect.stringContaining('channels:read'),
      remedy: expect.stringContaining('/invite @bot'),
    });
  });

  it('only warns when Slack gives no answer about it', async () => {
    const workspace = await start('socket');
    workspace.fail('conversations.info', { retryAfter: 30 });
    expect(await alertChannel()).toMatchObject({
      level: 'warning',
      remedy: expect.stringContaining('again'),
    });
  });
});

describe("the doctor's look at Slack over HTTP", () => {
  it('has the bot that runs here answer what Slack would sign, and nobody hears of it', async () => {
    await start('http');
    const port = await botOverHttp();
    expect((await findings({}, port)).at(-1)).toMatchObject({
      level: 'ok',
      what: expect.stringContaining(`POST /slack/events at 127.0.0.1:${port} answers`),
    });
    expect(bot?.log.lines('Question taken')).toEqual([]);
  });

  it('only warns when no bot runs here', async () => {
    await start('http');
    expect((await findings()).at(-1)).toMatchObject({
      level: 'warning',
      what: expect.stringContaining('no bot runs at 127.0.0.1:9'),
      remedy: expect.stringContaining('Start the bot'),
    });
  });

  it('only warns when the port is left to the system', async () => {
    await start('http');
    expect((await findings({}, 0)).at(-1)).toMatchObject({
      level: 'warning',
      remedy: expect.stringContaining('PORT'),
    });
  });

  it('names the signing secret when the running bot has another', async () => {
    await start('http');
    const port = await botOverHttp({ SLACK_SIGNING_SECRET: 'an-earlier-secret' });
    const finding = (await findings({}, port)).at(-1);
    expect(finding).toMatchObject({
      level: 'error',
      what: expect.stringContaining('answers 401'),
      remedy: expect.stringContaining('SLACK_SIGNING_SECRET'),
    });
  });

  it('says so when something else answers there', async () => {
    await start('http');
    const finding = (await findings({}, Number(new URL(slack.responseUrl('x')).port))).at(-1);
    expect(finding).toMatchObject({
      level: 'error',
      remedy: expect.stringContaining('Another program'),
    });
  });
});

describe("the doctor's look at the cards", () => {
  const cards = () =>
    checkSlackCards({ botToken: BOT_TOKEN, apiUrl: String(slack.env.SLACK_API_URL) }, systemClock);

  it('sends each to the validator of Slack, and says that all are taken', async () => {
    const workspace = await start('socket');
    const [found, ...more] = await cards();
    expect(found?.what).toMatch(/^Slack takes (\d+) of \1 kinds of card$/);
    expect(more).toEqual([]);
    expect(workspace.calls.filter(({ method }) => method === 'blocks.validate').length).toBeGreaterThan(40);
    expect(workspace.posts).toEqual([]);
  });

  it('names what is refused, and warns only where an older form is taken', async () => {
    const workspace = await start('socket');
    workspace.refusedBlocks.add('data_table');
    workspace.refusedBlocks.add('input');
    const [found, ...more] = await cards();
    expect(found?.what).toMatch(/^Slack takes/);
    expect(more).toContainEqual({
      level: 'warning',
      what: expect.stringMatching(/^"Several eSIMs": .* does not take the newest form.*\/blocks\/1\/type/),
    });
    expect(more).toContainEqual({
      level: 'error',
      what: expect.stringContaining('Slack refuses "The form that checks an eSIM": invalid_view'),
      remedy: expect.any(String),
    });
  });

  it('waits where Slack asks it to, and says of a refused token what to do', async () => {
    const workspace = await start('socket');
    workspace.fail('blocks.validate', { retryAfter: 0 }, 2);
    expect(await cards()).toHaveLength(1);
    workspace.refusedTokens.set(BOT_TOKEN, 'token_revoked');
    expect(await cards()).toEqual([
      {
        level: 'error',
        what: expect.stringContaining('token_revoked'),
        remedy: expect.stringContaining('install'),
      },
    ]);
  });
});
