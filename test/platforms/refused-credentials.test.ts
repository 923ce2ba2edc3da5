import { afterEach, describe, expect, it } from 'vitest';
import {
  type Answer,
  answerWell,
  grantToken,
  refuseToken,
  startStandIn,
} from '../support/airalo-stand-in.ts';
import { type BotUnderTest, startBot } from '../support/bot.ts';
import { type DiscordStandIn, startDiscord } from '../support/discord/discord.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { untilLater } from '../support/passing-time.ts';
import { command } from '../support/slack/people.ts';
import { type SlackStandIn, startSlack } from '../support/slack/slack.ts';
import { BOT_TOKEN, lastForm } from '../support/slack/workspace.ts';

const ICCID = '8910000000001000019';
let clock: ManualClock;
let slack: SlackStandIn;
let discord: DiscordStandIn;
let bot: BotUnderTest;

async function startBoth(env: Readonly<Record<string, string>> = {}) {
  clock = new ManualClock();
  slack = await startSlack('socket', clock);
  discord = await startDiscord(clock);
  const owner = discord.people.person('owner');
  const guild = discord.people.guild('Support', owner);
  const channel = discord.people.channel(guild);
  bot = await startBot({
    clock,
    serveHttp: true,
    env: {
      ...slack.env,
      SLACK_ALERT_CHANNEL: 'CSUPPORT',
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      DISCORD_ALERT_CHANNEL: channel.id,
      ...env,
    },
  });
  return { channel, inDiscord: () => discord.fromBot(channel).map(({ body }) => body.content ?? '') };
}

afterEach(async () => {
  await clock.during(bot.stop());
  await slack.close();
  await discord.close();
});

const soon = <T>(what: string, condition: () => T | undefined | false) =>
  untilLater(clock, what, condition, 100);
const get = async (path: string) => (await fetch(`${bot.httpUrl}${path}`)).text();

describe('a Slack token that is revoked while the bot runs', () => {
  it('is in /readyz, the metrics, the log once and the alert channel of Discord, as is its end; the asker hears the truth', async () => {
    const { inDiscord } = await startBoth();
    slack.workspace.refusedTokens.set(BOT_TOKEN, 'token_revoked');
    // Nobody has asked anything: the bot finds out by itself.
    await soon('Discord is told', () => inDiscord().length === 1);
    expect(inDiscord()[0]).toMatch(
      /Slack doesn’t accept the bot’s credentials .{2}SLACK_BOT_TOKEN[\s\S]*was revoked/,
    );
    expect(await get('/readyz')).toMatch(/NOT READY slack: SLACK_BOT_TOKEN is refused .token_revoked./);
    expect(await get('/metrics')).toContain('esim_credentials_refused{service="slack"} 1');
    await slack.push(command(slack, ICCID));
    await soon('an answer', () => slack.workspace.seenBy('UANNA', 'CSUPPORT').length > 0);
    expect(lastForm(slack.workspace.seenBy('UANNA', 'CSUPPORT').at(-1)).text).toMatch(
      /credentials are refused here/,
    );
    slack.workspace.refusedTokens.clear();
    await soon('Discord is told of the end', () => inDiscord().length === 2);
    expect(inDiscord()[1]).toMatch(/accepts the bot’s credentials again/);
    expect(await get('/readyz')).not.toContain('SLACK_BOT_TOKEN');
    expect(await get('/metrics')).toContain('esim_platform_connected{platform="slack"} 1');
    expect(bot.log.lines('SLACK_BOT_TOKEN is refused')).toHaveLength(1);
    expect(bot.failures).toEqual([]);
  });
});

describe('credentials that Airalo refuses while the bot runs', () => {
  it('are in /readyz, the metrics, the log once and the alert channel of both platforms; the asker hears the truth', async () => {
    let isRefused = false;
    const either =
      (well: Answer): Answer =>
      (response, request) =>
        (isRefused ? refuseToken : well)(response, request);
    const airalo = await startStandIn({ token: either(grantToken), usage: either(answerWell) });
    const { inDiscord } = await startBoth({ AIRALO_BASE_URL: airalo.url });
    const inSlack = () => slack.workspace.publicIn('CSUPPORT').map((post) => lastForm(post).text);
    isRefused = true;
    await slack.push(command(slack, ICCID));
    await soon('both are told', () => inDiscord().length === 1 && inSlack().length === 1);
    for (const told of [inDiscord()[0], inSlack()[0]])
      expect(told).toMatch(/Airalo doesn’t accept the bot’s credentials[\s\S]*AIRALO_/);
    expect(await get('/readyz')).toMatch(/NOT READY airalo: .*AIRALO_/);
    expect(await get('/metrics')).toContain('esim_credentials_refused{service="airalo"} 1');
    await soon('an answer', () => slack.workspace.seenBy('UANNA', 'CSUPPORT').length > inSlack().length);
    expect(lastForm(slack.workspace.seenBy('UANNA', 'CSUPPORT').find(({ onlyFor }) => onlyFor)).text).toMatch(
      /Airalo isn’t letting me in/,
    );
    expect(bot.log.lines('is refused')).toHaveLength(1);
    await airalo.close();
  });
});

describe('a connection that Discord closes for good while Slack works', () => {
  it('leaves Slack served and its alert channel told, and is tried again', async () => {
    await startBoth();
    discord.gateway.refuseWith(4014);
    discord.gateway.closeAll(4014);
    const told = () => slack.workspace.publicIn('CSUPPORT').map((post) => lastForm(post).text);
    await soon('Slack is told', () => told().length === 1);
    expect(told()[0]).toMatch(/Discord refuses[\s\S]*intent/);
    expect(bot.failures).toEqual([]);
    expect(await get('/readyz')).toMatch(/NOT READY discord/);
    discord.gateway.refuseWith(undefined);
    await soon('Slack is told of the end', () => told().length === 2);
    expect(await get('/readyz')).toMatch(/ok discord: gateway connected/);
  });
});
