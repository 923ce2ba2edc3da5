import { createServer } from 'node:http';
import { ApplicationFlags, GatewayIntentBits, PermissionFlagsBits } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/clock.ts';
import { readConfig } from '../../../src/config.ts';
import { howToRun } from '../../../src/how-to-run.ts';
import type { Finding } from '../../../src/ops/doctor.ts';
import { checkDiscord } from '../../../src/platforms/discord/check.ts';
import { checkIntents } from '../../../src/platforms/discord/check-intents.ts';
import { GATEWAY_INTENTS } from '../../../src/platforms/discord/client-options.ts';
import { registerCommands } from '../../../src/platforms/discord/commands.ts';
import { type DiscordStandIn, startDiscord } from '../../support/discord/discord.ts';
import { type Channel, EVERYTHING_NEEDED, type Guild } from '../../support/discord/world.ts';
import { listen } from '../../support/listen.ts';
import { captureLog } from '../../support/log-capture.ts';

let discord: DiscordStandIn;
let guild: Guild;
let channel: Channel;
beforeEach(async () => {
  discord = await startDiscord(systemClock);
  guild = discord.people.guild('support', discord.people.person('anna'));
  channel = discord.people.channel(guild);
  channel.botPermissions = EVERYTHING_NEEDED | PermissionFlagsBits.CreatePublicThreads;
});
afterEach(() => discord.close());

function settings(env: Readonly<Record<string, string>> = {}) {
  const config = readConfig({ DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl, ...env });
  if (!config.discord) throw new Error('Discord is not configured');
  return config.discord;
}

/** What the doctor finds of Discord, but for what is in order. */
async function problems(env: Readonly<Record<string, string>> = {}): Promise<Finding[]> {
  return (await checkDiscord(settings(env))).filter(({ level }) => level !== 'ok');
}

describe("the doctor's look at Discord", () => {
  it('warns when few starts of the gateway are left', async () => {
    discord.world.startsLeft = 12;
    expect(await problems()).toEqual([
      {
        level: 'warning',
        what: '12 of 1000 gateway starts left today',
        remedy: expect.stringContaining('log'),
      },
    ]);
  });

  it('wants the commands of the manifest', async () => {
    discord.world.commands.delete('global');
    expect(await problems()).toEqual([
      expect.objectContaining({ level: 'error', remedy: howToRun('register') }),
    ]);
  });

  it('is content with commands registered in every allowed server', async () => {
    discord.world.commands.delete('global');
    const allowed = { DISCORD_ALLOWED_GUILDS: guild.id };
    expect(await problems(allowed)).toHaveLength(1);
    await registerCommands(settings(), { guildId: guild.id, log: captureLog().log });
    expect(await problems(allowed)).toEqual([]);
    const elsewhere = discord.people.guild('sales', discord.people.person('ben'));
    expect(await problems({ DISCORD_ALLOWED_GUILDS: `${guild.id},${elsewhere.id}` })).toHaveLength(1);
  });

  it('names the address in the portal that takes the commands away', async () => {
    discord.world.interactionsEndpointUrl = 'https://example.com/interactions';
    expect(await problems()).toEqual([
      expect.objectContaining({
        level: 'error',
        remedy: expect.stringContaining('Interactions Endpoint URL'),
      }),
    ]);
  });

  it('warns of privileged intents that are on and not used', async () => {
    discord.world.applicationFlags = ApplicationFlags.GatewayMessageContentLimited;
    expect(await problems()).toEqual([
      {
        level: 'warning',
        what: 'intents the bot does not use are on: Message Content',
        remedy: expect.stringContaining('Switch them off (Developer Portal'),
      },
    ]);
  });

  it('names the switch of an intent that is asked for and off', () => {
    const asked = [...GATEWAY_INTENTS, GatewayIntentBits.GuildMembers];
    expect(checkIntents(asked, 0)).toEqual([
      {
        level: 'error',
        what: 'intents the bot asks for are off: Server Members',
        remedy: expect.stringContaining('Switch them on (Developer Portal'),
      },
    ]);
    expect(checkIntents(asked, ApplicationFlags.GatewayGuildMembers)).toEqual([
      expect.objectContaining({ level: 'ok' }),
    ]);
  });
});

describe("the doctor's look at ids of Discord", () => {
  it('names the application that the token belongs to, when the id is of another', async () => {
    expect(await problems({ DISCORD_APPLICATION_ID: '998877665544332211' })).toEqual([
      {
        level: 'error',
        what: expect.stringContaining('DISCORD_APPLICATION_ID is another application'),
        remedy: expect.stringContaining(`Set it to ${discord.world.applicationId}`),
      },
    ]);
    expect(await problems({ DISCORD_APPLICATION_ID: discord.world.applicationId })).toEqual([]);
  });

  it.each(['DISCORD_BALANCE_ROLES', 'DISCORD_ALLOWED_ROLES'])(
    'names a role of %s that is in no server',
    async (setting) => {
      const [role = ''] = guild.roles.keys();
      expect(await problems({ [setting]: `${role},112233445566778899` })).toEqual([
        {
          level: 'error',
          what: `${setting}: no server of the bot has a role 112233445566778899`,
          remedy: expect.stringContaining('Copy Role ID'),
        },
      ]);
    },
  );
});

describe('what keeps the doctor from Discord', () => {
  it('is told as a wait where Discord asks to wait, and no word about the token', async () => {
    discord.failNext('application', { kind: 'rate-limited', retryAfterMs: 600_000 });
    expect(await problems()).toEqual([
      expect.objectContaining({
        level: 'warning',
        what: expect.stringMatching(/asks to wait 60[01] s \(429\)/),
      }),
    ]);
  });

  it.each([401, 403, 503])('is told as somebody else where a page comes back (%s)', async (status) => {
    const page = await listen(
      createServer((_request, response) => {
        response.writeHead(status, { 'content-type': 'text/html' }).end('<html>Blocked</html>');
      }),
    );
    const [finding] = await problems({ DISCORD_API_URL: `${page.url}/api` });
    await page.close();
    expect(finding).toMatchObject({
      level: 'error',
      what: expect.stringContaining(`no answer of Discord’s own (status ${status})`),
      remedy: expect.stringContaining('HTTPS_PROXY'),
    });
  });
});

describe("the doctor's look at DISCORD_ALERT_CHANNEL", () => {
  const alertChannel = async (id = channel.id) =>
    (await checkDiscord(settings({ DISCORD_ALERT_CHANNEL: id }))).at(-1);

  it('is content with a channel the bot may do everything in', async () => {
    expect(await alertChannel()).toMatchObject({
      level: 'ok',
      what: expect.stringMatching(/alerts can be posted to #/),
    });
  });

  it.each([
    ['Send Messages', PermissionFlagsBits.SendMessages, 'error'],
    ['Embed Links', PermissionFlagsBits.EmbedLinks, 'error'],
    ['Read Message History', PermissionFlagsBits.ReadMessageHistory, 'error'],
    ['View Channel', PermissionFlagsBits.ViewChannel, 'error'],
    ['Create Public Threads', PermissionFlagsBits.CreatePublicThreads, 'warning'],
    ['Send Messages in Threads', PermissionFlagsBits.SendMessagesInThreads, 'warning'],
  ] as const)('names %s when the bot lacks it there', async (name, permission, level) => {
    channel.botPermissions &= ~permission;
    expect(await alertChannel()).toMatchObject({
      level,
      what: expect.stringContaining(`lacks ${name} in`),
      remedy: expect.stringContaining(`Give its role ${name} (`),
    });
  });

  it('judges a thread by the channel it hangs on', async () => {
    const thread = discord.people.channel(guild, channel);
    expect(await alertChannel(thread.id)).toMatchObject({ level: 'ok' });
    channel.botPermissions &= ~PermissionFlagsBits.SendMessagesInThreads;
    expect(await alertChannel(thread.id)).toMatchObject({
      level: 'error',
      what: expect.stringContaining('lacks Send Messages in Threads'),
    });
  });

  it('tells of a channel that is not there, of a conversation, and of a server the bot has left', async () => {
    expect(await alertChannel('112233445566778899')).toMatchObject({
      level: 'error',
      what: expect.stringContaining('there is no channel 112233445566778899'),
      remedy: expect.stringContaining('Copy Channel ID'),
    });
    const direct = discord.people.directMessages(discord.people.person('ben'));
    expect(await alertChannel(direct.id)).toMatchObject({
      level: 'error',
      what: expect.stringContaining('no text channel of a server'),
    });
    guild.botIsMember = false;
    expect(await alertChannel()).toMatchObject({
      level: 'error',
      remedy: expect.stringContaining('the bot must be in that server'),
    });
  });
});
