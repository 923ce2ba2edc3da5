import { afterEach, beforeEach, expect, it } from 'vitest';
import { plainText } from '../../src/cards/plain-text.ts';
import { findIccids, type Iccid } from '../../src/domain/iccid.ts';
import { createCancelHandler } from '../../src/inquiries/cancel.ts';
import type { Asking, InquiryHandler } from '../../src/inquiries/inquiry-router.ts';
import { createRecentHandler } from '../../src/inquiries/recent.ts';
import { createStatusHandler } from '../../src/inquiries/status.ts';
import { createWatches } from '../../src/usage/watches.ts';
import { type BotUnderTest, startBot } from '../support/bot.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { ScriptedPlatform } from '../support/scripted-platform.ts';

const [FIRST] = findIccids('8910000000001000019') as [Iccid];
const ANNA = 'terminal:anna';
const address = { platform: 'terminal', asker: ANNA, messageKey: 'terminal:m1', routes: null } as const;
const [OLD_KEY, NEW_KEY] = ['1', '2'].map((digit) => digit.repeat(64)) as [string, string];

const clock = new ManualClock();
/** Knows the old key alone, and beside it one that seals with the new. */
let behind: BotUnderTest;
let ahead: BotUnderTest;
beforeEach(async () => {
  const parts = { clock, morePlatforms: () => [new ScriptedPlatform()] };
  behind = await startBot({ ...parts, env: { STORE_KEY: OLD_KEY } });
  ahead = await startBot({ ...parts, world: behind.world, env: { STORE_KEY: `${NEW_KEY},${OLD_KEY}` } });
});
afterEach(async () => {
  await ahead.stop({ keep: true });
  await behind.stop();
});

const asking: Asking = {
  asker: ANNA,
  place: 'dm',
  requestId: 'r1',
  locale: 'en',
  address,
  mayReadMoney: async () => ({ kind: 'allowed' }),
};

async function told(topic: 'status' | 'cancel' | 'recent', bot: BotUnderTest): Promise<string> {
  const { usageService, store } = bot.app;
  const directory = { knownTo: async () => [], namesOf: async () => new Map() };
  const watches = createWatches({ ...store, clock });
  const handlers: Record<typeof topic, InquiryHandler> = {
    status: createStatusHandler({ usageService, clock, version: '1.0.0' }),
    cancel: createCancelHandler({ usageService, clock }),
    recent: createRecentHandler({ usageService, directory, watches, clock }),
  };
  const answer = await handlers[topic]({ topic, iccids: [], words: '' }, asking);
  if (answer.kind !== 'cards') throw new Error(`No cards: ${answer.kind}`);
  return answer.cards.map((card) => plainText(card, { locale: 'en' })).join('\n');
}

it.each(['status', 'cancel', 'recent'] as const)(
  '"%s" says how many promised answers it cannot read instead of hiding them',
  async (topic) => {
    await ahead.app.usageService.lookup({ iccid: FIRST, asker: ANNA, requestId: 'r1', place: 'dm' });
    await ahead.app.usageService.promise({ iccid: FIRST, address, requestId: 'r1', place: 'dm' });
    expect(await ahead.app.usageService.pendingOf(ANNA)).toHaveLength(1);
    const text = await told(topic, behind);
    expect(text).toContain(
      '1 answer on the way can’t be read right now. Your bot admin can see why in the log.',
    );
    expect(text).not.toMatch(/No answers are on their way/);
  },
);
