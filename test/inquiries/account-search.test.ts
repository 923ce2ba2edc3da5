import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Fault } from '../../src/airalo/simulator/faults.ts';
import type { Card } from '../../src/cards/card.ts';
import { plainText } from '../../src/cards/plain-text.ts';
import type { Asking, InquiryAnswer, InquiryRouter } from '../../src/inquiries/inquiry-router.ts';
import { guessedQuestion, readQuestion } from '../../src/inquiries/question.ts';
import { type BotUnderTest, createWorld, startBot } from '../support/bot.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { untilLater } from '../support/passing-time.ts';

const FIRST = '8910000000001000019';
const FAMILY = ['89852000000000100014', '89852000000000100022'];
const FAMILY_ORDER = '20261118-070900';

let clock: ManualClock;
let bot: BotUnderTest;
let inquiries: InquiryRouter | undefined;

const asking: Asking = {
  asker: 'slack:anna',
  place: 'C1',
  requestId: 'r1',
  locale: 'en-GB',
  address: { platform: 'slack', asker: 'slack:anna', messageKey: 'm1', routes: null },
  mayReadMoney: async () => ({ kind: 'allowed' }),
};

beforeEach(async () => {
  clock = new ManualClock();
  bot = await startBot({
    clock,
    morePlatforms: (parts) => {
      inquiries = parts.inquiries;
      return [];
    },
  });
});
afterEach(async () => {
  bot.simulator.release();
  await bot.stop();
  for (const secret of [...bot.simulator.secrets, FIRST, ...FAMILY])
    expect(bot.log.text()).not.toContain(secret);
});

async function ask(text: string, more: Partial<Asking> = {}): Promise<InquiryAnswer> {
  const question = readQuestion(text);
  const inquiry = question.kind === 'inquiry' ? question.inquiry : guessedQuestion(text);
  if (!inquiry || !inquiries) throw new Error(`No inquiry: ${text}`);
  return inquiries.answer(inquiry, { ...asking, ...more });
}

async function card(text: string, more: Partial<Asking> = {}): Promise<Card> {
  const answer = await ask(text, more);
  if (answer.kind !== 'cards' || !answer.cards[0]) throw new Error(`A lookup, no card: ${text}`);
  return answer.cards[0];
}

const say = async (text: string, more: Partial<Asking> = {}) =>
  plainText(await card(text, more), { locale: 'en-GB' });
const endpoints = () => bot.simulator.detailCalls.map(({ endpoint }) => endpoint);

describe('an eSIM of the account', () => {
  it('is found by any part of its number that is in no other', async () => {
    expect(await ask('find 1000019')).toEqual({ kind: 'lookup', iccids: [FIRST] });
    expect(await ask('85200000000010001')).toEqual({ kind: 'lookup', iccids: [FAMILY[0]] });
    expect(endpoints()).toEqual(['sims', 'sims']);
  });

  it('is chosen in private where several fit, those that end so first, with no number in full', async () => {
    const answer = await ask('0001');
    expect(answer).toMatchObject({ kind: 'cards' });
    const text = await say('0001');
    expect(text).toMatch(/11 eSIMs match: which one\?\nSearched for “0001”[\s\S]*And 1 more/);
    expect(text).not.toMatch(/\d{15}/);
    expect(endpoints()).toEqual(['sims']);
  });

  it('is not looked for where the team has a name for it, or the asker has asked about it', async () => {
    await ask(`name ${FIRST} anna-trip`);
    expect(await ask('find anna-trip')).toEqual({ kind: 'lookup', iccids: [FIRST] });
    expect(await ask('find 0019')).toEqual({ kind: 'lookup', iccids: [FIRST] });
    expect(endpoints()).toEqual([]);
  });

  it('is not searched for by an e-mail or by words, which are nothing of Airalo’s', async () => {
    expect(await say('anna@example.com')).toMatch(/No search by e-mail here yet\n.*CUSTOMER_LOOKUP_URL/);
    expect(await say('find the tall man')).toMatch(/No eSIM found/);
    expect(await ask('thank you')).toMatchObject({ kind: 'lookup', iccids: [] });
    expect(endpoints()).toEqual([]);
  });

  it('is asked for once by any number of people at once', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, index) => ask('1000019', { asker: `slack:p${index}` })));
    expect(endpoints()).toEqual(['sims']);
  });
});

describe('an order', () => {
  it('leads to all of its eSIMs at once, by its code and by Airalo’s number of it', async () => {
    const both = { kind: 'lookup', iccids: FAMILY };
    expect(await ask(`order ${FAMILY_ORDER}`)).toEqual(both);
    expect(await ask(FAMILY_ORDER)).toEqual(both);
    expect(await ask('order 70821')).toEqual(both);
    expect(endpoints()).toEqual(['orders', 'order']);
  });

  it('of a top-up leads to the eSIM that its note names', async () => {
    expect(await ask('order 20261125-071000')).toEqual({ kind: 'lookup', iccids: [FIRST] });
  });

  it('that failed is told as what it is', async () => {
    expect(await say('order 20261127-071101')).toMatch(
      /No eSIM in this order\nOrder 20261127-071101 · status at Airalo: Failed/,
    );
  });

  it('is found by what the partner wrote on it, and by a part of its code', async () => {
    expect(await ask('order TICKET-5512')).toEqual({ kind: 'lookup', iccids: [FIRST] });
    expect(await ask('order FAMILY-2')).toEqual({ kind: 'lookup', iccids: FAMILY });
    expect(await say('order 20261115')).toMatch(
      /9 eSIMs match: which one\?\nSearched for “20261115”[\s\S]*…0084 · 20261115-070084/,
    );
    expect(await say('order 99999999')).toMatch(/No eSIM found\nSearched for “99999999”/);
  });

  it('of the newest is chosen from a list, an order of several by its code', async () => {
    const shown = await card('orders');
    expect(plainText(shown, { locale: 'en-GB' })).toMatch(
      /\d orders[\s\S]*20261127-071101 · .*Failed[\s\S]*\(top-up\) · …0019[\s\S]*2 eSIMs/,
    );
    expect(shown.menu?.options).toContainEqual(
      expect.objectContaining({ topic: 'order', words: FAMILY_ORDER, label: FAMILY_ORDER }),
    );
    const answer = await ask('orders');
    expect(answer).toMatchObject({ kind: 'cards', about: expect.arrayContaining([FIRST]) });
    expect(JSON.stringify(shown)).not.toMatch(/\d{15}/);
    expect(endpoints()).toEqual(['orders']);
    clock.advance(120_000);
    await ask('order');
    expect(endpoints()).toEqual(['orders', 'orders']);
  });

  it('known from before is found while Airalo is away', async () => {
    await ask(`order ${FAMILY_ORDER}`);
    const kept = async () => (await bot.app.store.registry.get('esim-order', FAMILY_ORDER)) !== undefined;
    await untilLater(clock, 'the order is kept', kept);
    await untilLater(clock, 'both are kept', async () =>
      /14.*22|22.*14/.test(JSON.stringify(await bot.app.store.registry.get('esim-order', FAMILY_ORDER))),
    );
    clock.advance(2 * 60 * 60_000);
    bot.simulator.inject('orders', { kind: 'status', status: 503 }, 9);
    const late = ask(FAMILY_ORDER);
    let ended = false;
    void late.finally(() => {
      ended = true;
    });
    await untilLater(clock, 'the answer', () => ended);
    const answer = await late;
    expect(answer.kind === 'lookup' ? answer.iccids.toSorted() : answer).toEqual(FAMILY.toSorted());
  });
});

describe('plans', () => {
  it('are told for a country in any form, with prices for those alone who may see them', async () => {
    expect(await say('plans JP')).toMatch(
      /6 plans for Japan\nSakura Mobile 1\sGB - 7 Days; your price US\$2\.90; recommended US\$4\.50\nHoshi 3\sGB/,
    );
    const refused = { mayReadMoney: async () => ({ kind: 'not-in-group', groupIds: [] }) as const };
    const without = await say('plans for japan', refused);
    expect(without).toContain('Only people who may see the balance see prices.');
    expect(without).not.toContain('$');
    expect(await say('plans 日本', { locale: 'ja' })).toMatch(/日本のプラン/);
    clock.advance(6 * 60 * 60_000 - 1_000);
    await say('plans JP');
    expect(endpoints()).toEqual(['plans']);
  });

  it('are told for a region, of which all come with one call', async () => {
    expect(await say('plans Europe')).toMatch(/3 plans for Europe\n1\sGB - 7 Days/);
    expect(await say('plans Asia')).toMatch(/\d plans for Asia\n1\sGB - 7 Days/);
    expect(await say('plans Oceania')).toMatch(/offers you no plans for Oceania/);
    expect(endpoints()).toEqual(['plans']);
  });

  it('of nowhere cost no call', async () => {
    expect(await say('plans')).toMatch(/Which country or region\?/);
    expect(await say('plans Atlantis')).toMatch(/I know no country or region called Atlantis/);
    expect(await ask(`plans ${FIRST}`)).toEqual({ kind: 'lookup', iccids: [FIRST] });
    expect(endpoints()).toEqual([]);
  });
});

const AWAY = /Airalo isn’t answering right now\. Please check again/;
const NO_ACCESS = /(Airalo isn’t letting me in|No access to Airalo)/;
const FAULTS: readonly (readonly [string, Fault, RegExp, number])[] = [
  ['resets the connection', { kind: 'drop-connection' }, AWAY, 3],
  ['hangs', { kind: 'hang' }, AWAY, 1],
  [
    'allows no more for a time it names',
    { kind: 'rate-limited', retryAfter: '612' },
    /next check at 14:10/,
    1,
  ],
  ['allows no more for a time it does not name', { kind: 'rate-limited' }, /next check at 14:01/, 1],
  ['refuses the token', { kind: 'status', status: 401 }, NO_ACCESS, 2],
  [
    'does not permit the address',
    { kind: 'status', status: 403, body: { code: 89, reason: 'Your IP address is not permitted.' } },
    NO_ACCESS,
    1,
  ],
  ['fails with a page', { kind: 'status', status: 500 }, AWAY, 3],
  ['sends a page with status 200', { kind: 'not-json' }, AWAY, 1],
  ['sends half of its JSON', { kind: 'truncated' }, AWAY, 1],
  ['sends another shape', { kind: 'status', status: 200, body: { data: 7 } }, AWAY, 1],
  ['sends ten megabytes', { kind: 'status', status: 200, body: { data: 'x'.repeat(10_000_000) } }, AWAY, 1],
  [
    'leads elsewhere',
    { kind: 'status', status: 302, body: { message: 'moved' } },
    /(Airalo declined|isn’t answering)/,
    3,
  ],
  [
    'declines',
    { kind: 'status', status: 422, body: { code: 43, reason: 'Bad request.' } },
    /Airalo declined this check\. It says:\s*Bad request\./,
    1,
  ],
];

describe.each([
  ['sims', 'find 1000019'],
  ['orders', 'order TICKET-5512'],
  ['order', 'order 70821'],
  ['orders', 'orders'],
  ['plans', 'plans JP'],
] as const)('where Airalo is asked for %s by "%s" and', (endpoint, text) => {
  it.each(FAULTS)(
    '%s, the person reads it and Airalo is asked no more than it must',
    async (_what, fault, says, most) => {
      bot.simulator.inject(endpoint, fault, 9);
      let ended = false;
      const saying = say(text).finally(() => {
        ended = true;
      });
      await untilLater(clock, 'the answer', () => ended);
      expect(await saying).toMatch(says);
      expect(endpoints().length).toBeLessThanOrEqual(most);
    },
  );
});

describe('trying out codes', () => {
  it('ends after a dozen that find nothing, also for those that are there, and says until when', async () => {
    let wrong = 0;
    const guess = (index: number) => say(`order 88${index}`);
    while (!/have checked a lot of different eSIMs/.test(await guess(wrong))) wrong++;
    expect(wrong).toBe(12);
    const before = endpoints().length;
    expect(await say(`order ${FAMILY_ORDER}`)).toMatch(/You can go on at 14:(09|1\d)/);
    expect(await say('find 0019')).toMatch(/You can go on/);
    expect(endpoints()).toHaveLength(before);
    // Somebody else is not concerned.
    expect(await ask(`order ${FAMILY_ORDER}`, { asker: 'slack:ben' })).toMatchObject({ kind: 'lookup' });
  });

  it('by walking through digits ends too, and the same wrong guess again takes nothing more', async () => {
    for (let index = 0; index < 30; index++) await say('find 7777');
    expect(await ask('find 1000019')).toMatchObject({ kind: 'lookup' });
    let refusedAt: number | undefined;
    for (let index = 0; index < 60 && refusedAt === undefined; index++)
      if (/go on/.test(await say(`find 55${index + 10}`))) refusedAt = index;
    expect(refusedAt).toBeLessThan(12);
  });

  it('is not what somebody does whom Airalo could not answer', async () => {
    bot.simulator.inject('sims', { kind: 'rate-limited', retryAfter: '60' }, 99);
    for (let index = 0; index < 20; index++) await say(`find 55${index + 10}`);
    bot.simulator.clearFaults();
    expect(await ask('find 1000019')).toMatchObject({ kind: 'lookup' });
  });
});

it('searches keep the pace of all calls to Airalo', async () => {
  const own = new ManualClock();
  const world = await createWorld(own, { profile: 'strict15' });
  let router: InquiryRouter | undefined;
  const paced = await startBot({
    clock: own,
    world,
    paceIntervalMs: 250,
    morePlatforms: (parts) => {
      router = parts.inquiries;
      return [];
    },
  });
  try {
    const inquiry = (index: number) => ({ topic: 'find', iccids: [], words: `10000${index + 10}` }) as const;
    let left = 15;
    for (let index = 0; index < 15; index++)
      void router?.answer(inquiry(index), asking).finally(() => {
        left--;
      });
    await untilLater(own, 'all answers', () => left === 0);
    expect(world.simulator.detailCalls.map(({ status }) => status)).not.toContain(429);
  } finally {
    await paced.stop();
  }
});

it('what docs/find.md says of the form of a request is what is sent', () => {
  const page = readFileSync(new URL('../../docs/find.md', import.meta.url), 'utf8');
  expect(page).toContain('X-Esim-Usage-Signature');
  expect(page).toContain('X-Esim-Usage-Timestamp');
});
