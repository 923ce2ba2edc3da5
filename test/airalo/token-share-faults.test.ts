import { beforeEach, describe, expect, it } from 'vitest';
import { createTokenSource, type SharedToken, type TokenShare } from '../../src/airalo/token.ts';
import { captureLog } from '../support/log-capture.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { until } from '../support/until.ts';

const { signal } = new AbortController();
let clock: ManualClock;
let fetched: number;

beforeEach(() => {
  clock = new ManualClock();
  fetched = 0;
});

/** A share that works, but for the parts given. */
function shareWith(faults: Partial<TokenShare>, token?: SharedToken): TokenShare {
  return { read: async () => token, write: async () => undefined, lock: (work) => work(), ...faults };
}

function sourceOn(share: TokenShare) {
  const { log } = captureLog();
  const fetchToken = async () => ({ accessToken: `token-${++fetched}`, expiresInMs: undefined });
  return createTokenSource({ fetchToken, share, clock, log });
}

const never = () => new Promise<never>(() => undefined);

describe('a process whose token share fails', () => {
  it('has its token although the lock cannot be given back', async () => {
    const lock = async <T>(work: () => Promise<T>): Promise<T> => {
      await work();
      throw new Error('store down');
    };
    expect(await sourceOn(shareWith({ lock })).get(signal)).toBe('token-1');
    expect(fetched).toBe(1);
  });

  it.each<[string, Partial<TokenShare>]>([
    ['the lock', { lock: never }],
    ['the reading', { read: never }],
    ['the writing', { write: never }],
  ])('goes on alone when %s hangs', async (_what, faults) => {
    let token: string | undefined;
    void sourceOn(shareWith(faults))
      .get(signal)
      .then((value) => {
        token = value;
      });
    await until('the token', () => {
      clock.advance(100);
      return token !== undefined;
    });
    expect(token).toBe('token-1');
    expect(fetched).toBe(1);
  });

  it('fetches once although a slow lock runs the work after all', async () => {
    let runLate: () => void = () => undefined;
    const lock = <T>(work: () => Promise<T>) =>
      new Promise<T>((resolve, reject) => {
        runLate = () => void work().then(resolve, reject);
      });
    const source = sourceOn(shareWith({ lock }));
    const asked = source.get(signal);
    await until('the wait for the lock', () => clock.sleeping > 0);
    await until('the token', async () => {
      clock.advance(1_000);
      return fetched === 1;
    });
    runLate();
    expect(await asked).toBe('token-1');
    expect(fetched).toBe(1);
  });

  it('never takes the refused token from the share again', async () => {
    const stale = { accessToken: 'stale', expiresAt: clock.now() + 3_600_000 };
    const source = sourceOn(shareWith({}, stale));
    expect(await source.get(signal)).toBe('stale');
    expect(await source.renew('stale', signal)).toBe('token-1');
    expect(await source.get(signal)).toBe('token-1');
  });

  it('takes no refused token from a request that was under way already', async () => {
    const reads: ((token: SharedToken) => void)[] = [];
    const read = () => new Promise<SharedToken>((resolve) => reads.push(resolve));
    const source = sourceOn(shareWith({ read }));
    const stale = { accessToken: 'stale', expiresAt: clock.now() + 3_600_000 };
    const got = source.get(signal);
    await until('the first reading', () => reads.length === 1);
    const renewed = source.renew('stale', signal);
    let token: string | undefined;
    void renewed.then((value) => {
      token = value;
    });
    await until('the renewed token', () => {
      for (const answer of reads.splice(0)) answer(stale);
      return token !== undefined;
    });
    expect(token).toBe('token-1');
    expect(['stale', 'token-1']).toContain(await got);
  });
});
