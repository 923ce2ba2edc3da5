import { type Clock, deadlineSignal, orAborted } from '../clock.ts';
import type { Log } from '../log.ts';
import { type AiraloError, AiraloUnavailableError, CredentialsRefusedError } from './errors.ts';
import { patientShare } from './patient-share.ts';
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

/** Gives the bearer token that Airalo takes now; whoever asks at the same time waits for the same request. */
export interface TokenSource {
  get(signal: AbortSignal): Promise<string>;
  /** Whether `get` would answer without asking anybody. */
  isHeld(): boolean;
  /**
   * A token other than `refused`: the shared one where that has changed, else a new one. Undefined where `refused` is itself the new
   * one of a moment ago: what it does not open, another would not either, and Airalo gives out three a minute.
   */
  renew(refused: string, signal: AbortSignal): Promise<string | undefined>;
  /** Has everybody told `error` for a minute: new tokens, too, were refused. */
  giveUp(error: CredentialsRefusedError): void;
}

/**
 * `fetchToken` makes the request itself; `share` is absent where a process stands alone, as in the doctor.
 */
export interface TokenParts {
  readonly fetchToken: (signal: AbortSignal) => Promise<TokenGrant>;
  readonly share: TokenShare | undefined;
  readonly clock: Clock;
  readonly log: Log;
}

/** Airalo's `expires_in` says 366 days; a token lives 24 hours. */
const MAX_LIFE_MS = 24 * 60 * 60 * 1000;
/** A token must not run out on its way, nor by a clock that is minutes off. */
const RENEW_BEFORE_MS = 5 * 60 * 1000;
/** Three token requests a minute are allowed: a refused credential is not tried for every question. */
const REMEMBER_REFUSAL_MS = 60_000;
/** Two of the three token requests a minute stay for what is worth more than one question that is refused again and again. */
const RENEW_EVERY_MS = 60_000;
/** A token request serves many: none of them may end it for the others. */
const FETCH_MS = 7_000;

/** One token for all: single-flight in the process, shared and locked between processes. */
export function createTokenSource({ fetchToken, share, clock, log }: TokenParts): TokenSource {
  const shared = patientShare(share, clock, log);
  let held: SharedToken | undefined;
  let refused: string | undefined;
  let fetching: Promise<SharedToken> | undefined;
  let problem: { readonly error: AiraloError; readonly until: number; readonly since: number } | undefined;
  let renewed: { readonly accessToken: string; readonly at: number } | undefined;

  function usable(token: SharedToken | undefined): token is SharedToken {
    if (token === undefined || token.accessToken === refused) return false;
    const leftMs = token.expiresAt - clock.now();
    // More than a whole life: the clock was put back, and by how much nobody knows.
    return leftMs > 0 && leftMs <= MAX_LIFE_MS;
  }

  /** What keeps everybody from asking now; nothing by a clock that was put back. */
  function standing(): AiraloError | undefined {
    const now = clock.now();
    return problem && now >= problem.since && now < problem.until ? problem.error : undefined;
  }

  async function obtain(signal: AbortSignal): Promise<string> {
    const trouble = standing();
    if (trouble) throw trouble;
    if (usable(held)) return held.accessToken;
    const token = await orAborted(flight(), signal);
    // A flight that had begun before `refused` was refused may still bring it.
    held = usable(token) ? token : await orAborted(flight(), signal);
    return held.accessToken;
  }

  function flight(): Promise<SharedToken> {
    fetching ??= sharedOrFetched().finally(() => {
      fetching = undefined;
    });
    return fetching;
  }

  async function sharedOrFetched(): Promise<SharedToken> {
    const known = await shared.read();
    // The first look needs no lock: mostly the token is there.
    if (usable(known)) return known;
    let fetched: Promise<SharedToken> | undefined;
    // Once, however often and however late the lock runs it.
    const fetchOnce = () => {
      fetched ??= fetchAndShare();
      return fetched;
    };
    return shared.locked(async () => {
      // Another process may have fetched it while we waited for the lock.
      const meanwhile = fetched ? undefined : await shared.read();
      return usable(meanwhile) ? meanwhile : fetchOnce();
    }, fetchOnce);
  }

  async function fetchAndShare(): Promise<SharedToken> {
    const askedAt = clock.now();
    const budget = deadlineSignal(clock, FETCH_MS);
    try {
      const { accessToken, expiresInMs } = await fetchToken(budget.signal);
      const lifeMs = Math.min(expiresInMs ?? MAX_LIFE_MS, MAX_LIFE_MS);
      // For a token of a few seconds, as a simulator may give, five minutes would leave nothing.
      const marginMs = Math.min(RENEW_BEFORE_MS, lifeMs / 10);
      const token = { accessToken, expiresAt: askedAt + lifeMs - marginMs };
      await shared.write(token);
      return token;
    } catch (error) {
      remember(error);
      throw error;
    } finally {
      budget.dispose();
    }
  }

  /** What will be no different for the next one who asks. */
  function remember(error: unknown): void {
    if (error instanceof CredentialsRefusedError) giveUp(error);
    if (error instanceof AiraloUnavailableError && error.retryAt !== undefined)
      problem = { error, until: error.retryAt, since: clock.now() };
  }

  function giveUp(error: CredentialsRefusedError): void {
    problem = { error, until: clock.now() + REMEMBER_REFUSAL_MS, since: clock.now() };
  }

  return {
    get: obtain,
    isHeld: () => standing() === undefined && usable(held),
    async renew(token, signal) {
      const agoMs = clock.now() - (renewed?.at ?? Number.NEGATIVE_INFINITY);
      if (renewed?.accessToken === token && agoMs >= 0 && agoMs < RENEW_EVERY_MS) return undefined;
      refused = token;
      const accessToken = await obtain(signal);
      renewed = { accessToken, at: clock.now() };
      return accessToken;
    },
    giveUp,
  };
}
