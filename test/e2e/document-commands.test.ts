import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { systemClock } from '../../src/clock.ts';
import { createWorld, endWorld, envOf, type World } from '../support/bot.ts';
import { listenTo, runCommand, startCommand } from '../support/command.ts';
import { documentCommands } from '../support/document-commands.ts';
import { listOf } from '../support/lists.ts';
import { startTelegram, type TelegramStandIn } from '../support/telegram/telegram.ts';

const ICCID = '8910000000001000019';
/** These live until they are told to end, ask their questions, or move to a Redis: each has tests of its own. */
const ELSEWHERE = /^(start|init|migrate-store)\b/;
/** Scripts that ask nobody at a keyboard, and end. */
const FORWARDED = /^run (doctor|audit|webhooks|register)\b/;
/** What stands for something in a document. */
const SLOTS: readonly (readonly [RegExp, string])[] = [
  [/<ICCID…?>|ICCID…/, ICCID],
  [/URL$/, 'https://bot.example.com'],
  [/^backup <file>$/, 'backup copy.sqlite'],
  [/^restore <file>$/, 'restore copy.sqlite'],
  [/<file>/, 'list.csv'],
  [/<name>/, 'helpdesk'],
  [/<list>/, 'usage'],
  [/^keys add$/, 'keys add shop --scopes usage'],
  [/^keys revoke$/, 'keys revoke shop'],
  [/<key-id>/, '3f9a01bc'],
  [/--guild <id>/, '--guild 613425648685547541'],
  [/<id>/, 'reply-none'],
  [/^outbox (retry|drop)$/, 'outbox $1 reply-none'],
];

let world: World;
let telegram: TelegramStandIn;

beforeEach(async () => {
  world = await createWorld(systemClock);
  telegram = await startTelegram(systemClock);
  await writeFile(join(world.folder, 'list.csv'), listOf([ICCID]));
});
afterEach(async () => {
  await telegram.close();
  await endWorld(world);
});

const settings = () => ({
  ...envOf(world),
  TELEGRAM_TOKEN: telegram.world.token,
  TELEGRAM_API_URL: telegram.apiUrl,
  PUBLIC_URL: 'https://127.0.0.1:9',
});
/** From `dist`, what people have: each command the first time. What else is said to it is the same file, and starts faster from the bundle. */
const startedFromDist = new Set<string>();
function run(line: string) {
  const words = line.split(' ');
  const [command = ''] = words;
  const fromDist = !startedFromDist.has(command);
  startedFromDist.add(command);
  return startCommand(words, world.folder, settings(), { fromDist }).ended;
}
const npm = (line: string) =>
  listenTo(
    spawn('npm', line.split(' '), {
      cwd: fileURLToPath(new URL('../../', import.meta.url)),
      env: { ...process.env, ...settings() },
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  ).ended;

it('every command of the program in README and docs runs as it stands there, in order', async () => {
  const lines = documentCommands()
    .filter(({ words }) => words[0] === 'esim-usage-bot' && words.length > 1)
    .map(({ words }) =>
      SLOTS.reduce((line, [slot, word]) => line.replace(slot, word), words.slice(1).join(' ')),
    )
    // In running text a command is named without the file it is about.
    .filter((line) => !ELSEWHERE.test(line) && !['backup', 'restore'].includes(line));
  const wrong: string[] = [];
  for (const line of new Set(lines)) {
    const { code, err } = await run(line);
    // 2: it was mistyped. 1, 3 and 4 are answers: this world has nothing to retry, and no bot that listens.
    if (code === null || code === 2 || /\n {4}at /.test(err)) wrong.push(`${line}: ${code} ${err}`);
  }
  expect(wrong).toEqual([]);
  expect(new Set(lines).size).toBeGreaterThan(20);
}, 300_000);

it('npm run forwards to it from a clone, and lists what it is made of', async () => {
  const lines = documentCommands()
    .filter(({ words: [program, verb] }) => program === 'npm' && verb === 'run')
    .map(({ words }) => words.slice(1).join(' '))
    .filter((line) => FORWARDED.test(line));
  const wrong: string[] = [];
  for (const line of new Set(lines)) {
    const { code, err } = await npm(line);
    if (code === null || code === 2 || /Missing script|\n {4}at /.test(err))
      wrong.push(`${line}: ${code} ${err}`);
  }
  expect(wrong).toEqual([]);
  expect(new Set(lines).size).toBeGreaterThan(3);
  const { components } = z
    .object({ components: z.array(z.object({ name: z.string() })) })
    .parse(JSON.parse((await npm('run --silent sbom')).out));
  expect(components.map(({ name }) => name)).toEqual(expect.arrayContaining(['@slack/bolt', 'keyv']));
}, 300_000);

it('the card in the README is the one that the demo prints', async () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const shown = [...readme.matchAll(/```\n(┌[\s\S]*?)```/g)].map(([, card = '']) => card);
  const printed = await Promise.all(
    ['en_US.UTF-8', 'ja_JP.UTF-8'].map(
      async (LANG) => (await runCommand(['demo', ICCID], world.folder, { LANG, TZ: 'UTC' })).out,
    ),
  );
  expect(shown.map(withoutTimes)).toEqual(printed.map(withoutTimes));
});

/** Days and times differ with each run, and so may where a line breaks. */
function withoutTimes(card: string): string {
  return card
    .replaceAll(/\d+:\d+(:\d+)?( [AP]M)?|\d+年|\d+月|\d+日|\p{L}{3}, \p{L}{3} \d+|\p{L}{3} \d+, \d{4}/gu, '…')
    .replaceAll(/[\s│]+/g, ' ')
    .trim();
}
