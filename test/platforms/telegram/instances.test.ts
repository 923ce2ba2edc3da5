import { afterEach, expect, it } from 'vitest';
import { type BotUnderTest, startBot } from '../../support/bot.ts';
import { ACTIVE, startTelegramBot, type TelegramBot, USED_UP, VOICE } from './telegram-bot.ts';

let it_: TelegramBot;
let second: BotUnderTest | undefined;

afterEach(async () => {
  if (second) await it_.clock.during(second.stop({ keep: true }));
  second = undefined;
  await it_.close();
});

const env = () => ({
  TELEGRAM_TOKEN: it_.telegram.world.token,
  TELEGRAM_API_URL: it_.telegram.apiUrl,
  TELEGRAM_ALLOWED_USERS: String(it_.anna.id),
});
const healthOf = (bot: BotUnderTest | undefined) => bot?.app.platforms[0]?.health();

it('of two instances on one store the newer polls, the other waits, and takes over when that one stops', async () => {
  it_ = await startTelegramBot();
  second = await startBot({ clock: it_.clock, world: it_.bot.world, env: env() });
  await it_.soon('the first waits', () => healthOf(it_.bot)?.detail.includes('another instance'));
  expect(healthOf(it_.bot)).toMatchObject({ ready: true });
  expect(healthOf(second)).toMatchObject({ ready: true, detail: 'polling' });
  it_.telegram.people.write(it_.anna, it_.anna, ACTIVE);
  await it_.shows(/1\.3\sGB/);
  await it_.clock.during(second.stop({ keep: true }));
  it_.telegram.people.write(it_.anna, it_.anna, VOICE);
  await it_.shows(/63 .*100/);
  expect(healthOf(it_.bot)).toMatchObject({ ready: true, detail: 'polling' });
  expect(it_.telegram.world.fromBot()).toHaveLength(2);
  expect(it_.telegram.calls('getUpdates').length).toBeLessThan(40);
});

it('says when a program of others polls with its token, and goes on when that one ends', async () => {
  it_ = await startTelegramBot();
  it_.telegram.failNext('getUpdates', {
    kind: 'status',
    status: 409,
    description: 'Conflict: terminated by other getUpdates request',
  });
  it_.telegram.people.write(it_.anna, it_.anna, USED_UP);
  await it_.soon('it says so', () => healthOf(it_.bot)?.detail.includes('another program'));
  expect(healthOf(it_.bot)).toMatchObject({ ready: false });
  it_.clock.advance(31_000);
  await it_.soon('it polls again', () => healthOf(it_.bot)?.ready);
});
