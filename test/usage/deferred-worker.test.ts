import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findIccids, type Iccid } from '../../src/domain/iccid.ts';
import { deferredReplyJob } from '../../src/usage/deferred-reply.ts';
import type { ReplyAddress } from '../../src/usage/platform.ts';
import { type BotUnderTest, startBot } from '../support/bot.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { ScriptedPlatform } from '../support/scripted-platform.ts';
import { until } from '../support/until.ts';

const WINDOW_MS = 900_000;
const PATIENCE_MS = 2 * 60 * 60_000;

let clock: ManualClock;
let platform: ScriptedPlatform;
let bot: BotUnderTest;

/** An eSIM whose window another system has used up, so that a question about it ends in a promise. */
function usedUpEsim(): Iccid {
  const [iccid] = bot.simulator.addEsims(1).flatMap(findIccids);
  if (!iccid) throw new Error('The simulator gave no eSIM');
  bot.simulator.useUpWindow(iccid);
  return iccid;
}

const addressOf = (messageKey: string, asker = 'terminal:a'): ReplyAddress => ({
  platform: 'terminal',
  asker,
  messageKey,
  routes: { secret: 'response-url' },
});

async function promiseFor(iccid: Iccid, messageKey = 'm1'): Promise<void> {
  const request = { iccid, requestId: `r-${messageKey}`, place: 'test', address: addressOf(messageKey) };
  expect(await bot.app.usageService.lookup(request)).toMatchObject({ promise: { kind: 'queued' } });
}

/**
 * Moves the time in steps until `condition` holds. While a job is at work time creeps, so that its real I/O is not outrun
 * by a time-out, and its own short waits still end.
 */
async function passTimeUntil(what: string, condition: () => boolean, stepMs = 1_000) {
  await until(
    what,
    async () => {
      if (condition()) return true;
      const { active } = await bot.app.store.outbox.depth();
      clock.advance(active > 0 ? 20 : stepMs);
      return false;
    },
    30_000,
  );
}

beforeEach(async () => {
  clock = new ManualClock();
  platform = new ScriptedPlatform();
  bot = await startBot({ clock, morePlatforms: () => [platform] });
});
afterEach(() => bot.stop());

describe('a promised answer', () => {
  it('arrives by itself when its time has come, and not before', async () => {
    await promiseFor(usedUpEsim());
    clock.advance(WINDOW_MS - 1);
    expect(platform.deliveries).toEqual([]);
    clock.advance(1_000);
    const [delivery] = await until('the delivery', () => platform.final().length > 0 && platform.final());
    expect(delivery).toMatchObject({ reply: { kind: 'fresh' }, address: addressOf('m1') });
    expect(bot.simulator.refusals).toBe(1);
  });

  it('costs one call, however many wait for that eSIM', async () => {
    const iccid = usedUpEsim();
    for (let index = 0; index < 12; index++) await promiseFor(iccid, `m${index}`);
    const before = bot.simulator.calls.length;
    clock.advance(WINDOW_MS);
    await until('all of them', () => platform.final().length === 12);
    expect(bot.simulator.calls.length - before).toBe(1);
    expect(new Set(platform.final().map(({ address }) => address.messageKey)).size).toBe(12);
  });

  it('shares what was just read with another answer about that eSIM for a second, and only what is new to its asker', async () => {
    const [iccid] = bot.simulator.addEsims(1).flatMap(findIccids) as [Iccid];
    const { snapshots, outbox } = bot.app.store;
    const data = { kind: 'megabytes', remaining: 1, total: 2 } as const;
    const reading = { status: { kind: 'known', name: 'ACTIVE' }, data } as const;
    const answerTo = async (messageKey: string, newerThan: number) => {
      const request = { iccid, requestId: messageKey, place: 'test', address: addressOf(messageKey) };
      const now = clock.now();
      await outbox.enqueue(deferredReplyJob(request, { askedAt: now, newerThan, answerAt: now }));
      const given = () => platform.final().find(({ address }) => address.messageKey === messageKey);
      return (await until(`the answer to ${messageKey}`, given)).reply;
    };
    const first = clock.now();
    await snapshots.put(iccid, { kind: 'reading', asOf: first, reading });
    expect(await answerTo('m1', first - 1)).toMatchObject({ asOf: first });
    await snapshots.put(iccid, { kind: 'reading', asOf: first + 1, reading });
    // Somebody who has had the first one must not be given it again, were it a moment later.
    expect(await answerTo('m2', first)).toMatchObject({ asOf: first + 1 });
    await snapshots.put(iccid, { kind: 'reading', asOf: first + 2, reading });
    clock.advance(1_000);
    expect(await answerTo('m3', first - 1)).toMatchObject({ asOf: first + 2 });
  });

  it('leaves room at Airalo for a person who asks while very many are due', async () => {
    for (let index = 0; index < 60; index++) await promiseFor(usedUpEsim(), `m${index}`);
    await bot.stop({ keep: true });
    const paced = { paceIntervalMs: 250, morePlatforms: () => [platform] };
    bot = await startBot({ clock, world: bot.world, ...paced });
    const [other] = bot.simulator.addEsims(1).flatMap(findIccids) as [Iccid];
    const before = bot.simulator.calls.length;
    clock.advance(WINDOW_MS);
    await passTimeUntil('the first of them', () => bot.simulator.calls.length > before);
    const asked = bot.app.usageService.lookup({ iccid: other, requestId: 'r-now', place: 'test' });
    let reply: Awaited<typeof asked> | undefined;
    void asked.then((given) => {
      reply = given;
    });
    await passTimeUntil('the answer', () => reply !== undefined);
    expect(reply).toMatchObject({ kind: 'fresh' });
    await passTimeUntil('all of them', () => platform.final().length === 60);
    expect(bot.simulator.refusals).toBe(60);
  });

  it('is given by the next process when this one has died', async () => {
    await promiseFor(usedUpEsim());
    await bot.stop({ keep: true });
    clock.advance(WINDOW_MS);
    const after = new ScriptedPlatform();
    bot = await startBot({ clock, world: bot.world, morePlatforms: () => [after] });
    const [delivery] = await until('the delivery', () => after.final().length > 0 && after.final());
    expect(delivery).toMatchObject({ reply: { kind: 'fresh' }, address: addressOf('m1') });
  });

  it('moves on when Airalo refuses again, says the new time, and counts no attempt', async () => {
    const iccid = usedUpEsim();
    await promiseFor(iccid);
    bot.simulator.inject(iccid, { kind: 'rate-limited', retryAfter: '600' });
    clock.advance(WINDOW_MS);
    await until('the interim word', () => platform.deliveries.length === 1);
    expect(platform.deliveries[0]).toMatchObject({
      stage: 'interim',
      reply: { kind: 'deferred', because: 'rate-limited', refreshableAt: clock.now() + 600_000 },
    });
    await passTimeUntil('the answer', () => platform.final().length === 1, 10_000);
    expect(platform.final()[0]).toMatchObject({ attempt: 1, reply: { kind: 'fresh' } });
  });

  it('is tried again while Airalo is down', async () => {
    const iccid = usedUpEsim();
    await promiseFor(iccid);
    bot.simulator.inject(iccid, { kind: 'status', status: 503 }, 3);
    await passTimeUntil('the answer', () => platform.final().length === 1, 15_000);
    expect(platform.final()[0]).toMatchObject({ reply: { kind: 'fresh' } });
  });

  it('waits for the operator while our credentials are refused', async () => {
    const iccid = usedUpEsim();
    await promiseFor(iccid);
    bot.simulator.inject('usage', { kind: 'status', status: 403, body: { code: 89, reason: 'no' } }, 2);
    await passTimeUntil('the answer', () => platform.final().length === 1, 15_000);
    expect(platform.final()[0]).toMatchObject({ reply: { kind: 'fresh' } });
  });

  it('is sent again with backoff when the platform is down, and heeds the time it names', async () => {
    await promiseFor(usedUpEsim());
    const notBefore = clock.now() + WINDOW_MS + 120_000;
    platform.outcomes.push(
      { kind: 'retry', error: 'HTTP 429', notBefore },
      { kind: 'retry', error: 'HTTP 503' },
    );
    clock.advance(WINDOW_MS);
    await until('the first try', () => platform.final().length === 1);
    await passTimeUntil('the second try', () => platform.final().length === 2, 5_000);
    expect(clock.now()).toBeGreaterThanOrEqual(notBefore);
    await passTimeUntil('the third try', () => platform.final().length === 3, 5_000);
    expect(platform.final().map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
  });

  it('becomes a dead letter, with the remedy in the log, when no route is left', async () => {
    await promiseFor(usedUpEsim());
    platform.outcomes.push({ kind: 'undeliverable', reason: 'DM closed', remedy: 'Ask them to open it' });
    clock.advance(WINDOW_MS);
    const [dead] = await until('the dead letter', async () => {
      const all = await bot.app.store.outbox.dead(5);
      return all.length > 0 && all;
    });
    expect(dead).toMatchObject({ reason: 'DM closed' });
    expect(bot.log.lines('no route left')[0]).toMatchObject({
      remedy: 'Ask them to open it',
      requestId: 'r-m1',
    });
  });

  it('ends with a last word and a dead letter when its deadline has passed', async () => {
    const iccid = usedUpEsim();
    await promiseFor(iccid);
    bot.simulator.inject(iccid, { kind: 'rate-limited', retryAfter: '80000' }, 9);
    clock.advance(WINDOW_MS);
    await until('the interim word', () => platform.deliveries.length === 1);
    await passTimeUntil('the last word', () => platform.final().length === 1, PATIENCE_MS / 10);
    expect(platform.final()[0]).toMatchObject({ reply: { refusal: { reason: 'promise-expired' } } });
    await until('the dead letter', async () => (await bot.app.store.outbox.dead(5)).length === 1);
  });

  it('is a refusal without any figure for somebody who is not allowed any more', async () => {
    await promiseFor(usedUpEsim());
    platform.access = { kind: 'refused', need: { kind: 'full-member' } };
    const before = bot.simulator.calls.length;
    clock.advance(WINDOW_MS);
    await until('the refusal', () => platform.final().length === 1);
    expect(platform.final()[0]).toMatchObject({ reply: { refusal: { reason: 'not-allowed' } } });
    expect(bot.simulator.calls).toHaveLength(before);
  });

  it('waits while it cannot be checked who may read it', async () => {
    await promiseFor(usedUpEsim());
    platform.access = { kind: 'refused', need: { kind: 'check-failed' } };
    clock.advance(WINDOW_MS);
    await until('a failed try', () => bot.app.store.outbox.depth().then(({ pending }) => pending === 1));
    expect(platform.deliveries).toEqual([]);
    platform.access = { kind: 'allowed' };
    await passTimeUntil('the answer', () => platform.final().length === 1, 5_000);
  });

  it('is not given once it is cancelled', async () => {
    const iccid = usedUpEsim();
    await promiseFor(iccid, 'kept');
    await promiseFor(iccid, 'cancelled');
    const pending = await bot.app.usageService.pendingOf('terminal:a');
    const job = pending.find(({ address }) => address.messageKey === 'cancelled');
    expect(await bot.app.usageService.cancel(job?.jobId ?? '', 'terminal:a')).toBe(true);
    clock.advance(WINDOW_MS);
    await until('the other one', () => platform.final().length === 1);
    expect(platform.final()[0]?.address.messageKey).toBe('kept');
  });

  it('is finished, when it is being sent, before the bot stops', async () => {
    await promiseFor(usedUpEsim());
    let release = () => {};
    platform.hold = new Promise((resolve) => {
      release = resolve;
    });
    clock.advance(WINDOW_MS);
    await until('sending', () => platform.final().length === 1);
    const stopped = bot.stop({ keep: true });
    release();
    await stopped;
    const after = new ScriptedPlatform();
    bot = await startBot({ clock, world: bot.world, morePlatforms: () => [after] });
    clock.advance(60_000);
    expect(await bot.app.store.outbox.depth()).toMatchObject({ pending: 0, active: 0, dead: 0 });
    expect(after.deliveries).toEqual([]);
  });

  it('leaves no secret behind in the store or in the log once it is given', async () => {
    await promiseFor(usedUpEsim());
    clock.advance(WINDOW_MS);
    await until('the delivery', () => platform.final().length === 1);
    await until(
      'the end of the job',
      async () => (await bot.app.usageService.pendingOf('terminal:a')).length === 0,
    );
    expect(bot.log.text()).not.toContain('response-url');
  });
});
