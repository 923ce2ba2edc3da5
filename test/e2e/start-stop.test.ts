import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { createWorld, endWorld, envOf, type World } from '../support/bot.ts';
import { hasLogged, type RunningCommand, startCommand } from '../support/command.ts';
import { type DiscordStandIn, startDiscord } from '../support/discord/discord.ts';
import { type SlackStandIn, startSlack } from '../support/slack/slack.ts';
import { APP_TOKEN, BOT_TOKEN } from '../support/slack/workspace.ts';
import { untilElsewhere } from '../support/until.ts';

let world: World;
let slack: SlackStandIn;
let discord: DiscordStandIn;
let bot: RunningCommand | undefined;

beforeEach(async () => {
  world = await createWorld(systemClock);
  slack = await startSlack('socket', systemClock);
  discord = await startDiscord(systemClock);
});
afterEach(async () => {
  bot?.signal('SIGKILL');
  await bot?.ended;
  bot = undefined;
  await slack.close();
  await discord.close();
  await endWorld(world);
});

const discordEnv = () => ({ DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl });

function start(envs: readonly Readonly<Record<string, string>>[], fromDist: boolean): RunningCommand {
  bot = startCommand(['start'], world.folder, Object.assign(envOf(world), ...envs), { fromDist });
  return bot;
}
/** With the same code in it: what the other side does is tried on it, not how the program is loaded. */
const startBundle = (...envs: Readonly<Record<string, string>>[]) => start(envs, false);
const startDist = (...envs: Readonly<Record<string, string>>[]) => start(envs, true);

const NEVER_AFTER_STOPPED = /"level":"(error|fatal)"|was lost|unheard/;

async function endsCleanly(running: RunningCommand): Promise<void> {
  running.signal('SIGTERM');
  const ended = await running.ended;
  expect(ended.code).toBe(0);
  expect(ended.err.split('"msg":"Stopped"')[1] ?? 'no word of it').not.toMatch(/"level"/);
  expect(ended.err.split('Finishing what is being sent')[1]).not.toMatch(NEVER_AFTER_STOPPED);
}

async function readyz(running: RunningCommand): Promise<{ status: number; text: string }> {
  const port = await untilElsewhere('the port', () => /"port":(\d+)/.exec(running.said().err)?.[1]);
  const response = await fetch(`http://127.0.0.1:${port}/readyz`);
  return { status: response.status, text: await response.text() };
}

describe('a start while one platform is away', () => {
  it('serves with the other, says which is missing, and connects when it is back', async () => {
    slack.workspace.fail('auth.test', { status: 503 }, 1_000);
    const running = startDist(slack.env, discordEnv());
    await hasLogged(running, 'Connected to Discord');
    const missing = await readyz(running);
    expect(missing).toMatchObject({
      status: 503,
      text: expect.stringMatching(/NOT READY slack: .*HTTP 503/),
    });
    expect(missing.text).toMatch(/ok discord: gateway connected/);
    expect(missing.text).toMatch(/ok worker/);
    slack.workspace.mend();
    await hasLogged(running, 'The bot is ready');
    expect(await readyz(running)).toMatchObject({ status: 200 });
    await endsCleanly(running);
  });
});

describe('a start with credentials that are refused', () => {
  it.each([
    ['SLACK_BOT_TOKEN', BOT_TOKEN, 'invalid_auth', /Remedy: SLACK_BOT_TOKEN is wrong/],
    ['SLACK_APP_TOKEN', APP_TOKEN, 'missing_scope', /Remedy: SLACK_APP_TOKEN lacks connections:write/],
  ])(
    '%s ends the process with 1 and the remedy, although Discord lets it in',
    async (_n, token, code, remedy) => {
      slack.workspace.refusedTokens.set(token, code);
      const ended = await startBundle(slack.env, discordEnv()).ended;
      expect(ended.code).toBe(1);
      expect(ended.err).toMatch(remedy);
      expect(ended.err.split('"msg":"Stopped"')[1]).not.toMatch(/"level"/);
      await untilElsewhere('Discord is left', () => discord.gateway.connected() === 0);
    },
  );
});

describe('SIGTERM', () => {
  it('ends a running bot with 0, without a word of a lost connection', async () => {
    const running = startDist(slack.env, discordEnv());
    await hasLogged(running, 'The bot is ready');
    await endsCleanly(running);
  });

  it('ends with 0 while a platform does not answer', async () => {
    slack.workspace.fail('auth.test', { hang: true }, 100);
    const running = startBundle(slack.env, discordEnv());
    await hasLogged(running, 'Connected to Discord');
    await endsCleanly(running);
  });

  it('ends with 0, too, while the store is being opened', async () => {
    const running = startDist(slack.env, discordEnv());
    await untilElsewhere('the store is being opened', () => existsSync(join(world.folder, 'store.sqlite')));
    running.signal('SIGTERM');
    const ended = await running.ended;
    expect(ended.code).toBe(0);
    expect(ended.err).not.toMatch(/"level":"(error|fatal)"|The bot is ready/);
  });

  it('ends with 0 while Discord accepts connections and never answers', async () => {
    discord.gateway.upgrades = 'unanswered';
    const running = startBundle(slack.env, discordEnv());
    await hasLogged(running, 'Connected to Slack');
    await endsCleanly(running);
  });
});
