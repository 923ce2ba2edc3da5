import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Iccid } from '../../src/domain/iccid.ts';
import type { UsagePoint } from '../../src/domain/usage-point.ts';
import { createForecasting, seenOf } from '../../src/usage/forecasting.ts';
import type { Reply } from '../../src/usage/reply.ts';
import { toIccid } from '../support/arbitraries.ts';
import { type BotUnderTest, startBot } from '../support/bot.ts';
import { captureLog } from '../support/log-capture.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { freshReply } from '../support/replies.ts';
import { until } from '../support/until.ts';
import { DAY_MS, HOUR_MS } from '../support/usage-series.ts';

const WINDOW_MS = 900_000;
/** The simulator's first eSIM: 1331 MB left of 5120. */
const ACTIVE = toIccid('8910000000001000019');

describe('lookups over days', () => {
  let clock: ManualClock;
  let bot: BotUnderTest;
  beforeEach(async () => {
    clock = new ManualClock();
    bot = await startBot({ clock });
  });
  afterEach(() => bot.stop());

  const ask = (iccid: Iccid): Promise<Reply> =>
    bot.app.usageService.lookup({ iccid, requestId: 'r1', place: 'test' });
  const kept = () => bot.app.store.history.since(ACTIVE, 0, 100);

  it('are noted down, one point for each reading, and none for what had no figure', async () => {
    await ask(ACTIVE);
    await ask(ACTIVE);
    await until('the point is there', async () => (await kept()).length === 1);
    expect(await kept()).toEqual([{ at: clock.now(), remainingMb: 1331, totalMb: 5120, status: 'ACTIVE' }]);
    const stranger = toIccid('8910000000001000099');
    await ask(stranger);
    expect(await bot.app.store.history.since(stranger, 0, 100)).toEqual([]);
  });

  it('come to a forecast once they carry one, on every answer with that reading', async () => {
    for (let turn = 0; turn < 2; turn++) {
      expect(await ask(ACTIVE)).not.toHaveProperty('forecast');
      clock.advance(12 * HOUR_MS);
    }
    await until('the points are there', async () => (await kept()).length === 2);
    const reply = await ask(ACTIVE);
    const points = await until('three points', async () => {
      const all = await kept();
      return all.length === 3 ? all : undefined;
    });
    const [first] = points;
    const last = points.at(-1);
    const used = (first?.remainingMb ?? 0) - (last?.remainingMb ?? 0);
    expect(reply).toMatchObject({ kind: 'fresh', forecast: { from: first?.at, points: 3 } });
    expect('forecast' in reply && reply.forecast?.perDayMb).toBeCloseTo(used, 0);
    const forecast = 'forecast' in reply ? reply.forecast : undefined;
    clock.advance(WINDOW_MS / 2);
    expect(await ask(ACTIVE)).toMatchObject({ kind: 'cached', forecast });
    expect(await bot.app.usageService.peek(ACTIVE)).toMatchObject({ kind: 'cached', forecast });
  });
});

describe('a history that fails', () => {
  const { log } = captureLog();
  const clock = new ManualClock();

  it('costs the forecast and nothing else', async () => {
    const history = { since: () => Promise.reject(new Error('gone')) };
    const reply = freshReply();
    expect(await createForecasting({ history, clock, log }).addTo(reply)).toEqual(reply);
  });

  it('is not waited for', async () => {
    const history = { since: () => new Promise<UsagePoint[]>(() => undefined) };
    const reply = freshReply();
    const answer = createForecasting({ history, clock, log }).addTo(reply);
    await until('it waits', () => clock.sleeping > 0);
    clock.advance(200);
    expect(await answer).toEqual(reply);
  });

  it('is asked once for each reading', async () => {
    let asked = 0;
    const history = {
      since: async () => {
        asked++;
        return [];
      },
    };
    const forecasting = createForecasting({ history, clock, log });
    await Promise.all([forecasting.addTo(freshReply()), forecasting.addTo(freshReply())]);
    for (let turn = 0; turn < 3; turn++) await forecasting.addTo(freshReply());
    expect(asked).toBe(1);
    await forecasting.addTo(freshReply({ asOf: clock.now() + DAY_MS }));
    expect(asked).toBe(2);
  });

  it('is asked anew after a failure', async () => {
    let asked = 0;
    const since = () => (asked++ === 0 ? Promise.reject(new Error('away')) : Promise.resolve([]));
    const forecasting = createForecasting({ history: { since }, clock, log });
    for (let turn = 0; turn < 3; turn++) await forecasting.addTo(freshReply());
    expect(asked).toBe(2);
  });

  it('has nothing to say about a refusal', () => {
    expect(seenOf({ kind: 'refused', refusal: { reason: 'store-unavailable' } })).toBeUndefined();
  });
});
