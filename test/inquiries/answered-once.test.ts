import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { plainText } from '../../src/cards/plain-text.ts';
import { findIccids, type Iccid } from '../../src/domain/iccid.ts';
import type { Asking, InquiryRouter } from '../../src/inquiries/inquiry-router.ts';
import { readQuestion } from '../../src/inquiries/question.ts';
import type { ReplyAddress } from '../../src/usage/platform.ts';
import { createWatches } from '../../src/usage/watches.ts';
import { type BotUnderTest, startBot } from '../support/bot.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { untilLater } from '../support/passing-time.ts';
import { ScriptedPlatform } from '../support/scripted-platform.ts';

const ANNA = 'terminal:anna';
const [FIRST] = findIccids('8910000000001000019') as [Iccid];
const [SECOND] = findIccids('8910000000001000035') as [Iccid];
const WINDOW_MS = 900_000;
const address: ReplyAddress = { platform: 'terminal', asker: ANNA, messageKey: 'terminal:m1', routes: null };

let clock: ManualClock;
let bot: BotUnderTest;
let platform: ScriptedPlatform;
let inquiries: InquiryRouter;

beforeEach(async () => {
  clock = new ManualClock();
  platform = new ScriptedPlatform();
  bot = await startBot({
    clock,
    morePlatforms: (parts) => {
      inquiries = parts.inquiries;
      return [platform];
    },
  });
});
afterEach(() => clock.during(bot.stop()));

/** What a question with this id is answered, in words. */
async function said(text: string, requestId: string = randomUUID()): Promise<string> {
  const question = readQuestion(text);
  if (question.kind !== 'inquiry') throw new Error(`No command: ${text}`);
  const asking: Asking = {
    asker: ANNA,
    place: 'dm',
    requestId,
    locale: 'en',
    address,
    mayReadMoney: async () => ({ kind: 'check-failed' }),
  };
  const answer = await inquiries.answer(question.inquiry, asking);
  if (answer.kind !== 'cards') throw new Error(`No cards for: ${text}`);
  return answer.cards.map((card) => plainText(card, { locale: 'en' })).join('\n');
}

describe('a question that is answered again after a crash', () => {
  it.each<[string, readonly string[], string, RegExp, string]>([
    ['digest off', ['digest weekdays 9:00'], 'digest mondays 8:00', /won’t come any more/, 'digest'],
    [`unwatch ${SECOND}`, [`watch ${SECOND} 10`], `watch ${SECOND} 5`, /1 watch stopped/, 'watches'],
    ['unwatch 0035', [`watch ${SECOND} 10`], `watch ${SECOND} 5`, /1 watch stopped/, 'watches'],
    [
      `name ${FIRST} remove`,
      [`name ${FIRST} annatrip`],
      `name ${FIRST} bentrip`,
      /annatrip|no longer|removed/i,
      'names',
    ],
    ['unname annatrip', [`name ${FIRST} annatrip`], `name ${SECOND} annatrip`, /Name removed/, 'names'],
    [`name ${FIRST} annatrip`, [], `name ${FIRST} bentrip`, /annatrip/, 'names'],
  ])(
    '“%s” is told the same, and changes nothing that came after it',
    async (text, before, between, told, list) => {
      for (const one of before) await said(one);
      const first = await said(text, 'r-crashed');
      expect(first).toMatch(told);
      await said(between);
      const listed = await said(list);
      expect(await said(text, 'r-crashed')).toBe(first);
      expect(await said(list)).toBe(listed);
      // Asked anew it is another question.
      expect(await said(text)).not.toBe('');
    },
  );

  it('“cancel” takes back what it took back, and not the promise that was made since', async () => {
    const { usageService } = bot.app;
    const promise = async (iccid: Iccid, messageKey: string) => {
      await usageService.lookup({ iccid, asker: ANNA, requestId: randomUUID(), place: 'dm' });
      const own = { ...address, messageKey };
      await usageService.promise({ iccid, address: own, requestId: randomUUID(), place: 'dm' });
    };
    await promise(FIRST, 'terminal:m1');
    const first = await said('cancel', 'r-crashed');
    expect(first).toMatch(/0019: cancelled/);
    await promise(SECOND, 'terminal:m2');
    expect(await said('cancel', 'r-crashed')).toBe(first);
    expect(await usageService.pendingOf(ANNA)).toHaveLength(1);
  });

  it('promises once: what was kept meanwhile is its answer', async () => {
    const { usageService } = bot.app;
    await usageService.lookup({ iccid: FIRST, asker: ANNA, requestId: 'r1', place: 'dm' });
    const request = { iccid: FIRST, address, requestId: 'r-crashed', place: 'dm' };
    expect(await usageService.promise(request)).toMatchObject({
      kind: 'deferred',
      promise: { kind: 'queued' },
    });
    expect(await usageService.promise(request)).toMatchObject({
      kind: 'deferred',
      promise: { kind: 'queued' },
    });
    expect(await usageService.pendingOf(ANNA)).toHaveLength(1);
    clock.advance(WINDOW_MS);
    await untilLater(clock, 'the promised answer', () => platform.final().length === 1);
    await untilLater(clock, 'its end', async () => (await usageService.pendingOf(ANNA)).length === 0);
    expect((await usageService.promise(request)).kind).not.toBe('deferred');
    expect(await usageService.pendingOf(ANNA)).toEqual([]);
    // Another press is another promise.
    expect(await usageService.promise({ ...request, requestId: 'r-next' })).toMatchObject({
      kind: 'deferred',
    });
  });

  it('sets a watch once, though it has told and ended by then', async () => {
    const first = await said(`watch ${FIRST} 25`, 'r-crashed');
    await untilLater(clock, 'the word', () => platform.deliveries.length === 1);
    const watches = createWatches({ ...bot.app.store, clock });
    await untilLater(clock, 'its end', async () => (await watches.listOf(ANNA)).length === 0);
    expect(await said(`watch ${FIRST} 25`, 'r-crashed')).toBe(first);
    expect(await watches.listOf(ANNA)).toEqual([]);
  });
});
