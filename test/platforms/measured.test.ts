import { afterEach, describe, expect, it } from 'vitest';
import type { BotUnderTest } from '../support/bot.ts';
import { command, directMessage } from '../support/slack/people.ts';
import { type DiscordBot, startDiscordBot } from './discord/discord-bot.ts';
import { ACTIVE, type SlackBot, startSlackBot, USED_UP, WINDOW_MS } from './slack/slack-bot.ts';

let running: SlackBot | DiscordBot | undefined;
afterEach(() => running?.close());

/** The lines of `/metrics` that begin like this and have counted something; each is there at 0 from the start. */
async function samples({ httpUrl }: BotUnderTest, start: string): Promise<string[]> {
  const text = await (await fetch(`${httpUrl}/metrics`)).text();
  return text.split('\n').filter((line) => line.startsWith(start) && !line.endsWith(' 0'));
}

const ACKNOWLEDGED = 'esim_acknowledgement_seconds_count';
const DELIVERED = 'esim_delivery_seconds_count';

describe('what the bot measures of', () => {
  it.each(['socket', 'http'] as const)('Slack over %s: acknowledgements and deliveries', async (kind) => {
    const slack = await startSlackBot(kind, {}, { serveHttp: true });
    running = slack;
    await slack.slack.push(command(slack.slack, USED_UP));
    await slack.seen('UANNA', 'CSUPPORT');
    await slack.slack.push(directMessage(slack.slack, ACTIVE));
    await slack.seen('UANNA', 'DANNA');
    expect(await samples(slack.bot, ACKNOWLEDGED)).toEqual([
      `${ACKNOWLEDGED}{platform="slack",outcome="sent"} 2`,
    ]);
    await slack.pass(WINDOW_MS);
    await slack.soon('the promised answer', () => /GB/.test(slack.newestText()));
    await slack.soon('its measure', async () => (await samples(slack.bot, DELIVERED)).length > 0);
    expect(await samples(slack.bot, DELIVERED)).toEqual([
      `${DELIVERED}{platform="slack",outcome="delivered"} 1`,
    ]);
  });

  it('Discord: acknowledgements and deliveries, and what was lost of them', async () => {
    const discord = await startDiscordBot(undefined, { serveHttp: true });
    running = discord;
    const { anna, channel } = discord;
    const by = { by: anna, in: channel };
    discord.discord.people.usage({ ...by, iccid: USED_UP });
    await discord.answers();
    expect(await samples(discord.bot, ACKNOWLEDGED)).toEqual([
      `${ACKNOWLEDGED}{platform="discord",outcome="sent"} 1`,
    ]);
    discord.discord.failNext('callback', { kind: 'code', status: 404, code: 10062 });
    discord.discord.people.usage({ ...by, iccid: ACTIVE });
    const lost = `${ACKNOWLEDGED}{platform="discord",outcome="lost"} 1`;
    await discord.soon('the lost one', async () => (await samples(discord.bot, ACKNOWLEDGED)).includes(lost));
    discord.discord.failNext('open-dm', { kind: 'status', status: 503 }, 3);
    await discord.pass(WINDOW_MS);
    const retried = `${DELIVERED}{platform="discord",outcome="retry"} 1`;
    const delivered = `${DELIVERED}{platform="discord",outcome="delivered"} 1`;
    await discord.soon('both tries', async () => (await samples(discord.bot, DELIVERED)).length === 2);
    expect((await samples(discord.bot, DELIVERED)).sort()).toEqual([delivered, retried]);
  });
});
