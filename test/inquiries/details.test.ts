import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { plainText } from '../../src/cards/plain-text.ts';
import type { Asking, InquiryAnswer, InquiryRouter } from '../../src/inquiries/inquiry-router.ts';
import { readQuestion } from '../../src/inquiries/question.ts';
import { type BotUnderTest, startBot } from '../support/bot.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { untilLater } from '../support/passing-time.ts';
import { until } from '../support/until.ts';

const WINDOW_MS = 900_000;
const ACTIVE = '8910000000001000019';
const VOICE = '8910000000001000035';
const RECYCLED = '8910000000001000068';
const STRANGER = '8944500000000000008';
const KEY = Buffer.alloc(32, 7).toString('base64');

let clock: ManualClock;
let bot: BotUnderTest;
let inquiries: InquiryRouter | undefined;

const asking: Asking = {
  asker: 'terminal:a',
  place: 'CSUPPORT',
  requestId: 'r1',
  locale: 'en-GB',
  address: { platform: 'terminal', asker: 'terminal:a', messageKey: 'm1', routes: null },
  mayReadMoney: async () => ({ kind: 'allowed' }),
};

async function ask(
  text: string,
  more: Partial<Asking> = {},
): Promise<Extract<InquiryAnswer, { kind: 'cards' }>> {
  const question = readQuestion(text);
  if (question.kind !== 'inquiry' || !inquiries) throw new Error(`No inquiry: ${text}`);
  const answer = await inquiries.answer(question.inquiry, { ...asking, ...more });
  if (answer.kind !== 'cards') throw new Error('No cards');
  return answer;
}

async function say(text: string, more: Partial<Asking> = {}): Promise<string> {
  const { cards } = await ask(text, more);
  return cards.map((card) => plainText(card, { locale: 'en-GB' })).join('\n\n');
}

const calls = () => bot.simulator.detailCalls.map(({ endpoint }) => endpoint);

async function start(env: Readonly<Record<string, string>> = {}): Promise<void> {
  bot = await startBot({
    clock,
    env,
    morePlatforms: (parts) => {
      inquiries = parts.inquiries;
      return [];
    },
  });
}

beforeEach(async () => {
  clock = new ManualClock();
  await start();
});
afterEach(async () => {
  bot.simulator.release();
  await bot.stop();
  for (const secret of [...bot.simulator.secrets, ACTIVE]) expect(bot.log.text()).not.toContain(secret);
});

describe('package history', () => {
  it('is told newest first, and kept for the window of its own gate', async () => {
    expect(await say(`packages ${ACTIVE}`)).toMatch(
      /1 of 2 packages active: 1\.3\sGB left\n5\sGB - 15 Days \(top-up\) · 1\.3\sGB of 5\sGB · Active · started .* · ends .*\n1\sGB - 15 Days · Used up · started/,
    );
    clock.advance(WINDOW_MS - 1);
    await say(`packages ${ACTIVE}`);
    expect(calls()).toEqual(['packages']);
    clock.advance(1);
    await say(`packages ${ACTIVE}`);
    expect(calls()).toEqual(['packages', 'packages']);
    expect(bot.simulator.detailCalls.every(({ status }) => status === 200)).toBe(true);
  });

  it('of many packages is cut, and says how many there are more', async () => {
    expect(await say(`packages ${VOICE}`)).toContain('And 4 older.');
  });

  it('makes one call for any number who ask at once', async () => {
    await Promise.all(Array.from({ length: 30 }, () => say(`packages ${ACTIVE}`)));
    expect(calls()).toEqual(['packages']);
  });

  it('refused at first says when to ask again, promises nothing, and asks nobody before', async () => {
    bot.simulator.inject('packages', { kind: 'rate-limited', retryAfter: '612' });
    expect(await say(`packages ${ACTIVE}`)).toMatch(
      /allows the next check at 14:10 UTC\. Nothing comes by itself: please check again then/,
    );
    clock.advance(611_000);
    await say(`packages ${ACTIVE}`);
    expect(calls()).toHaveLength(1);
    expect(await bot.app.usageService.pendingOf(asking.asker)).toEqual([]);
    clock.advance(1_000);
    await say(`packages ${ACTIVE}`);
    expect(calls()).toHaveLength(2);
  });

  it('refused later shows the last copy with its age', async () => {
    await say(`packages ${ACTIVE}`);
    clock.advance(WINDOW_MS);
    bot.simulator.inject('packages', { kind: 'rate-limited', retryAfter: '60' });
    expect(await say(`packages ${ACTIVE}`)).toMatch(
      /5\sGB - 15 Days[\s\S]*Checked 14:00 UTC · next check 14:16 UTC/,
    );
  });

  it('survives a restart, in the store', async () => {
    await say(`packages ${ACTIVE}`);
    await bot.stop({ keep: true });
    const { world } = bot;
    bot = await startBot({
      clock,
      world,
      morePlatforms: (parts) => {
        inquiries = parts.inquiries;
        return [];
      },
    });
    expect(await say(`packages ${ACTIVE}`)).toContain('5\u00a0GB - 15 Days');
    expect(calls()).toHaveLength(1);
  });
});

describe('the other topics', () => {
  it('tell the order, the package, the brand and the sharing link', async () => {
    expect(await say(`esim ${ACTIVE}`)).toMatch(
      /^Sakura Mobile-5\sGB - 15 Days\nOpen the eSIM page, access code pin-0019[\s\S]*Order: 20261115-070019 · Completed[\s\S]*Brand: Harbour Travel/,
    );
    expect(await say(`esim ${RECYCLED}`)).toMatch(/took this eSIM back/);
  });

  it('tell what could be bought, with prices only for those who may read them', async () => {
    expect(await say(`topups ${ACTIVE}`)).toMatch(
      /10\sGB - 30 Days, 100\sminutes, 50 texts; your price US\$18\.60; recommended US\$21\.00/,
    );
    const hidden = await say(`topups ${ACTIVE}`, { mayReadMoney: async () => ({ kind: 'check-failed' }) });
    expect(hidden).toContain('10\u00a0GB - 30 Days');
    expect(hidden).not.toMatch(/\$|18[.,]60/);
    expect(await say(`topups ${RECYCLED}`)).toMatch(/can’t be used or topped up again/);
    expect(calls()).toEqual(['topups', 'topups']);
  });

  it.each([
    ['install', /Open the QR code[\s\S]*iPhone and iPad\n1\. Go to Settings\.[\s\S]*Android\n1\. Go/],
    [
      'install android',
      /Android · with the QR code\n1\. Go to Settings[\s\S]*Android · after installing[\s\S]*Galaxy/,
    ],
    ['install ja ios', /iPhone and iPad \(17,18\) · with the QR code\n1\. 「設定」/],
    ['install de', /1\. Öffne die Einstellungen/],
  ])('tell the steps for %j', async (words, said) => {
    expect(await say(`${words} ${ACTIVE}`)).toMatch(said);
  });

  it('take the language of whoever asks where no other is named', async () => {
    const { cards } = await ask(`install ${ACTIVE}`, { locale: 'ja-JP' });
    expect(JSON.stringify(cards)).toContain('「設定」を開きます');
  });

  it('tell the balance to those alone who may read it, and ask nobody for the others', async () => {
    const refused = (kind: 'check-failed') => ({ mayReadMoney: async () => ({ kind }) });
    expect(await say('balance', refused('check-failed'))).toContain('couldn’t find out');
    const setting = 'SLACK_BALANCE_USERGROUPS';
    expect(await say('balance', { mayReadMoney: async () => ({ kind: 'not-set-up', setting }) })).toContain(
      setting,
    );
    expect(calls()).toEqual([]);
    expect(await say('balance')).toMatch(/Airalo balance: US\$412\.35/);
  });

  it('tell whether a phone takes eSIMs', async () => {
    expect(await say('devices iphone12')).toMatch(
      /2 models on Airalo’s list[\s\S]*Apple iPhone 12\nApple iPhone 12 mini/,
    );
    expect(await say('devices Nokia 3310')).toMatch(/no device for Nokia 3310/);
    expect(await say('devices')).toMatch(/Which phone/);
    expect(calls()).toEqual(['devices']);
  });

  it('say which eSIM is missing, and answer the first five of more', async () => {
    expect(await say('packages')).toContain('/esim-usage packages 8910000000001000019');
    const six = bot.simulator.addEsims(6);
    expect(await ask(`esim ${six.join(' ')}`)).toMatchObject({
      about: six.slice(0, 5),
      leftOut: six.slice(5),
    });
    expect((await ask(`esim ${ACTIVE} ${VOICE}`)).cards).toHaveLength(2);
  });

  it('say that Airalo does not know the eSIM, and remember it', async () => {
    expect(await say(`esim ${STRANGER}`)).toMatch(/doesn’t know this eSIM[\s\S]*check digit/);
    await say(`esim ${STRANGER}`);
    expect(calls()).toHaveLength(1);
  });

  it.each([
    [{ kind: 'status', status: 503 }, /isn’t answering right now/],
    [{ kind: 'truncated' }, /isn’t answering right now/],
    [{ kind: 'status', status: 403 }, /isn’t letting me in/],
    [
      { kind: 'status', status: 422, body: { code: 43, reason: 'Bad <request>' } },
      /declined this check[\s\S]*Bad <request>/,
    ],
  ] as const)('say what %j comes to', async (fault, said) => {
    bot.simulator.inject('esim', fault, 3);
    let answer: string | undefined;
    void say(`esim ${ACTIVE}`).then((text) => {
      answer = text;
    });
    expect(await untilLater(clock, 'the answer', () => answer)).toMatch(said);
  });
});

describe('what is kept', () => {
  it('holds nothing that activates an eSIM or opens its page', async () => {
    for (const topic of ['packages', 'esim', 'topups', 'install', 'install android'])
      await say(`${topic} ${ACTIVE}`);
    const { folder } = bot.world;
    const stored = readdirSync(folder)
      .map((name) => readFileSync(join(folder, name), 'latin1'))
      .join();
    expect(stored).toContain('15 Days');
    for (const secret of bot.simulator.secrets) expect(stored).not.toContain(secret);
  });

  it('is one row of the audit for each eSIM: who, where, which topic; it is no lookup of the person', async () => {
    await bot.stop();
    await start({ STORE_KEY: KEY });
    await say(`packages ${ACTIVE}`);
    await say('balance', { mayReadMoney: async () => ({ kind: 'check-failed' }) });
    const rows = await until('the rows', async () => {
      const found = await bot.app.store.audit.recent({ limit: 9 });
      return found.length === 2 && found;
    });
    expect(rows).toMatchObject([
      { outcome: 'ask-balance-refused', iccidMasked: '' },
      {
        outcome: 'ask-packages',
        asker: 'terminal:a',
        place: 'CSUPPORT',
        iccidMasked: expect.stringContaining(ACTIVE.slice(-4)),
        esimHash: expect.stringMatching(/^[0-9a-f]{16}$/),
      },
    ]);
  });

  it('counts as questions: whoever walks through eSIMs is stopped here as well', async () => {
    for (const iccid of bot.simulator.addEsims(60)) await ask(`packages ${iccid}`);
    expect(await say(`packages ${ACTIVE}`)).toMatch(/a lot of different eSIMs/);
    expect(bot.simulator.detailCalls.some(({ iccid }) => iccid === ACTIVE)).toBe(false);
  });

  it('counts what somebody looks for as well: codes of orders are not to be guessed', async () => {
    for (let number = 0; number < 60; number++) await say(`find 20260101-${100_000 + number}`);
    expect(await say('find 20260101-200000')).toMatch(/a lot of different eSIMs/);
    // Those looked for before may be looked for again.
    expect(await say('find 20260101-100000')).not.toMatch(/a lot of different eSIMs/);
  });
});
