import { beforeEach, describe, expect, it } from 'vitest';
import { plainText } from '../../src/cards/plain-text.ts';
import type { Iccid } from '../../src/domain/iccid.ts';
import type { Asking, InquiryAnswer } from '../../src/inquiries/inquiry-router.ts';
import { createTrendHandler } from '../../src/inquiries/trend.ts';
import { renderText } from '../../src/platforms/terminal/text.ts';
import { StoreError } from '../../src/storage/ports.ts';
import { createForecasting, type Forecasting } from '../../src/usage/forecasting.ts';
import type { LookupRequest } from '../../src/usage/platform.ts';
import type { Reply } from '../../src/usage/reply.ts';
import { captureLog, type LogCapture } from '../support/log-capture.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { deferredReply, freshReply, ICCID, readingOf, refusedReply } from '../support/replies.ts';
import { DAY_MS, series, steady } from '../support/usage-series.ts';

const clock = new ManualClock();
const NOW = clock.now();
/** Reaches 1331 MB now, 300 MB a day. */
const USE = steady(5_120, 300, NOW - ((5_120 - 1_331) / 300) * DAY_MS);
const kept = series(USE, NOW - 4 * DAY_MS, NOW - 1, DAY_MS / 2);
const asking: Asking = {
  asker: 'terminal:you',
  place: 'dm',
  requestId: 'r1',
  locale: 'en-GB',
  address: { platform: 'terminal', asker: 'terminal:you', messageKey: 'm1', routes: null },
  mayReadMoney: async () => ({ kind: 'allowed' as const }),
};

let log: LogCapture;
let asked: LookupRequest[];
beforeEach(() => {
  log = captureLog();
  asked = [];
});

function ask(
  reply: Reply,
  parts: {
    readonly iccids?: readonly Iccid[];
    readonly forecasting?: Pick<Forecasting, 'trendOf'>;
    readonly draw?: () => Promise<Uint8Array>;
  } = {},
): Promise<InquiryAnswer> {
  const history = { since: async () => kept };
  const answer = createTrendHandler({
    usageService: {
      lookup: async (request) => {
        asked.push(request);
        return reply;
      },
    },
    forecasting: parts.forecasting ?? createForecasting({ history, clock, log: log.log }),
    draw: parts.draw ?? (async () => new Uint8Array([1])),
    clock,
    log: log.log,
  });
  return answer({ topic: 'trend', iccids: parts.iccids ?? [ICCID], words: '' }, asking);
}

function cardsOf(answer: InquiryAnswer) {
  if (answer.kind !== 'cards') throw new Error('no cards');
  return answer.cards;
}
const textOf = (answer: InquiryAnswer) =>
  cardsOf(answer)
    .map((card) => plainText(card, { locale: 'en-GB' }))
    .join('\n');

describe('a question for the trend', () => {
  it('is a lookup that promises nothing, and is told in words and as a picture', async () => {
    const answer = await ask(freshReply());
    expect(asked).toEqual([{ iccid: ICCID, asker: 'terminal:you', requestId: 'r1', place: 'dm' }]);
    expect(textOf(answer)).toMatch(/About 300\sMB a day since Thu 19 Nov: runs out about Sat 28 Nov/);
    expect(cardsOf(answer)[0]?.picture).toEqual({
      name: 'trend.png',
      png: new Uint8Array([1]),
      alt: 'Data left from 19 Nov 2026 to 23 Nov 2026: from 2.5\u00a0GB to 1.3\u00a0GB. At the estimated pace it reaches zero about 28 Nov 2026.',
    });
    expect(answer).toMatchObject({ about: [ICCID] });
  });

  it('is answered from the last reading while Airalo lets nothing newer be read', async () => {
    const previous = { reading: readingOf(), asOf: NOW };
    const promise = { kind: 'none', why: 'not-asked-for' } as const;
    expect(textOf(await ask(deferredReply({ previous, promise })))).toContain('About 300\u00a0MB a day');
    expect(textOf(await ask(deferredReply({ promise })))).toContain('Airalo allows the next check');
  });

  it('is refused as a lookup is', async () => {
    const answer = await ask(
      refusedReply({ reason: 'unknown-esim', checkDigitOff: false, refreshableAt: NOW }),
    );
    expect(textOf(answer)).toContain('Airalo doesn’t know');
    expect(cardsOf(answer)[0]).not.toHaveProperty('picture');
  });

  it('says why there is no estimate, and shows what there is', async () => {
    const reading = readingOf({ data: { kind: 'unlimited' } });
    const unlimited = await ask(freshReply({ reading }));
    expect(textOf(unlimited)).toContain('Unlimited plan: nothing can run out.');
    const [last] = kept.slice(-1);
    const forecasting = createForecasting({
      history: { since: async () => (last ? [last] : []) },
      clock,
      log: log.log,
    });
    const young = await ask(freshReply(), { forecasting });
    expect(textOf(young)).toContain('No estimate yet');
    expect(cardsOf(young)[0]?.picture?.alt).toMatch(/^Data left from[^.]*\.[^.]*\.[^.]*\.$/);
  });

  it('is answered in words where nothing can be drawn or read, and the operator reads why', async () => {
    const undrawn = await ask(freshReply(), { draw: () => Promise.reject(new Error('no wasm')) });
    expect(textOf(undrawn)).toContain('The picture couldn’t be drawn this time.');
    const gone = new StoreError('STORE_UNAVAILABLE', 'gone', 'mend it');
    const unread = await ask(freshReply(), { forecasting: { trendOf: () => Promise.reject(gone) } });
    expect(textOf(unread)).toContain('No estimate yet');
    expect(log.lines('could not be drawn')).toHaveLength(1);
    expect(log.lines('cannot be read')).toHaveLength(1);
    expect(log.text()).not.toContain(ICCID);
  });

  it('without a number is no trend, and of many numbers it takes three', async () => {
    expect(await ask(freshReply(), { iccids: [] })).toEqual({ kind: 'lookup', iccids: [] });
    expect(cardsOf(await ask(freshReply(), { iccids: [ICCID, ICCID, ICCID, ICCID] }))).toHaveLength(3);
  });

  it('is shown in a terminal by what would be seen', async () => {
    const [card] = cardsOf(await ask(freshReply()));
    const shown = card && renderText(card, { locale: 'en-GB', colour: false, width: 200 });
    expect(shown).toContain('Data left from 19 Nov 2026 to 23 Nov 2026');
  });
});
