import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DUE_AT, dailyAt, MINUTE_MS, passUntil } from '../../support/digest-time.ts';
import { startTelegramBot, type TelegramBot } from './telegram-bot.ts';

const ENDED = '8910000000001000050';
const AT_TEN_PAST = dailyAt(DUE_AT);

let it_: TelegramBot;
beforeEach(async () => {
  it_ = await startTelegramBot();
});
afterEach(async () => {
  expect(it_.telegram.world.violations).toEqual([]);
  await it_.close();
});

const write = (text: string, where: TelegramBot['group'] | TelegramBot['anna'] = it_.group) =>
  it_.telegram.people.write(it_.anna, where, where === it_.group ? `/usage ${text}` : text);
const digests = (chatId: number) =>
  it_.telegram.world.fromBot(chatId).filter(({ text }) => /needs? attention/.test(text));
const toldInPrivate = (words: RegExp) =>
  it_.telegram.world.fromBot(it_.anna.id).filter(({ text }) => words.test(text)).length;

/** Every reading it needs is there, and the next that happens is the post. */
async function setFor(where: TelegramBot['group'] | TelegramBot['anna']): Promise<void> {
  write(`name ${ENDED} annatrip`, where);
  await it_.shows(/annatrip/);
  write(`digest ${AT_TEN_PAST}`, where);
  await it_.shows(/Digest set: /);
  await passUntil(it_, DUE_AT - 5_000);
}

describe('a digest in a Telegram group', () => {
  it.each<[string, Parameters<TelegramBot['telegram']['failNext']>[1]]>([
    ['asks to wait', { kind: 'rate-limited', retryAfterS: 30 }],
    [
      'asks to wait without saying how long',
      { kind: 'status', status: 429, description: 'Too Many Requests' },
    ],
    ['is down', { kind: 'status', status: 503 }],
    ['fails', { kind: 'status', status: 500 }],
    ['breaks the connection', { kind: 'reset' }],
    ['is behind the page of somebody in between', { kind: 'page' }],
  ])('comes once, late rather than lost, when Telegram %s', async (_what, fault) => {
    await setFor(it_.group);
    it_.telegram.failNext('sendMessage', fault);
    await passUntil(it_, DUE_AT + 5 * MINUTE_MS);
    expect(digests(it_.group.id)).toHaveLength(1);
    expect(digests(it_.group.id)[0]?.text).not.toContain('annatrip');
    expect(digests(it_.anna.id)).toEqual([]);
  });

  it('is not lost with a lost answer: Telegram does not tell whether it stands, so it may come twice, not more', async () => {
    await setFor(it_.group);
    it_.telegram.failNext('sendMessage', { kind: 'answer-lost' });
    await passUntil(it_, DUE_AT + 5 * MINUTE_MS);
    expect(digests(it_.group.id)).toHaveLength(2);
  });

  it.each<[string, () => void, () => void]>([
    [
      'the bot was put out of it (403)',
      () => {
        it_.group.kicked = true;
      },
      () => {
        it_.group.kicked = false;
      },
    ],
    [
      'there is no such group any more (400)',
      () => void it_.telegram.world.groups.delete(it_.group.id),
      () => void it_.telegram.world.groups.set(it_.group.id, it_.group),
    ],
  ])(
    'is paused where %s: told once, listed with the remedy, resumed by setting it again',
    async (_why, close, open) => {
      await setFor(it_.group);
      close();
      await passUntil(it_, DUE_AT + 10 * MINUTE_MS);
      expect(toldInPrivate(/can’t post in .* any more.*paused.*Invite me/)).toBe(1);
      await it_.restart();
      write('digest', it_.anna);
      await it_.shows(/1\. .*Paused since .*Invite me.*set it again/);
      open();
      write(`digest ${dailyAt(DUE_AT + 30 * MINUTE_MS)}`);
      await it_.shows(/Digest set: /);
      await passUntil(it_, DUE_AT + 35 * MINUTE_MS);
      expect(digests(it_.group.id)).toHaveLength(1);
      expect(toldInPrivate(/can’t post/)).toBe(1);
    },
  );

  it('is paused in the private chat of somebody who has blocked the bot, and is no dead letter', async () => {
    await setFor(it_.anna);
    it_.telegram.world.blocked.add(it_.anna.id);
    await passUntil(it_, DUE_AT + 10 * MINUTE_MS);
    it_.telegram.world.blocked.clear();
    expect(await it_.bot.app.store.outbox.dead(1)).toEqual([]);
    write('digest', it_.anna);
    await it_.shows(/1\. To you alone: .*Paused since .*Set it again/);
    write('digest off 1', it_.anna);
    await it_.shows(/won’t come any more/);
  });

  it('has no other groups by their names, and says where to type it', async () => {
    write(`digest #shop ${AT_TEN_PAST}`, it_.anna);
    await it_.shows(/can’t set it for #shop from here/);
  });
});
