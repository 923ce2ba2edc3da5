import type { Clock } from '../clock.ts';
import type { Log } from '../ops/log.ts';
import { AiraloUnavailableError, CredentialsRefusedError } from './errors.ts';
import type { TokenGrant } from './wire.ts';

/** A token with its end by our own reckoning, epoch ms. A secret. */
export interface SharedToken {
  readonly accessToken: string;
  readonly expiresAt: number;
}

/** How processes share one token. Every failure costs only the sharing, never the call. */
export interface TokenShare {
  read(): Promise<SharedToken | undefined>;
  write(token: SharedToken): Promise<void>;
  /** Runs `work` while no other process runs its own. */
  lock<T>(work: () => Promise<T>): Promise<T>;
}

export interface TokenSource {
  get(signal: AbortSignal): Promise<string>;
  /** A token other than `refused`: the shared one where that has changed, else a new one. */
  renew(refused: string, signal: AbortSignal): Promise<string>;
}

export interface TokenParts {
  readonly fetchToken: (signal: AbortSignal) => Promise<TokenGrant>;
  readonly share: TokenShare | undefined;
  readonly clock: Clock;
  readonly log: Log;
}

/** Airalo's `expires_in` says 366 days; a token lives 24 hours. */
const LONGEST_LIFE_MS = 24 * 60 * 60 * 1000;
const RENEW_BEFORE_MS = 5 * 60 * 1000;
/** Three token requests a minute are allowed: a refused credential is not tried for every question. */
const REMEMBER_REFUSAL_MS = 60_000;

/** One token for all: single-flight in the process, shared and locked between processes. */
export function createTokenSource({ fetchToken, share, clock, log }: TokenParts): TokenSource {
  let held: SharedToken | undefined;
  let fetching: Promise<SharedToken> | undefined;
  let refusal: { readonly error: CredentialsRefusedError; readonly until: number } | undefined;

  function usable(token: SharedToken | undefined, refused: string | undefined): token is SharedToken {
    return token !== undefined && token.accessToken !== refused && token.expiresAt > clock.now();
  }

  async function obtain(refused: string | undefined, signal: AbortSignal): Promise<string> {
    if (usable(held, refused)) return held.accessToken;
    fetching ??= obtainOnce(refused, signal).finally(() => {
      fetching = undefined;
    });
    held = await fetching;
    return held.accessToken;
  }

  async function obtainOnce(refused: string | undefined, signal: AbortSignal): Promise<SharedToken> {
    if (refusal && clock.now() < refusal.until) throw refusal.error;
    const shared = await readShared();
    if (usable(shared, refused)) return shared;
    return locked(async () => {
      // Another process may have fetched it while we waited for the lock.
      const meanwhile = await readShared();
      return usable(meanwhile, refused) ? meanwhile : fetchAndShare(signal);
    });
  }

  async function fetchAndShare(signal: AbortSignal): Promise<SharedToken> {
    const askedAt = clock.now();
    try {
      const { accessToken, expiresInMs } = await fetchToken(signal);
      const lifeMs = Math.min(expiresInMs ?? LONGEST_LIFE_MS, LONGEST_LIFE_MS);
      const marginMs = Math.min(RENEW_BEFORE_MS, lifeMs / 10);
      const token = { accessToken, expiresAt: askedAt + lifeMs - marginMs };
      await share?.write(token).catch((error: unknown) => unshared(error));
      return token;
    } catch (error) {
      if (error instanceof CredentialsRefusedError)
        refusal = { error, until: clock.now() + REMEMBER_REFUSAL_MS };
      throw error;
    }
  }

  async function locked(work: () => Promise<SharedToken>): Promise<SharedToken> {
    if (!share) return work();
    let begun = false;
    try {
      return await share.lock(() => {
        begun = true;
        return work();
      });
    } catch (error) {
      // What the work itself threw is its own; only a lock that cannot be had is gone without.
      if (begun || error instanceof AiraloUnavailableError) throw error;
      unshared(error);
      return work();
    }
  }

  async function readShared(): Promise<SharedToken | undefined> {
    return share?.read().catch((error: unknown) => {
      unshared(error);
      return undefined;
    });
  }

  function unshared(error: unknown): void {
    log.warn({ err: error }, 'The Airalo token could not be shared; this process uses its own');
  }

  return {
    get: (signal) => obtain(undefined, signal),
    renew: (refused, signal) => obtain(refused, signal),
  };
}
