import { webApi } from '@slack/bolt';
import { abortWith, type Clock } from '../../clock.ts';
import type { CallResult } from '../chat/seam.ts';

const { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError, WebClient } =
  webApi;
/** Bolt's Web API client. */
export type SlackClient = InstanceType<typeof WebClient>;

/** Bolt's client has no time-out of its own: a call that hangs would hold its question for ever. */
const CALL_TIMEOUT_MS = 5_000;

/** What a call to Slack came to; `closed`: the channel, the message or the person is gone. */
export type SlackResult<T> = CallResult<T>;

/** Slack's error codes that only the operator can mend, with what to do. */
const REMEDIES: Readonly<Record<string, string>> = {
  invalid_auth: 'SLACK_BOT_TOKEN is wrong: copy it again (OAuth & Permissions, Bot User OAuth Token)',
  not_authed: 'SLACK_BOT_TOKEN is missing: copy it (OAuth & Permissions, Bot User OAuth Token)',
  token_revoked: 'SLACK_BOT_TOKEN was revoked: install the app again and copy the new token',
  token_expired: 'SLACK_BOT_TOKEN has expired: turn token rotation off, install again, copy the new token',
  account_inactive: 'The app was removed or switched off: install it again and copy the new token',
  missing_scope: 'Add the missing scope (manifests/slack-app.yaml has them all) and install the app again',
  no_permission: 'Install the app again with the scopes of manifests/slack-app.yaml',
  not_allowed_token_type: 'SLACK_BOT_TOKEN must be a bot token (xoxb-), SLACK_APP_TOKEN an app token (xapp-)',
};
/** Slack's error codes that pass by themselves. Every code in neither list closes the way it came from. */
export const PASSING_CODES: ReadonlySet<string> = new Set([
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'ratelimited',
]);

/** Codes by which Slack refuses the token itself, whatever was asked for. */
const TOKEN_REFUSALS = new Set([
  'invalid_auth',
  'not_authed',
  'token_revoked',
  'token_expired',
  'account_inactive',
]);
/** A body that is none of Slack's, such as a proxy's page, is handed on by Bolt's client as if it were a code. */
const CODE = /^[a-z][\w-]*$/i;

/**
 * The client neither waits nor repeats by itself: a promised answer must wait in the outbox, not in this process, and a
 * new message whose answer was lost may have been sent.
 */
export const CLIENT_OPTIONS = {
  rejectRateLimitedCalls: true,
  retryConfig: { retries: 0 },
  timeout: CALL_TIMEOUT_MS,
} as const;

/** Told with every answer of Slack's how the token fares. */
export interface TokenTold {
  refused(error: string, remedy: string): void;
  taken(): void;
}

/** Bolt's client that also tells how its token fares: a token can be revoked at any moment. Slack begins to answer in time by `clock`. */
export class WatchedClient extends WebClient {
  readonly #told: TokenTold;

  constructor(token: string, options: webApi.WebClientOptions, clock: Clock, told: TokenTold) {
    super(token, { ...options, fetch: fetchInTime(clock) });
    this.#told = told;
  }

  override async apiCall(
    ...[method, options]: Parameters<SlackClient['apiCall']>
  ): Promise<webApi.WebAPICallResult> {
    try {
      const result = await super.apiCall(method, options);
      this.#told.taken();
      return result;
    } catch (error) {
      const code = error instanceof WebAPIPlatformError ? error.data.error : undefined;
      if (code !== undefined && TOKEN_REFUSALS.has(code)) this.#told.refused(code, REMEDIES[code] ?? '');
      throw error;
    }
  }
}

/** The answer begins in time by the bot's own clock; its body ends by the client's `timeout`, which is the system's and goes on to bind. */
function fetchInTime(clock: Clock): NonNullable<webApi.WebClientOptions['fetch']> {
  return async (url, init) => {
    const late = new AbortController();
    if (init?.signal) abortWith(late, init.signal);
    const stopWaiting = clock.after(CALL_TIMEOUT_MS, () =>
      late.abort(new DOMException('No answer', 'TimeoutError')),
    );
    try {
      return await fetch(url, { ...init, signal: late.signal });
    } finally {
      stopWaiting();
    }
  };
}

/** Whether this is one of Slack's error codes at all, and not the page of somebody in between. */
export function isSlackCode(code: string): boolean {
  return CODE.test(code);
}

/** Runs one call and sorts what comes back. Never throws. */
export async function callSlack<T>(clock: Clock, call: () => Promise<T>): Promise<SlackResult<T>> {
  try {
    return { kind: 'ok', value: await call() };
  } catch (error) {
    return sorted(error, clock.now());
  }
}

/**
 * As `callSlack`, with a second try after a passing fault; for calls that may be made twice. Not where Slack asks to
 * wait: the outbox has the patience for that.
 */
export async function callSlackTwice<T>(clock: Clock, call: () => Promise<T>): Promise<SlackResult<T>> {
  const first = await callSlack(clock, call);
  const worthAnother = first.kind === 'retry' && first.notBefore === undefined;
  return worthAnother ? callSlack(clock, call) : first;
}

/** Network errors by one word: their messages can hold the address, and an address can hold a secret. */
function sorted(error: unknown, now: number): Exclude<SlackResult<never>, { kind: 'ok' }> {
  if (error instanceof WebAPIRateLimitedError)
    return { kind: 'retry', error: 'ratelimited', notBefore: now + error.retryAfter * 1000 };
  if (error instanceof WebAPIPlatformError) return byCode(error.data.error ?? '');
  if (error instanceof WebAPIHTTPError) return { kind: 'retry', error: `HTTP ${error.statusCode}` };
  if (error instanceof WebAPIRequestError) return { kind: 'retry', error: 'network' };
  return { kind: 'retry', error: error instanceof Error ? error.name : 'unknown' };
}

function byCode(code: string): Exclude<SlackResult<never>, { kind: 'ok' }> {
  if (!isSlackCode(code)) return { kind: 'retry', error: 'unreadable answer' };
  const remedy = REMEDIES[code];
  const token = TOKEN_REFUSALS.has(code) ? ({ refusesToken: true } as const) : {};
  if (remedy !== undefined) return { kind: 'operator', error: code, remedy, ...token };
  return PASSING_CODES.has(code) ? { kind: 'retry', error: code } : { kind: 'closed', error: code };
}
