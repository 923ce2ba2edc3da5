import { DiscordAPIError, HTTPError, type RateLimitData, RateLimitError, REST } from 'discord.js';
import type { Clock } from '../../clock.ts';
import type { DiscordSettings } from '../../config.ts';

/** What a call to Discord came to, as the caller must treat it. */
export type DiscordResult<T> =
  | { readonly kind: 'ok'; readonly value: T }
  /** Down, slow, or asking to wait until `notBefore` (epoch ms). */
  | { readonly kind: 'retry'; readonly error: string; readonly notBefore?: number }
  /** This way leads nowhere; another may. `code` is Discord's. */
  | { readonly kind: 'closed'; readonly error: string; readonly code: number };

/** REST calls whose results are values. */
export interface DiscordRest {
  /**
   * Authenticated calls, safe to repeat by their nature or by a nonce: repeated twice after a passing fault. Never
   * throws.
   */
  call<T>(work: (rest: REST) => Promise<T>): Promise<DiscordResult<T>>;
  /** The first answer to an interaction, within its three seconds: two short tries. Never throws. */
  answer<T>(work: (rest: REST) => Promise<T>): Promise<DiscordResult<T>>;
}

/**
 * discord.js waits fifteen seconds and repeats three times without a pause (measured): too long for a worker's lease.
 */
const TIMEOUT_MS = 5_000;
/** Two tries stay within the three seconds in which the first answer must be there. */
const ANSWER_TIMEOUT_MS = 1_300;
/** A longer wait is the outbox's business: in here it would live only in this process. */
const MAX_WAIT_MS = 2_000;
/** In a row; one alone may be about a single call. */
const REFUSALS_TO_TELL = 3;

/**
 * Our own REST clients, so that time-outs, repetition and the token are in our hands. discord.js forgets its token
 * with the first 401: it is set again, and only 401s in a row mean that the token is really refused (`onRefused`).
 */
export function createDiscordRest(
  settings: DiscordSettings,
  clock: Clock,
  onRefused: () => void,
): DiscordRest {
  const common = {
    ...(settings.apiUrl === undefined ? {} : { api: settings.apiUrl }),
    rejectOnRateLimit: (limit: RateLimitData) => waitMsOf(limit) > MAX_WAIT_MS,
  };
  const rest = new REST({ ...common, timeout: TIMEOUT_MS, retries: 2 }).setToken(settings.token);
  const answers = new REST({ ...common, timeout: ANSWER_TIMEOUT_MS, retries: 0 }).setToken(settings.token);
  let refusals = 0;

  async function run<T>(by: REST, work: (rest: REST) => Promise<T>): Promise<DiscordResult<T>> {
    try {
      const value = await work(by);
      refusals = 0;
      return { kind: 'ok', value };
    } catch (error) {
      if (isTokenRefusal(error)) {
        by.setToken(settings.token);
        if (++refusals >= REFUSALS_TO_TELL) onRefused();
      }
      return sorted(error, clock.now());
    }
  }

  return {
    call: (work) => run(rest, work),
    async answer(work) {
      const first = await run(answers, work);
      // Its effect may be there already: then the second try says so (40060).
      return first.kind === 'retry' ? run(answers, work) : first;
    },
  };
}

/** Milliseconds. What the header of a bucket says and what a 429 says can differ: the longer one holds. */
function waitMsOf({ timeToReset, retryAfter }: Pick<RateLimitData, 'timeToReset' | 'retryAfter'>): number {
  return Math.max(retryAfter, Number.isFinite(timeToReset) ? timeToReset : 0);
}

/** A 401 that is about the bot's token, not about an interaction's (50027). */
function isTokenRefusal(error: unknown): boolean {
  return error instanceof DiscordAPIError && error.status === 401 && error.code !== DEAD_TOKEN;
}

/** Discord's docs, JSON error codes: Invalid Webhook Token, as every interaction's is after fifteen minutes. */
const DEAD_TOKEN = 50_027;

function sorted(error: unknown, now: number): Exclude<DiscordResult<never>, { kind: 'ok' }> {
  if (error instanceof RateLimitError)
    return { kind: 'retry', error: 'rate limited', notBefore: now + waitMsOf(error) };
  if (error instanceof DiscordAPIError) {
    if (isTokenRefusal(error)) return { kind: 'retry', error: 'token refused once' };
    if (error.status >= 500 || error.status === 429) return { kind: 'retry', error: `HTTP ${error.status}` };
    // A proxy's page has no code of Discord's: it says nothing of the message or the place.
    if (typeof error.code !== 'number') return { kind: 'retry', error: `HTTP ${error.status}` };
    // Not its message: it can name the request with the interaction's token.
    return { kind: 'closed', error: `code ${error.code}`, code: Number(error.code) };
  }
  if (error instanceof HTTPError) return { kind: 'retry', error: `HTTP ${error.status}` };
  return { kind: 'retry', error: error instanceof Error ? error.name : 'network' };
}
