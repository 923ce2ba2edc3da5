import { afterEach, beforeEach, expect, it } from 'vitest';
import { plainText } from '../../src/cards/plain-text.ts';
import { findIccids, type Iccid } from '../../src/domain/iccid.ts';
import { createCancelHandler } from '../../src/inquiries/cancel.ts';
import type { Asking, InquiryHandler } from '../../src/inquiries/inquiry-router.ts';
import { readQuestion } from '../../src/inquiries/question.ts';
import { createStatusHandler } from '../../src/inquiries/status.ts';
import { createUnwatchHandler } from '../../src/inquiries/unwatch.ts';
import { createWatchesHandler, createWatchHandler } from '../../src/inquiries/watch.ts';
import { createWatches, type Watches } from '../../src/usage/watches.ts';
import { type BotUnderTest, startBot } from '../support/bot.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { ScriptedPlatform } from '../support/scripted-platform.ts';

const [FIRST] = findIccids('8910000000001000019') as [Iccid];
const [SECOND] = findIccids('8910000000001000035') as [Iccid];
const ANNA = 'terminal:anna';
const address = { platform: 'terminal', asker: ANNA, messageKey: 'terminal:m1', routes: null } as const;

let bot: BotUnderTest;
let clock: ManualClock;
let watches: Watches;
beforeEach(async () => {
  clock = new ManualClock();
  bot = await startBot({ clock, morePlatforms: () => [new ScriptedPlatform()] });
  watches = createWatches({ ...bot.app.store, clock });
});
afterEach(() => bot.stop());

const asking: Asking = {
  asker: ANNA,
  place: 'dm',
  requestId: 'r1',
  locale: 'en',
  address,
  mayReadMoney: async () => ({ kind: 'allowed' }),
};

async function said(text: string): Promise<string> {
  const question = readQuestion(text);
  if (question.kind !== 'inquiry') throw new Error(`No command: ${text}`);
  const { usageService } = bot.app;
  const handlers = new Map<string, InquiryHandler>([
    ['cancel', createCancelHandler({ usageService, clock })],
    ['status', createStatusHandler({ usageService, clock, version: '9.8.7' })],
    ['watch', createWatchHandler({ watches, usageService, clock })],
    ['watches', createWatchesHandler({ watches, usageService, clock, namesOf: async () => new Map() })],
    ['unwatch', createUnwatchHandler({ watches, usageService, clock, namesOf: async () => new Map() })],
  ]);
  const answer = await handlers.get(question.inquiry.topic)?.(question.inquiry, asking);
  if (answer?.kind !== 'cards') throw new Error(`No cards for: ${text}`);
  return answer.cards.map((card) => plainText(card, { locale: 'en' })).join('\n');
}

it('"watch … 33" says what can be watched for, and sets nothing', async () => {
  const text = await said(`watch ${FIRST} 33`);
  expect(text).toMatch(/I can’t watch for “33”\. You can use 25, 10, 5 or ends\./);
  expect(await said(`watch ${FIRST} channel`)).not.toMatch(/can’t watch/);
  expect(await watches.listOf(ANNA)).toEqual([]);
});

it('"unwatch" stops every watch on an eSIM, by the number or its last digits; alone it lists them', async () => {
  for (const condition of ['10', '5'] as const)
    await watches.set({ iccid: FIRST, condition, address, requestId: 'r1' });
  await watches.set({ iccid: SECOND, condition: '10', address, requestId: 'r1' });
  const listed = await said('unwatch');
  for (const digits of ['…0019', '…0035']) expect(listed).toContain(digits);
  expect(await said(`unwatch ${FIRST}`)).toMatch(/eSIM\u00a0…0019: 2 watches stopped\./);
  expect(await said(`${FIRST} unwatch`)).toMatch(/eSIM\u00a0…0019: you weren’t watching it\./);
  expect(await said('unwatch 0035')).toMatch(/eSIM\u00a0…0035: 1 watch stopped\./);
  expect(await watches.listOf(ANNA)).toEqual([]);
});

it('"watches" says how many it cannot read instead of hiding them', async () => {
  const unreadable = { ...watches, listOf: async () => [], unreadableOf: async () => 2 };
  const parts = {
    watches: unreadable,
    usageService: bot.app.usageService,
    clock,
    namesOf: async () => new Map(),
  };
  const answer = await createWatchesHandler(parts)({ topic: 'watches', iccids: [], words: '' }, asking);
  const text =
    answer.kind === 'cards' ? answer.cards.map((card) => plainText(card, { locale: 'en' })).join() : '';
  expect(text).toContain('2 watches can’t be read right now.');
  expect(text).not.toContain('aren’t watching');
});

it('"cancel" takes back an answer on its way, and asks which where there are several', async () => {
  const promise = (iccid: Iccid) =>
    bot.app.usageService.promise({ iccid, address, requestId: 'r1', place: 'dm' });
  const { usageService } = bot.app;
  expect(await said('cancel')).toMatch(/No answers on their way/);
  for (const iccid of [FIRST, SECOND]) {
    await usageService.lookup({ iccid, asker: ANNA, requestId: 'r1', place: 'dm' });
    await promise(iccid);
  }
  expect(await said('cancel')).toMatch(/eSIM\u00a0…0019, expected at[\s\S]*eSIM\u00a0…0035, expected at/);
  expect(await usageService.pendingOf(ANNA)).toHaveLength(2);
  expect(await said(`cancel ${FIRST}`)).toMatch(/eSIM\u00a0…0019: cancelled\. No answer will come\./);
  expect(await said(`cancel ${FIRST}`)).toMatch(/eSIM\u00a0…0019: no answer was on its way\./);
  expect(await said('status')).toMatch(
    /Everything works\n1 answer on its way\neSIM\u00a0…0035, expected at .*\nVersion 9\.8\.7/,
  );
  expect(await said('cancel')).toMatch(/eSIM\u00a0…0035: cancelled/);
  expect(await usageService.pendingOf(ANNA)).toEqual([]);
});
