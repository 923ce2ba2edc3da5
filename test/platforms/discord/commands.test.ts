import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readConfig } from '../../../src/config.ts';
import { howToRun } from '../../../src/how-to-run.ts';
import { checkDiscord } from '../../../src/platforms/discord/check.ts';
import { registerCommands, wantedCommands } from '../../../src/platforms/discord/commands.ts';
import { command } from '../../support/discord/command-rules.ts';
import { type DiscordStandIn, startDiscord } from '../../support/discord/discord.ts';
import { captureLog } from '../../support/log-capture.ts';
import { ManualClock } from '../../support/manual-clock.ts';

let discord: DiscordStandIn;
const { log } = captureLog();

function settings(token = discord.token) {
  const { discord: found } = readConfig({ DISCORD_TOKEN: token, DISCORD_API_URL: discord.apiUrl });
  if (!found) throw new Error('No settings');
  return found;
}

beforeEach(async () => {
  discord = await startDiscord(new ManualClock(), { registered: false });
});
afterEach(() => discord.close());

describe('the commands of Discord', () => {
  it('are written by one call, and not again while they are the same', async () => {
    expect(await registerCommands(settings(), { log })).toMatchObject({
      outcome: 'written',
      scope: 'global',
    });
    expect(await registerCommands(settings(), { log })).toMatchObject({ outcome: 'unchanged' });
    // A question has no body.
    expect(discord.calls('commands').filter(({ body }) => body !== undefined)).toHaveLength(1);
  });

  it('are written to a test server without what belongs to global commands', async () => {
    const { people } = discord;
    const guild = people.guild('Test', people.person('owner'));
    expect(await registerCommands(settings(), { guildId: guild.id, log })).toMatchObject({
      outcome: 'written',
    });
    expect(JSON.stringify(discord.world.commands.get(guild.id))).not.toContain('contexts');
  });

  it('refused for the token say so with the remedy', async () => {
    await expect(registerCommands(settings('wrong.token.here'), { log })).rejects.toMatchObject({
      remedy: expect.stringContaining('Reset Token'),
    });
  });

  it('keep Discord’s rules, and are there in six languages', async () => {
    const wanted = await wantedCommands();
    expect(z.array(command('global')).safeParse(wanted).error?.issues ?? []).toEqual([]);
    for (const one of wanted)
      expect(Object.keys(z.record(z.string(), z.string()).parse(one.name_localizations))).toEqual(
        expect.arrayContaining(['de', 'es-ES', 'fr', 'pt-BR', 'ja']),
      );
    expect(wanted.map(({ name }) => name)).toEqual([
      'esim-usage',
      'esim-help',
      'Check eSIM usage',
      'esim-balance',
      'esim-devices',
    ]);
    for (const one of wanted)
      expect(one).toMatchObject({ contexts: [0, 1], default_member_permissions: '32' });
  });
});

describe('the doctor on Discord', () => {
  it('finds unregistered commands, and is content once they are', async () => {
    expect(await checkDiscord(settings())).toContainEqual(
      expect.objectContaining({ level: 'error', remedy: howToRun('register') }),
    );
    await registerCommands(settings(), { log });
    expect((await checkDiscord(settings())).every(({ level }) => level === 'ok')).toBe(true);
  });

  it('names the remedy for a refused token, an endpoint that takes the commands, a bot that is public', async () => {
    expect(await checkDiscord(settings('wrong.token.here'))).toMatchObject([
      { level: 'error', remedy: expect.stringContaining('DISCORD_TOKEN') },
    ]);
    discord.world.botPublic = true;
    discord.world.interactionsEndpointUrl = 'https://elsewhere.example';
    const found = await checkDiscord(settings());
    expect(found.map(({ remedy }) => remedy ?? '').join(' ')).toMatch(
      /Interactions Endpoint URL.*Public Bot/,
    );
  });
});
