import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { createWorld, endWorld, envOf, type World } from '../support/bot.ts';
import { hasLogged, type RunningCommand, runCommand, startCommand } from '../support/command.ts';
import { BEHIND_PROXY, type ConnectProxy, startConnectProxy } from '../support/connect-proxy.ts';
import { type DiscordStandIn, startDiscord } from '../support/discord/discord.ts';
import { command } from '../support/slack/people.ts';
import { type SlackStandIn, startSlack } from '../support/slack/slack.ts';
import { lastForm } from '../support/slack/workspace.ts';
import { untilElsewhere } from '../support/until.ts';

let world: World;
let proxy: ConnectProxy;
let slack: SlackStandIn;
let discord: DiscordStandIn;
let bot: RunningCommand | undefined;

beforeEach(async () => {
  world = await createWorld(systemClock);
  proxy = await startConnectProxy();
  slack = await startSlack('socket', systemClock, { reachedAs: BEHIND_PROXY });
  discord = await startDiscord(systemClock, { reachedAs: BEHIND_PROXY });
});
afterEach(async () => {
  bot?.signal('SIGKILL');
  await bot?.ended;
  await slack.close();
  await discord.close();
  await proxy.close();
  await endWorld(world);
});

/** Everybody is reached by a name that only the proxy knows. */
const env = (changes: Readonly<Record<string, string>> = {}) => ({
  ...envOf(world),
  AIRALO_BASE_URL: world.simulator.url.replace('127.0.0.1', BEHIND_PROXY),
  ...slack.env,
  DISCORD_TOKEN: discord.token,
  DISCORD_API_URL: discord.apiUrl,
  HTTP_PROXY: proxy.url,
  HTTPS_PROXY: proxy.url,
  ...changes,
});
const portOf = (url: string) => new URL(url).port;

describe('a bot that gets out through a proxy alone', () => {
  it('reaches Airalo, Slack’s Web API, socket and response URLs, Discord’s REST and gateway', async () => {
    const [iccid = ''] = world.simulator.addEsims(1);
    bot = startCommand(['start'], world.folder, env());
    await hasLogged(bot, 'Connected to Slack');
    await hasLogged(bot, 'Connected to Discord');
    await untilElsewhere('the socket', () => slack.sockets.size > 0);
    await slack.push(command(slack, iccid));
    await untilElsewhere('the answer', () =>
      /500\sMB/.test(lastForm(slack.workspace.seenBy('UANNA', 'CSUPPORT')[0])?.text ?? ''),
    );
    for (const url of [world.simulator.url, slack.responseUrl('x'), discord.apiUrl])
      expect(proxy.tunnels).toContain(`${BEHIND_PROXY}:${portOf(url)}`);
    expect(proxy.plain).toEqual([]);
    expect(bot.said().err).not.toMatch(/"level":"(error|fatal)"/);
  });

  it('does not get out where NO_PROXY names them', async () => {
    bot = startCommand(['doctor'], world.folder, env({ NO_PROXY: '.invalid' }));
    const { code, out } = await bot.ended;
    expect(code).toBe(1);
    expect(out).toMatch(/Airalo +ERROR/);
    expect(proxy.tunnels).toEqual([]);
  });
});

describe('the doctor behind a proxy', () => {
  it('says which is used, without its password, and reaches everybody through it', async () => {
    const url = proxy.url.replace('http://', 'http://bot:hidden-password@');
    const { code, out } = await runCommand(
      ['doctor'],
      world.folder,
      env({ HTTPS_PROXY: url, HTTP_PROXY: url }),
    );
    expect(out).toMatch(new RegExp(`Network +ok +https through ${proxy.url}, .*this computer directly`));
    for (const name of ['Airalo', 'Slack', 'Discord']) expect(out).toMatch(new RegExp(`^${name} +ok `, 'm'));
    expect(out).not.toContain('hidden-password');
    expect(code).toBe(0);
  });
});
