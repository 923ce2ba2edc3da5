import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { createWorld, endWorld, envOf, type World } from '../support/bot.ts';
import { hasLogged, runCommand, startCommand } from '../support/command.ts';
import { listOf, rowsOf } from '../support/lists.ts';
import { type SlackStandIn, startSlack } from '../support/slack/slack.ts';

const LIMITED = '8910000000001000019';
let world: World;
let slack: SlackStandIn | undefined;

beforeEach(async () => {
  world = await createWorld(systemClock);
});
afterEach(async () => {
  await slack?.close();
  slack = undefined;
  await endWorld(world);
});

/** All of it from the bundle: `start-stop.test.ts` starts the bot from `dist`, `document-commands.test.ts` each command. */
const start = (args: string[], env: Record<string, string> = {}) =>
  startCommand(args, world.folder, { ...envOf(world), ...env }, { fromDist: false });
const run = (args: string[], env: Record<string, string> = {}) => start(args, env).ended;

describe('usage', () => {
  it('prints the card and ends with 0, and does not ask Airalo again within the window', async () => {
    const first = await run(['usage', LIMITED]);
    expect(first).toMatchObject({ code: 0, err: '' });
    expect(first.out).toMatch(/1\.3\sGB left of 5\sGB \(26%\)/);
    const second = await run(['usage', LIMITED, '--json']);
    expect(second.code).toBe(0);
    expect(JSON.parse(second.out)).toMatchObject({ kind: 'cached', iccid: LIMITED });
    expect(world.simulator.calls).toHaveLength(1);
  });

  it('ends with 2 on something that is no ICCID, and asks nobody', async () => {
    const ended = await run(['usage', '8910-12']);
    expect(ended.code).toBe(2);
    expect(ended.out).toMatch(/has 6 digits; an ICCID has 18 to 22/);
    expect(world.simulator.calls).toHaveLength(0);
  });

  it('answers a whole list on standard output, and says on standard error how far it is', async () => {
    const iccids = world.simulator.addEsims(6);
    await writeFile(join(world.folder, 'list.csv'), listOf([...iccids, 'nonsense']));
    const ended = await run(['usage', '--csv', 'list.csv']);
    expect(ended.code).toBe(0);
    expect(rowsOf(Buffer.from(ended.out)).map(({ iccid }) => iccid)).toEqual([...iccids, 'nonsense']);
    // Where nobody watches, the end alone.
    expect(ended.err.match(/Checked: .*/g)).toEqual(['Checked: 7 of 7']);
    expect(ended.err).toMatch(/6 checked and 1 row without an ICCID/);
    expect(world.simulator.calls).toHaveLength(6);
    const again = await run(['usage', '--csv', 'list.csv']);
    expect(again).toMatchObject({ code: 0, out: ended.out });
    expect(world.simulator.calls).toHaveLength(6);
  });

  it('ends with 2 on a file that is no list', async () => {
    await writeFile(join(world.folder, 'list.csv'), 'iccid\n8.94E+18\n');
    const ended = await run(['usage', '--csv', 'list.csv']);
    expect(ended).toMatchObject({ code: 2, out: '' });
    expect(ended.err).toMatch(/A spreadsheet has rounded the ICCIDs/);
  });

  it('ends with 3 when Airalo wants to be asked later', async () => {
    world.simulator.useUpWindow(LIMITED);
    const ended = await run(['usage', LIMITED]);
    expect(ended.code).toBe(3);
    expect(ended.out).toMatch(/Airalo allows the next check at/);
  });

  it('ends with 4 when Airalo knows no such eSIM, and when it cannot be reached', async () => {
    expect((await run(['usage', '8944500000000000009'])).code).toBe(4);
    const unreachable = await run(['usage', LIMITED], { AIRALO_BASE_URL: 'http://127.0.0.1:9' });
    expect(unreachable.code).toBe(4);
    expect(unreachable.out).toMatch(/Airalo/);
  });

  it('ends with 4 and the remedy in the log when the credentials are refused', async () => {
    const ended = await run(['usage', LIMITED], { AIRALO_CLIENT_SECRET: 'wrong' });
    expect(ended.code).toBe(4);
    expect(ended.err).toMatch(/AIRALO_CLIENT_SECRET/);
    expect(ended.err).not.toContain('wrong');
  });

  it('names every missing setting at once and ends with 2', async () => {
    const ended = await runCommand(['usage', LIMITED], world.folder);
    expect(ended.code).toBe(2);
    expect(ended.err).toMatch(/AIRALO_CLIENT_ID[\s\S]*AIRALO_CLIENT_SECRET/);
    expect(ended.err).not.toMatch(/ at .*\.ts:/);
  });
});

describe('demo', () => {
  it('prints the card of a listed eSIM without any setting', async () => {
    const ended = await runCommand(['demo', LIMITED], world.folder);
    expect(ended).toMatchObject({ code: 0, err: '' });
    expect(ended.out).toMatch(/1\.3\sGB left of 5\sGB \(26%\)/);
  });

  it('says what is wrong with a number and ends with 2', async () => {
    expect(await runCommand(['demo', '12345'], world.folder)).toMatchObject({ code: 2 });
  });
});

describe('the command line', () => {
  it('shows its commands, and each of them an example of itself', async () => {
    const help = await run(['--help']);
    expect(help).toMatchObject({ code: 0, err: '' });
    expect(help.out).toMatch(/start[\s\S]*demo[\s\S]*doctor/);
    for (const name of ['init', 'start', 'demo', 'doctor', 'register', 'usage', 'audit', 'migrate-store'])
      expect((await run([name, '--help'])).out).toContain(`esim-usage-bot ${name}`);
  });

  it('names the near command, option or missing word for what was mistyped, with 2 and no stack', async () => {
    const cases = [
      [['doctr'], /Did you mean doctor\?/],
      [['usage', '--jsn', LIMITED], /Did you mean --json\?/],
      [['usage'], /name an ICCID, or a list/],
      [['outbox', 'retry'], /missing required argument 'id'/],
      [['outbox', 'lst'], /Did you mean list\?/],
      [['audit', '--since', 'yesterday'], /hours or days: 12h, 7d/],
      [['migrate-store'], /--to <STORE_URL>/],
      [['usage', '--csv', 'nowhere.csv'], /^nowhere\.csv is not there\nRemedy: /],
      [['usage', '--csv', '.'], /^\. is a folder, not a file\nRemedy: /],
    ] as const;
    for (const [args, words] of cases) {
      const ended = await run([...args]);
      expect(ended).toMatchObject({ code: 2, out: '', err: expect.stringMatching(words) });
      expect(ended.err).not.toMatch(/ at .*\.[jt]s:/);
    }
  });

  it('says so when the file of its settings is a folder, as Docker makes one of what it mounts', async () => {
    await mkdir(join(world.folder, '.env'));
    const ended = await run(['doctor']);
    expect(ended).toMatchObject({ code: 2, out: '' });
    expect(ended.err).toMatch(/^\.env is a folder, not a file\nRemedy: .*Docker/);
    expect(ended.err).not.toMatch(/ at .*\.[jt]s:/);
  });

  it('tells its version', async () => {
    expect((await run(['--version'])).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe('start', () => {
  it('names the demo when no platform is set', async () => {
    const ended = await run(['start']);
    expect(ended.code).toBe(2);
    expect(ended.err).toMatch(/npm run demo/);
  });

  it('names the remedy when the store cannot be opened', async () => {
    slack = await startSlack('socket', systemClock);
    const file = join(world.folder, 'a-file');
    await writeFile(file, '');
    const ended = await run(['start'], { ...slack.env, STORE_URL: `sqlite:${file}/store.sqlite` });
    expect(ended.code).toBe(1);
    expect(ended.err).toMatch(/Remedy: .*STORE_URL/);
    expect(ended.err).not.toMatch(/ at .*\.ts:/);
  });

  it('leaves with 0 on SIGTERM, once what is being sent has been sent', async () => {
    slack = await startSlack('socket', systemClock);
    const command = start(['start'], slack.env);
    await hasLogged(command, 'The bot is ready');
    command.signal('SIGTERM');
    const { code, err } = await command.ended;
    expect(code).toBe(0);
    expect(err).toMatch(/"msg":"Stopped"/);
  });
});
