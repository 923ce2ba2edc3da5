import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Clock } from '../../src/clock.ts';
import type { CallPace } from '../../src/storage/ports.ts';
import { createSendTurns, type TakeTurn } from '../../src/usage/call-line.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { until } from '../support/until.ts';

const INTERVAL_MS = 250;
const SECOND_MS = 1_000;
const patient = new AbortController().signal;
let clock: ManualClock;
let pace: CallPace;
let sent: number[];

/** The pace of one store, as several processes share it; `slowMs` to answer. */
function sharedPace(by: Clock, slowMs = 0): CallPace {
  let freeAt = 0;
  return {
    async reserve(_key, intervalMs, maxWaitMs) {
      const now = by.now();
      if (slowMs > 0) await by.sleep(slowMs);
      const startAt = Math.max(freeAt, now);
      if (startAt - now > maxWaitMs) return { kind: 'busy', freeAt };
      freeAt = startAt + intervalMs;
      return { kind: 'slot', startAt };
    },
  };
}

const oneProcess = (of = pace) => createSendTurns({ pace: of, clock, intervalMs: INTERVAL_MS });
const send = (takeTurn: TakeTurn, signal = patient) => takeTurn(signal).then(() => sent.push(clock.now()));

/** The most that left within any second. */
function mostInASecond(times: readonly number[]): number {
  return Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + SECOND_MS).length));
}

beforeEach(() => {
  clock = new ManualClock();
  pace = sharedPace(clock);
  sent = [];
});
afterEach(() => expect(mostInASecond(sent)).toBeLessThanOrEqual(5));

describe('the turns to send', () => {
  it('come one by one, over all processes, however many want one at once', async () => {
    const [one, two] = [oneProcess(), oneProcess()];
    await clock.leapThrough(
      Promise.all(Array.from({ length: 20 }, (_, index) => send(index % 2 ? one : two))),
    );
    expect(sent).toHaveLength(20);
    expect(Math.max(...sent) - Math.min(...sent)).toBeLessThan(20 * INTERVAL_MS + 1_000);
  });

  it('that have passed while the process stood still are not made up for', async () => {
    const [one, two] = [oneProcess(), oneProcess()];
    const all = Promise.all(Array.from({ length: 12 }, (_, index) => send(index % 2 ? one : two)));
    await until('the first', () => sent.length >= 1 && clock.sleeping > 0);
    clock.advance(3 * SECOND_MS);
    await clock.leapThrough(all);
    expect(sent).toHaveLength(12);
  });

  it('go to the next one when somebody has left the line', async () => {
    const takeTurn = oneProcess();
    await clock.leapThrough(send(takeTurn));
    const gone = new AbortController();
    const left = takeTurn(gone.signal).then(
      () => 'had a turn',
      () => 'left',
    );
    const stays = send(takeTurn);
    gone.abort();
    expect(await left).toBe('left');
    await clock.leapThrough(stays);
    expect((sent[1] ?? 0) - (sent[0] ?? 0)).toBeLessThan(2 * INTERVAL_MS);
  });

  it.each([150, 400, 900])('come although the store takes %i ms for each', async (slowMs) => {
    const takeTurn = oneProcess(sharedPace(clock, slowMs));
    await clock.leapThrough(Promise.all(Array.from({ length: 6 }, () => send(takeTurn))));
    expect(sent).toHaveLength(6);
  });

  it('are not waited for longer than the rule, whatever instant the store names', async () => {
    const answers = [clock.now() + 3_600_000];
    const real = sharedPace(clock);
    const misled: CallPace = {
      reserve: async (...asked) => {
        const freeAt = answers.shift();
        return freeAt === undefined ? real.reserve(...asked) : { kind: 'busy', freeAt };
      },
    };
    const startedAt = clock.now();
    await clock.leapThrough(send(oneProcess(misled)));
    expect(clock.now() - startedAt).toBeLessThan(11_000);
  });

  it('end with the failure of a store that fails, and come again after it', async () => {
    let broken = true;
    const real = sharedPace(clock);
    const takeTurn = oneProcess({
      reserve: async (...asked) => {
        if (broken) throw new Error('store down');
        return real.reserve(...asked);
      },
    });
    await expect(takeTurn(patient)).rejects.toThrow('store down');
    broken = false;
    await clock.leapThrough(send(takeTurn));
    expect(sent).toHaveLength(1);
  });
});
