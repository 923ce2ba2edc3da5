import { execFileSync } from 'node:child_process';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { systemClock } from '../../src/clock.ts';
import { openDatabase } from '../../src/storage/sqlite/database.ts';
import { MIGRATIONS } from '../../src/storage/sqlite/migrations.ts';
import { grantToken, startStandIn } from '../support/airalo-stand-in.ts';
import { createWorld, endWorld, envOf, type World } from '../support/bot.ts';
import { runCommand } from '../support/command.ts';
import { type DiscordStandIn, startDiscord } from '../support/discord/discord.ts';
import { EMBED_LINKS } from '../support/discord/world.ts';
import { type SlackStandIn, startSlack } from '../support/slack/slack.ts';

let world: World;
let slack: SlackStandIn;
let discord: DiscordStandIn;

beforeEach(async () => {
  world = await createWorld(systemClock);
  slack = await startSlack('socket', systemClock);
  discord = await startDiscord(systemClock);
});
afterEach(async () => {
  await slack.close();
  await discord.close();
  await endWorld(world);
});

const doctor = (changes: Record<string, string> = {}, args: string[] = []) =>
  runCommand(['doctor', ...args], world.folder, {
    ...envOf(world),
    ...slack.env,
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    ...changes,
  });

describe('the doctor', () => {
  it('finds everything in order and ends with 0', async () => {
    const { code, out, err } = await doctor();
    expect({ code, err }).toEqual({ code: 0, err: '' });
    for (const check of ['Files', 'Store', 'Airalo', 'Slack', 'Discord'])
      expect(out).toMatch(new RegExp(`^${check} +ok `, 'm'));
    expect(out).toMatch(
      new RegExp(`schema version ${MIGRATIONS.length}; this build knows ${MIGRATIONS.length}$`, 'm'),
    );
    expect(out).toMatch(/Store +ok +WAL mode$/m);
    expect(out).toMatch(/Store +ok +\d+ MB free on its disk$/m);
    expect(out).not.toMatch(/ERROR|warning/);
  });

  it.each<[string, Record<string, string>, RegExp]>([
    ['Airalo secret', { AIRALO_CLIENT_SECRET: 'wrong' }, /Airalo +ERROR[\s\S]*→ .*AIRALO_CLIENT_SECRET/],
    ['Airalo address', { AIRALO_BASE_URL: 'http://127.0.0.1:9' }, /Airalo +ERROR[\s\S]*→ .*AIRALO_BASE_URL/],
    [
      'Slack bot token',
      { SLACK_BOT_TOKEN: 'xoxb-wrong' },
      /Slack +ERROR +SLACK_BOT_TOKEN[\s\S]*→ .*copy it again/,
    ],
    ['Slack app token', { SLACK_APP_TOKEN: 'xapp-wrong' }, /Slack +ERROR +SLACK_APP_TOKEN[\s\S]*→ /],
    ['Discord token', { DISCORD_TOKEN: 'MTIz.abc.wrong' }, /Discord +ERROR[\s\S]*→ .*Reset Token/],
  ])('names the remedy for a broken %s, and still checks the rest', async (_what, changes, line) => {
    const { code, out } = await doctor(changes);
    expect(code).toBe(1);
    expect(out).toMatch(line);
    expect(out.match(/ERROR/g)).toHaveLength(1);
    for (const secret of Object.values(changes))
      if (!secret.startsWith('http')) expect(out).not.toContain(secret);
  });

  it('names the remedy for a store that cannot be opened', async () => {
    const file = join(world.folder, 'a-file');
    await writeFile(file, '');
    const { code, out } = await doctor({ STORE_URL: `sqlite:${file}/store.sqlite` });
    expect(code).toBe(1);
    expect(out).toMatch(/Store +ERROR[\s\S]*→ .*STORE_URL/);
  });

  it('leaves a store of a later version alone, and says which version it is', async () => {
    const file = join(world.folder, 'later.sqlite');
    const database = await openDatabase(file);
    await database.all(z.unknown(), 'PRAGMA user_version = 99');
    await database.close();
    const { code, out } = await doctor({ STORE_URL: `sqlite:${file}` });
    expect(code).toBe(1);
    expect(out).toMatch(
      /Store +ERROR +.*schema version 99; this version of the bot knows \d+\n +→ Run the newer/,
    );
  });

  it('names the allow-list when Airalo does not let this address in', async () => {
    world.simulator.inject('token', { kind: 'status', status: 403, body: { code: 89, reason: 'no' } });
    const { code, out } = await doctor();
    expect(code).toBe(1);
    expect(out).toMatch(/Airalo +ERROR +.*code 89\)\n +→ .*allow-list/);
  });

  it('takes a token that Airalo does not give out for now for a wait, not for wrong credentials', async () => {
    world.simulator.inject('token', { kind: 'status', status: 429 });
    const { code, out } = await doctor();
    expect(out).toMatch(/Airalo +warning +not checked: Airalo asks to wait \(429\)/);
    expect(code).toBe(0);
  });

  it("warns of a clock that differs from Airalo's", async () => {
    const ahead = new Date(Date.now() + 10 * 60_000).toUTCString();
    const airalo = await startStandIn({
      token: (response, request) => {
        response.setHeader('date', ahead);
        grantToken(response, request);
      },
    });
    const { code, out } = await doctor({ AIRALO_BASE_URL: airalo.url });
    await airalo.close();
    expect(code).toBe(0);
    expect(out).toMatch(/Airalo +warning +.*differ by (59\d|60\d) s\n +→ .*NTP/);
  });

  it('looks at the alert channels of both platforms', async () => {
    const guild = discord.people.guild('support', discord.people.person('anna'));
    const channel = discord.people.channel(guild);
    channel.botPermissions &= ~EMBED_LINKS;
    const { code, out } = await doctor({
      SLACK_ALERT_CHANNEL: 'CELSEWHERE',
      DISCORD_ALERT_CHANNEL: channel.id,
    });
    expect(code).toBe(1);
    expect(out).toMatch(/Slack +ERROR +SLACK_ALERT_CHANNEL: .*\n +→ .*\/invite @bot/);
    expect(out).toMatch(/Discord +ERROR +DISCORD_ALERT_CHANNEL: .*\n +→ .*Embed Links/);
  });

  it('finds a .env in version control', async () => {
    await writeFile(join(world.folder, '.env'), '# nothing\n', { mode: 0o600 });
    const git = (...args: string[]) => execFileSync('git', args, { cwd: world.folder });
    git('init', '-q');
    git('add', '.env');
    const { code, out } = await doctor();
    expect(code).toBe(1);
    expect(out).toMatch(/Files +ERROR +\.env is tracked by git\n +→ git rm --cached \.env/);
  });

  it('warns of a .env that others can read', async () => {
    await writeFile(join(world.folder, '.env'), '# nothing\n');
    await chmod(join(world.folder, '.env'), 0o644);
    const { code, out } = await doctor();
    expect(code).toBe(0);
    expect(out).toMatch(/Files +warning[\s\S]*→ chmod 600 \.env/);
  });

  it('says the same as JSON for programs', async () => {
    const { code, out } = await doctor({ AIRALO_CLIENT_SECRET: 'wrong' }, ['--json']);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toContainEqual(
      expect.objectContaining({ check: 'Airalo', level: 'error', remedy: expect.any(String) }),
    );
  });

  it('has the demo as its remedy when no platform is set', async () => {
    const { code, out } = await runCommand(['doctor'], world.folder, envOf(world));
    expect(code).toBe(1);
    expect(out).toMatch(/Platforms +ERROR[\s\S]*→ .*esim-usage-bot demo/);
  });
});
