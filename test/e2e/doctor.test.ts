import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { chmod, writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
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
import { json, type LookupServer, startLookupServer } from '../support/lookup-server.ts';
import { type SlackStandIn, startSlack } from '../support/slack/slack.ts';

let world: World;

beforeEach(async () => {
  world = await createWorld(systemClock);
});
afterEach(() => endWorld(world));

/** Of a bot that is asked over HTTP alone: for what is no chat's, since loading their libraries is most of a doctor's work. */
const doctor = (changes: Record<string, string> = {}, args: string[] = []) =>
  runCommand(['doctor', ...args], world.folder, { ...envOf(world), HTTP_API: 'on', ...changes });

describe('the doctor of a bot in two chats', () => {
  let slack: SlackStandIn;
  let discord: DiscordStandIn;
  beforeEach(async () => {
    slack = await startSlack('socket', systemClock);
    discord = await startDiscord(systemClock);
  });
  afterEach(async () => {
    await slack.close();
    await discord.close();
  });
  const doctor = (changes: Record<string, string> = {}) =>
    runCommand(['doctor'], world.folder, {
      ...envOf(world),
      ...slack.env,
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      ...changes,
    });

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
});

describe('the doctor', () => {
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

  describe('asks the shop’s records for nobody, signed,', () => {
    let records: LookupServer;
    beforeEach(async () => {
      records = await startLookupServer();
    });
    afterEach(() => records.close());
    const askRecords = (url = records.url) =>
      doctor({ CUSTOMER_LOOKUP_URL: url, CUSTOMER_LOOKUP_SECRET: 'hidden-secret' });

    it('and warns of a server that lets in a wrong signature', async () => {
      const { code, out } = await askRecords();
      expect(code).toBe(0);
      expect(out).toMatch(/Customers +ok +.*answers as agreed\n/);
      expect(out).toMatch(/Customers +warning +.*answers a wrong signature[\s\S]*→ .*docs\/find\.md/);
      expect(out).not.toContain('hidden-secret');
      for (const { body } of records.heard)
        expect(JSON.parse(body)).toMatchObject({ query: 'doctor@esim-usage-bot.invalid', kind: 'email' });
      const signature = (body = '') => createHmac('sha256', 'hidden-secret').update(body).digest('hex');
      const [first, second] = records.heard;
      expect(first?.headers['x-esim-usage-signature']).toBe(signature(first?.body));
      expect(second?.headers['x-esim-usage-signature']).not.toBe(signature(second?.body));
    });

    it.each<[string, (response: ServerResponse) => void, number, RegExp]>([
      [
        '401',
        (response) => response.writeHead(401).end(),
        1,
        /ERROR .*refuses the bot.*\n +→ .*CUSTOMER_LOOKUP_SECRET/,
      ],
      [
        '403',
        (response) => response.writeHead(403).end(),
        1,
        /ERROR .*refuses the bot.*\n +→ .*CUSTOMER_LOOKUP_SECRET/,
      ],
      [
        '404',
        (response) => response.writeHead(404).end(),
        1,
        /ERROR .*takes no question there.*\n +→ .*CUSTOMER_LOOKUP_URL/,
      ],
      [
        'a redirect',
        (response) => response.writeHead(301, { location: '/' }).end(),
        1,
        /ERROR .*takes no question there/,
      ],
      ['429', (response) => response.writeHead(429).end(), 0, /warning +not checked: .*asks to wait/],
      [
        '500',
        (response) => response.writeHead(500).end(),
        1,
        /ERROR .*fails \(status 500\)\n +→ .*its own log/,
      ],
      [
        'another shape',
        (response) => json(response, { iccids: [] }),
        1,
        /ERROR .*not the agreed JSON\n +→ .*docs\/find\.md/,
      ],
      ['silence', () => undefined, 1, /ERROR .*cannot be reached \(no answer in 4 s\)/],
      [
        'a broken connection',
        (response) => response.destroy(),
        1,
        /ERROR .*cannot be reached \(UND_ERR_SOCKET\)/,
      ],
    ])('and names what is wrong with %s', async (_what, answer, wanted, says) => {
      records.answer = answer;
      const { code, out } = await askRecords();
      expect([code, out]).toEqual([wanted, expect.stringMatching(says)]);
      expect(out.match(/^Customers/gm)).toHaveLength(1);
    });

    it('and names a server that is not there, without its address', async () => {
      const { code, out } = await askRecords('http://127.0.0.1:9/lookup?token=hidden-in-url');
      expect(code).toBe(1);
      expect(out).toMatch(/Customers +ERROR .*cannot be reached \(ECONNREFUSED\)\n +→ .*CUSTOMER_LOOKUP_URL/);
      expect(out).not.toContain('hidden-in-url');
    });
  });

  it('looks at the keys and the address of the HTTP API, which needs no chat', async () => {
    const env = { ...envOf(world), HTTP_API: 'on', HOST: '0.0.0.0' };
    const run = (args: string[], more: Record<string, string> = {}) =>
      runCommand(args, world.folder, { ...env, ...more });
    const first = await run(['doctor']);
    expect(first.code).toBe(0);
    expect(first.out).toMatch(/HTTP API +warning +.*there is no key[^\n]*\n +→ esim-usage-bot keys add/);
    expect(first.out).toMatch(/HTTP API +warning +HOST is 0\.0\.0\.0[^\n]*plain http\n +→ .*TLS.*PUBLIC_URL/);
    expect(first.out).not.toMatch(/Platforms/);
    expect((await run(['keys', 'add', 'helpdesk', '--scopes', 'usage'])).code).toBe(0);
    const second = await run(['doctor'], { HOST: '127.0.0.1', HTTP_API_PRIVATE_CALLBACKS: 'on' });
    expect(second.out).toMatch(/HTTP API +ok +1 key\(s\): helpdesk\n/);
    expect(second.out).toMatch(/HTTP API +ok +called from this computer alone/);
    expect(second.out).toMatch(/HTTP API +ok +.*HTTP_API_PRIVATE_CALLBACKS/);
    expect(second.out).not.toMatch(/warning|ERROR/);
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
