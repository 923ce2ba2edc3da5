import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findIccids, type Iccid, parseIccid } from '../../src/domain/iccid.ts';
import type { LookupRequest, ReplyAddress } from '../../src/usage/platform.ts';
import type { Reply } from '../../src/usage/reply.ts';
import { type BotUnderTest, startBot } from '../support/bot.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { until } from '../support/until.ts';

const WINDOW_MS = 900_000;
const ACTIVE = iccidOf('8910000000001000019');
const USED_UP = iccidOf('8910000000001000092');
const STRANGER = iccidOf('8910000000001000099');

let clock: ManualClock;
let bot: BotUnderTest;

function iccidOf(text: string): Iccid {
  const parsed = parseIccid(text);
  if (parsed.kind !== 'ok') throw new Error(`Not an ICCID: ${text}`);
  return parsed.iccid;
}

const address: ReplyAddress = { platform: 'terminal', asker: 'terminal:a', messageKey: 'm1', routes: null };

function ask(iccid: Iccid, more: Partial<LookupRequest> = {}): Promise<Reply> {
  return bot.app.usageService.lookup({ iccid, requestId: 'r1', place: 'test', ...more });
}

beforeEach(async () => {
  clock = new ManualClock();
  bot = await startBot({ clock });
});
afterEach(async () => {
  bot.simulator.release();
  await bot.stop();
});

describe('a lookup', () => {
  it('reads an eSIM nobody asked for yet, and says when it may be read again', async () => {
    expect(await ask(ACTIVE)).toMatchObject({
      kind: 'fresh',
      asOf: clock.now(),
      refreshableAt: clock.now() + WINDOW_MS,
      reading: { status: { name: 'ACTIVE' }, data: { kind: 'megabytes', remaining: 1331, total: 5120 } },
    });
  });

  it('is answered from the last reading within the window, without a call', async () => {
    await ask(ACTIVE);
    const readAt = clock.now();
    clock.advance(WINDOW_MS - 1);
    expect(await ask(ACTIVE)).toMatchObject({ kind: 'cached', because: 'within-window', asOf: readAt });
    expect(bot.simulator.calls).toHaveLength(1);
  });

  it('reads again when the window has passed', async () => {
    await ask(ACTIVE);
    clock.advance(WINDOW_MS);
    expect(await ask(ACTIVE)).toMatchObject({ kind: 'fresh', reading: { data: { remaining: 1278 } } });
    expect(bot.simulator.refusals).toBe(0);
  });

  it('makes one call for any number who ask at once', async () => {
    const replies = await Promise.all(Array.from({ length: 100 }, () => ask(ACTIVE)));
    expect(bot.simulator.calls).toHaveLength(1);
    expect(new Set(replies.map((reply) => reply.kind))).toEqual(new Set(['fresh']));
  });

  it('asks each eSIM by itself', async () => {
    const iccids = bot.simulator.addEsims(30).map(iccidOf);
    const replies = await Promise.all(iccids.map((iccid) => ask(iccid)));
    expect(replies.every((reply) => reply.kind === 'fresh')).toBe(true);
    expect(bot.simulator.calls).toHaveLength(30);
    expect(bot.simulator.tokenRequests).toBe(1);
  });

  it('repeats the digits of an eSIM Airalo does not know, and remembers that for the window', async () => {
    const reply = {
      kind: 'refused',
      iccid: STRANGER,
      refusal: { reason: 'unknown-esim', checkDigitOff: true },
    };
    expect(await ask(STRANGER)).toMatchObject(reply);
    expect(await ask(STRANGER)).toMatchObject(reply);
    expect(bot.simulator.calls).toHaveLength(1);
    clock.advance(WINDOW_MS);
    await ask(STRANGER);
    expect(bot.simulator.calls).toHaveLength(2);
  });
});

describe('a lookup that Airalo refuses for its rate limit', () => {
  it('promises an answer for the instant Airalo named, and asks nobody before it', async () => {
    const first = await ask(USED_UP, { address });
    expect(first).toMatchObject({
      kind: 'deferred',
      because: 'rate-limited',
      refreshableAt: clock.now() + WINDOW_MS,
      promise: { kind: 'queued', answerAt: clock.now() + WINDOW_MS },
    });
    await ask(USED_UP, { address: { ...address, messageKey: 'm2' } });
    expect(bot.simulator.calls).toHaveLength(1);
    expect(await bot.app.usageService.pendingOf(address.asker)).toHaveLength(2);
  });

  it('takes its own window when the header is missing', async () => {
    bot.simulator.inject(ACTIVE, { kind: 'rate-limited' });
    expect(await ask(ACTIVE)).toMatchObject({ kind: 'deferred', refreshableAt: clock.now() + WINDOW_MS });
  });

  it('takes Airalo at its word when it names a shorter or a longer wait than the window', async () => {
    const [short = ACTIVE, long = ACTIVE] = bot.simulator.addEsims(2).map(iccidOf);
    bot.simulator.inject(short, { kind: 'rate-limited', retryAfter: '7' });
    bot.simulator.inject(long, { kind: 'rate-limited', retryAfter: '3600' });
    expect(await ask(short)).toMatchObject({ refreshableAt: clock.now() + 7_000 });
    expect(await ask(long)).toMatchObject({ refreshableAt: clock.now() + 3_600_000 });
    clock.advance(WINDOW_MS);
    expect(await ask(long)).toMatchObject({ kind: 'deferred' });
    expect(bot.simulator.calls).toHaveLength(2);
  });

  it('shows the older reading beside the promise, when there is one', async () => {
    await ask(ACTIVE);
    const readAt = clock.now();
    clock.advance(WINDOW_MS);
    bot.simulator.inject(ACTIVE, { kind: 'rate-limited', retryAfter: '60' });
    expect(await ask(ACTIVE, { address })).toMatchObject({
      kind: 'deferred',
      previous: { asOf: readAt, reading: { data: { remaining: 1331 } } },
      promise: { kind: 'queued' },
    });
  });

  it('promises nothing where there is no place to answer to', async () => {
    expect(await ask(USED_UP)).toMatchObject({ promise: { kind: 'none', why: 'not-asked-for' } });
  });
});

describe('a lookup while Airalo is out of order', () => {
  it('shows the last reading with its age', async () => {
    await ask(ACTIVE);
    clock.advance(WINDOW_MS);
    bot.simulator.inject(ACTIVE, { kind: 'truncated' });
    expect(await ask(ACTIVE, { address })).toMatchObject({ kind: 'cached', because: 'airalo-unavailable' });
  });

  it.each([
    ['a truncated body', { kind: 'truncated' as const }],
    ['a page instead of JSON', { kind: 'not-json' as const }],
    ['a body without end', { kind: 'huge' as const }],
  ])(
    'promises a later answer after %s, at the next window, since the call was counted',
    async (_what, fault) => {
      bot.simulator.inject(ACTIVE, fault);
      const reply = await ask(ACTIVE, { address });
      expect(reply).toMatchObject({
        kind: 'deferred',
        because: 'airalo-unavailable',
        promise: { kind: 'queued' },
      });
      await ask(ACTIVE);
      expect(bot.simulator.calls).toHaveLength(1);
    },
  );

  it('gives up on a silent Airalo when the budget is spent, and promises', async () => {
    bot.simulator.inject(ACTIVE, { kind: 'hang' }, 9);
    const asked = ask(ACTIVE, { address });
    await until('the question has arrived', () => bot.simulator.tokenRequests === 1 && clock.sleeping > 0);
    // The whole budget passes at once, wherever the question is by now.
    await until('the answer', async () => {
      clock.advance(8_000);
      return (await Promise.race([asked, Promise.resolve(undefined)])) !== undefined;
    });
    expect(await asked).toMatchObject({ kind: 'deferred', because: 'airalo-unavailable' });
  });

  it.each([
    // Two for the first eSIM, with another token in between; one more shows that it is not that eSIM alone.
    ['credentials-refused', { kind: 'status' as const, status: 401 }, 3],
    [
      'ip-not-allowed',
      { kind: 'status' as const, status: 403, body: { code: 89, reason: 'not permitted' } },
      1,
    ],
  ])('says that the operator is needed: %s', async (cause, fault, calls) => {
    bot.simulator.inject('usage', fault, 9);
    expect(await ask(ACTIVE)).toMatchObject({ refusal: { reason: 'operator-needed', cause } });
    expect(await ask(USED_UP)).toMatchObject({ refusal: { reason: 'operator-needed', cause } });
    // Known for a while: the next questions do not try again.
    const [third] = bot.simulator.addEsims(1).flatMap(findIccids) as [Iccid];
    expect(await ask(third)).toMatchObject({ refusal: { reason: 'operator-needed', cause } });
    expect(await ask(ACTIVE)).toMatchObject({ refusal: { reason: 'operator-needed', cause } });
    expect(bot.simulator.calls).toHaveLength(calls);
  });

  it('says what Airalo says when it declines', async () => {
    bot.simulator.inject(ACTIVE, {
      kind: 'status',
      status: 422,
      body: { code: 43, reason: 'Bad request. Why' },
    });
    expect(await ask(ACTIVE)).toMatchObject({ refusal: { reason: 'declined', detail: 'Bad request. Why' } });
  });

  it('goes on with a new token when the old one was revoked', async () => {
    await ask(ACTIVE);
    bot.simulator.revokeTokens();
    clock.advance(WINDOW_MS);
    // The call refused for its token was counted by the strict profile, as Airalo's would be.
    expect(await ask(iccidOf('8910000000001000035'))).toMatchObject({ kind: 'deferred' });
    expect(bot.simulator.tokenRequests).toBe(2);
    expect(await ask(ACTIVE)).toMatchObject({ kind: 'fresh' });
  });
});

describe('a lookup while the store is out of order', () => {
  it('is answered from Airalo, once, and promises nothing it could not keep', async () => {
    await bot.app.store.close();
    expect(await ask(ACTIVE, { address })).toMatchObject({ kind: 'fresh' });
    expect(await ask(ACTIVE, { address })).toMatchObject({ kind: 'cached' });
    expect(await ask(USED_UP, { address })).toMatchObject({
      kind: 'deferred',
      promise: { kind: 'none', why: 'not-durable' },
    });
    expect(bot.simulator.calls).toHaveLength(2);
  });
});

describe('a promise on request', () => {
  it('waits for the next window without asking Airalo', async () => {
    await ask(ACTIVE);
    const reply = await bot.app.usageService.promise({
      iccid: ACTIVE,
      requestId: 'r',
      place: 'test',
      address,
    });
    expect(reply).toMatchObject({
      kind: 'deferred',
      promise: { kind: 'queued', answerAt: clock.now() + WINDOW_MS },
    });
    expect(bot.simulator.calls).toHaveLength(1);
  });

  it('is one promise, however often it is asked for', async () => {
    await ask(ACTIVE);
    const request = { iccid: ACTIVE, requestId: 'r', place: 'test', address };
    const replies = await Promise.all([
      bot.app.usageService.promise(request),
      bot.app.usageService.promise(request),
    ]);
    expect(replies[0]).toEqual(replies[1]);
    expect(await bot.app.usageService.pendingOf(address.asker)).toHaveLength(1);
  });

  it('can be cancelled by the asker only, and asked for again after that', async () => {
    await ask(ACTIVE);
    const request = { iccid: ACTIVE, requestId: 'r', place: 'test', address };
    await bot.app.usageService.promise(request);
    const [pending] = await bot.app.usageService.pendingOf(address.asker);
    expect(await bot.app.usageService.cancel(pending?.jobId ?? '', 'terminal:other')).toBe(false);
    expect(await bot.app.usageService.cancel(pending?.jobId ?? '', address.asker)).toBe(true);
    expect(await bot.app.usageService.cancel(pending?.jobId ?? '', address.asker)).toBe(false);
    expect(await bot.app.usageService.pendingOf(address.asker)).toEqual([]);
    // The same request again would be one that is answered anew after a crash.
    const again = { ...request, requestId: 'r-again' };
    expect(await bot.app.usageService.promise(again)).toMatchObject({ promise: { kind: 'queued' } });
    expect(await bot.app.usageService.pendingOf(address.asker)).toHaveLength(1);
  });

  it('is an answer at once when the window is open', async () => {
    const reply = await bot.app.usageService.promise({
      iccid: ACTIVE,
      requestId: 'r',
      place: 'test',
      address,
    });
    expect(reply).toMatchObject({ kind: 'fresh' });
  });
});

describe('the usage service', () => {
  it('shows without asking what is known: nothing, a reading, a promise', async () => {
    expect(await bot.app.usageService.peek(ACTIVE)).toBeUndefined();
    await ask(ACTIVE);
    expect(await bot.app.usageService.peek(ACTIVE, 'm1')).toMatchObject({ kind: 'cached' });
    await bot.app.usageService.promise({ iccid: ACTIVE, requestId: 'r', place: 'test', address });
    expect(await bot.app.usageService.peek(ACTIVE, 'm1')).toMatchObject({
      kind: 'deferred',
      promise: { kind: 'queued' },
    });
    expect(await bot.app.usageService.peek(ACTIVE, 'm2')).toMatchObject({ kind: 'cached' });
    expect(bot.simulator.calls).toHaveLength(1);
  });

  it('lets one claim a key, until its time is over', async () => {
    expect(await bot.app.usageService.claim('event-1', 1_000)).toBe(true);
    expect(await bot.app.usageService.claim('event-1', 1_000)).toBe(false);
    clock.advance(1_001);
    expect(await bot.app.usageService.claim('event-1', 1_000)).toBe(true);
  });

  it('keeps a value behind a short id that tells nothing', async () => {
    const id = await bot.app.usageService.remember({ iccid: ACTIVE }, 1_000);
    expect(id).toMatch(/^[\w-]{8,16}$/);
    expect(await bot.app.usageService.recall(id)).toEqual({ iccid: ACTIVE });
    expect(await bot.app.usageService.recall('unknown-id')).toBeUndefined();
    // More than are made at a time.
    const others = Array.from({ length: 250 }, () => bot.app.usageService.remember('another', 1_000));
    expect(new Set([id, ...(await Promise.all(others))]).size).toBe(251);
  });

  it('lists a person’s own last lookups, masked, and writes no full ICCID to the log', async () => {
    await ask(ACTIVE, { address });
    const lookupsOf = (asker: string) => bot.app.store.audit.recent({ asker, limit: 5 });
    // Nobody waits for the audit: it is written in its turn.
    const recent = await until('the audit', async () => (await lookupsOf(address.asker))[0]);
    expect(recent).toMatchObject({ iccidMasked: '…0019', outcome: 'fresh' });
    expect(await lookupsOf('terminal:other')).toEqual([]);
    expect(bot.log.text()).not.toContain(ACTIVE);
    expect(bot.log.lines('Lookup answered')[0]).toMatchObject({ iccid: '…0019', requestId: 'r1' });
  });
});
