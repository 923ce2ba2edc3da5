import { afterEach, beforeEach, expect, it } from 'vitest';
import { readConfig } from '../../../src/config.ts';
import { TOPICS } from '../../../src/domain/topic.ts';
import { commandLists, wordOfCommand } from '../../../src/platforms/telegram/commands.ts';
import { checkTelegram, registerTelegramCommands } from '../../../src/platforms/telegram/setup.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { startTelegram, type TelegramStandIn } from '../../support/telegram/telegram.ts';

let telegram: TelegramStandIn;

beforeEach(async () => {
  telegram = await startTelegram(new ManualClock());
});
afterEach(async () => {
  expect(telegram.world.violations).toEqual([]);
  await telegram.close();
});

function settings(env: Record<string, string> = {}) {
  const { telegram: found } = readConfig({
    TELEGRAM_TOKEN: telegram.world.token,
    TELEGRAM_API_URL: telegram.apiUrl,
    ...env,
  });
  if (!found) throw new Error('No settings');
  return found;
}
const check = async (env: Record<string, string> = {}) =>
  (await checkTelegram(settings(env))).map(({ level, what }) => `${level}: ${what}`).join('\n');

it('writes the command list in six languages, and nothing when it stands there', async () => {
  expect(await registerTelegramCommands(settings())).toMatchObject({
    outcome: 'written',
    languages: ['en', 'de', 'es', 'fr', 'pt', 'ja'],
  });
  expect(await registerTelegramCommands(settings())).toMatchObject({ outcome: 'unchanged' });
});

it('lists every topic and the help, as Telegram takes it, and each leads to its topic', async () => {
  await registerTelegramCommands(settings());
  for (const { list } of commandLists()) {
    expect(list.map(({ command }) => command)).toEqual([...TOPICS, 'help']);
    for (const { command, description } of list) {
      expect(command).toMatch(/^[a-z0-9_]{1,32}$/);
      expect(description.length).toBeGreaterThan(2);
      expect(description.length).toBeLessThanOrEqual(256);
      expect(description).not.toMatch(/[<>{}]/);
    }
  }
  expect(TOPICS.map(wordOfCommand)).toEqual(['', ...TOPICS.slice(1)]);
  expect(wordOfCommand('weather')).toBeUndefined();
});

it('finds everything in order', async () => {
  await registerTelegramCommands(settings());
  const group = telegram.world.group('Support');
  const ids = { TELEGRAM_ALLOWED_CHATS: String(group.id), TELEGRAM_ALERT_CHANNEL: `${group.id}:12` };
  expect(await check(ids)).not.toMatch(/warning|error/);
});

it('names what keeps the bot deaf, closed to all, or out of a group', async () => {
  telegram.world.webhook = 'https://elsewhere.example';
  const found = await check({ TELEGRAM_ALERT_CHANNEL: '-1009999999999' });
  expect(found).toMatch(/error: events go to a webhook/);
  expect(found).toMatch(/warning: nobody is answered/);
  expect(found).toMatch(/warning: the command list/);
  expect(found).toMatch(/error: TELEGRAM_ALERT_CHANNEL/);
  expect(await check({ TELEGRAM_ALLOWED_CHATS: '-1009999999999' })).toMatch(/error: .*not in that group/);
});

it('tells a refused token from a Telegram that is away', async () => {
  telegram.refused = true;
  expect(await check()).toMatch(/error: Telegram does not let the bot in \(401/);
  telegram.refused = false;
  telegram.away = true;
  expect(await check()).toMatch(/says nothing against the token/);
});
