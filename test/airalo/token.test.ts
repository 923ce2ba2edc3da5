import { beforeEach, describe, expect, it } from 'vitest';
import { createTokenSource, type SharedToken, type TokenShare } from '../../src/airalo/token.ts';
import { captureLog } from '../support/log-capture.ts';
import { ManualClock } from '../support/manual-clock.ts';

const { signal } = new AbortController();

/** Two processes and what they share. */
class SharedPlace implements TokenShare {
  token: SharedToken | undefined;
  broken = false;
  #last: Promise<unknown> = Promise.resolve();
  async read() {
    if (this.broken) throw new Error('store down');
    return this.token;
  }
  async write(token: SharedToken) {
    if (this.broken) throw new Error('store down');
    this.token = token;
  }
  async lock<T>(work: () => Promise<T>): Promise<T> {
    if (this.broken) throw new Error('store down');
    const mine = this.#last.then(work, work);
    this.#last = mine.catch(() => undefined);
    return mine;
  }
}

let clock: ManualClock;
let share: SharedPlace;
let fetched: number;

function processOnThePlace() {
  return createTokenSource({
    fetchToken: async () => ({ accessToken: `token-${++fetched}`, expiresInMs: 31_622_400_000 }),
    share,
    clock,
    log: captureLog().log,
  });
}

beforeEach(() => {
  clock = new ManualClock();
  share = new SharedPlace();
  fetched = 0;
});

describe('a token shared by processes', () => {
  it('is fetched by one of those who need it at the same time', async () => {
    const [one, two] = [processOnThePlace(), processOnThePlace()];
    const tokens = await Promise.all([one.get(signal), two.get(signal), one.get(signal), two.get(signal)]);
    expect(new Set(tokens)).toEqual(new Set(['token-1']));
    expect(fetched).toBe(1);
  });

  it('that was refused is replaced by the one another process has fetched meanwhile', async () => {
    const [one, two] = [processOnThePlace(), processOnThePlace()];
    const old = await one.get(signal);
    await two.get(signal);
    expect(await two.renew(old, signal)).toBe('token-2');
    expect(await one.renew(old, signal)).toBe('token-2');
    expect(fetched).toBe(2);
  });

  it('that has run out is not taken', async () => {
    share.token = { accessToken: 'old', expiresAt: clock.now() - 1 };
    expect(await processOnThePlace().get(signal)).toBe('token-1');
  });

  it('is fetched anew by a clock that was put back, since its end says nothing then', async () => {
    const one = processOnThePlace();
    await one.get(signal);
    clock.advance(-60 * 60_000);
    share.token = undefined;
    expect(await one.get(signal)).toBe('token-2');
  });

  it('is not replaced a second time within a minute for one who is refused with the new one, too', async () => {
    const one = processOnThePlace();
    const second = await one.renew(await one.get(signal), signal);
    expect(second).toBe('token-2');
    expect(await one.renew('token-2', signal)).toBeUndefined();
    expect(await one.get(signal)).toBe('token-2');
    clock.advance(60_000);
    expect(await one.renew('token-2', signal)).toBe('token-3');
  });

  it('costs nothing but the sharing when the store is down', async () => {
    share.broken = true;
    const one = processOnThePlace();
    expect(await one.get(signal)).toBe('token-1');
    expect(await one.get(signal)).toBe('token-1');
  });

  it('is written down with its true life', async () => {
    await processOnThePlace().get(signal);
    const lifeMs = (share.token?.expiresAt ?? 0) - clock.now();
    expect(lifeMs).toBeLessThan(24 * 3_600_000);
    expect(lifeMs).toBeGreaterThan(23 * 3_600_000);
  });
});
