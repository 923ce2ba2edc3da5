import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LookupRequest } from '../../src/usage/platform.ts';
import { createQuestionLimits, type QuestionLimits } from '../../src/usage/question-limits.ts';
import { toIccid } from '../support/arbitraries.ts';
import { ManualClock } from '../support/manual-clock.ts';

const MINUTE_MS = 60_000;
let limits: QuestionLimits;

const question = (number: number, asker = 'slack:anna', place = 'C1'): LookupRequest => ({
  iccid: toIccid(String(8_910_000_000_000n * 1_000_000n + BigInt(number))),
  address: { platform: 'slack', asker, messageKey: 'slack:m', routes: null },
  requestId: 'r',
  place,
});
const ask = (one: LookupRequest) => limits.refusedUntil(one, one.iccid);
const askFor = async (numbers: readonly number[], asker?: string, place?: string) => {
  const refused = [];
  for (const number of numbers)
    if ((await ask(question(number, asker, place))) !== undefined) refused.push(number);
  return refused;
};
const upTo = (count: number, from = 0) => Array.from({ length: count }, (_, index) => from + index);

beforeEach(() => {
  vi.useFakeTimers();
  limits = createQuestionLimits(new ManualClock());
});
afterEach(() => {
  vi.useRealTimers();
});

describe('somebody who walks through ICCIDs', () => {
  it('is stopped at the sixty-first, is told until when, and may go on with those asked for before', async () => {
    expect(await askFor(upTo(61))).toEqual([60]);
    expect(await ask(question(60))).toBeGreaterThan(ManualClock.START + 9 * MINUTE_MS);
    expect(await askFor(upTo(60))).toEqual([]);
  });

  it('is not taken for one because many ask about the same eSIMs in the same instant', async () => {
    const questions = Array.from({ length: 400 }, (_, index) => question(index % 20));
    const answers = await Promise.all(questions.map((one) => ask(one)));
    expect(answers.filter((until) => until !== undefined)).toEqual([]);
    expect(await askFor(upTo(41, 100))).toEqual([140]);
  });

  it('may go on after ten minutes', async () => {
    await askFor(upTo(61));
    vi.advanceTimersByTime(10 * MINUTE_MS + 1);
    expect(await askFor([60, 61])).toEqual([]);
  });

  it('keeps nobody else from asking, but a channel as a whole has its limit too', async () => {
    await askFor(upTo(61));
    expect(await askFor(upTo(60), 'slack:ben')).toEqual([]);
    for (const [index, asker] of ['c', 'd', 'e', 'f', 'g'].entries())
      await askFor(upTo(60, 60 + index * 60), asker);
    expect(await askFor([9_000], 'slack:hana')).toEqual([9_000]);
    expect(await askFor([9_000], 'slack:hana', 'C2')).toEqual([]);
    expect(await askFor([9_001], 'slack:hana', 'dm')).toEqual([]);
  });

  it('is the same person where nothing is promised', async () => {
    await askFor(upTo(60));
    const { address: _, ...unaddressed } = question(60);
    expect(await ask({ ...unaddressed, asker: 'slack:anna' })).toBeDefined();
    expect(await ask({ ...unaddressed, asker: 'slack:ben' })).toBeUndefined();
  });

  it('loses nothing of their own by what the channel as a whole is refused', async () => {
    for (const [index, asker] of ['c', 'd', 'e', 'f', 'g'].entries())
      await askFor(upTo(60, index * 60), asker);
    expect(await askFor(upTo(70, 1_000), 'slack:hana')).toEqual(upTo(70, 1_000));
    expect(await askFor(upTo(61, 1_000), 'slack:hana', 'dm')).toEqual([1_060]);
  });

  it('does not concern the operator at a terminal', async () => {
    const { address: _, ...operator } = question(1);
    for (const number of upTo(100))
      expect(await ask({ ...operator, iccid: question(number).iccid })).toBeUndefined();
  });
});
