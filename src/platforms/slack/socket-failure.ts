import { webApi } from '@slack/bolt';
import { isSlackCode, PASSING_CODES } from './web.ts';

/**
 * Why no socket could be opened, as its keeper must treat it. `notBefore` in epoch ms, present where Slack asked to
 * wait.
 */
export type SocketFailure =
  | { readonly kind: 'away'; readonly error: string; readonly notBefore?: number }
  | { readonly kind: 'refused'; readonly error: string; readonly remedy: string };

const COPY_AGAIN =
  'SLACK_APP_TOKEN is wrong or was revoked: copy it again (Basic Information, App-Level Tokens)';
const CONNECTIONS_WRITE =
  'SLACK_APP_TOKEN lacks connections:write: make an app-level token with that scope (Basic Information, App-Level Tokens)';
/** Slack's docs, apps.connections.open. Every other code is about the app itself. */
const REMEDIES: Readonly<Record<string, string>> = {
  invalid_auth: COPY_AGAIN,
  not_authed: COPY_AGAIN,
  token_revoked: COPY_AGAIN,
  token_expired: COPY_AGAIN,
  account_inactive: COPY_AGAIN,
  missing_scope: CONNECTIONS_WRITE,
  no_permission: CONNECTIONS_WRITE,
  not_allowed_token_type: 'SLACK_APP_TOKEN must be an app-level token (xapp-), not a bot token',
};
const ELSE =
  'Switch Socket Mode on and compare SLACK_APP_TOKEN (both in the app’s settings at api.slack.com/apps)';

/** Sorts what `openSocket` rejects with. `now` in epoch ms. */
export function socketFailure(error: unknown, now: number): SocketFailure {
  if (error instanceof webApi.WebAPIRateLimitedError)
    return { kind: 'away', error: 'ratelimited', notBefore: now + error.retryAfter * 1000 };
  if (error instanceof webApi.WebAPIPlatformError) {
    const code = error.data.error;
    if (!isSlackCode(code)) return { kind: 'away', error: 'unreadable answer' };
    if (PASSING_CODES.has(code)) return { kind: 'away', error: code };
    return { kind: 'refused', error: code, remedy: REMEDIES[code] ?? ELSE };
  }
  if (error instanceof webApi.WebAPIHTTPError) return { kind: 'away', error: `HTTP ${error.statusCode}` };
  if (error instanceof webApi.WebAPIRequestError) return { kind: 'away', error: causeOf(error) };
  // The library rejects with nothing when the connection closes before Slack's `hello`.
  if (error === undefined) return { kind: 'away', error: 'closed before it was ready' };
  return { kind: 'away', error: error instanceof Error ? error.name : 'unknown' };
}

/** `ECONNREFUSED`, `ENOTFOUND`, a TLS code: the innermost that has one. */
function causeOf(error: unknown): string {
  for (let inner: unknown = error, code = ''; ; ) {
    if (!(inner instanceof Error)) return code === '' ? 'network' : code;
    if ('code' in inner && typeof inner.code === 'string' && !inner.code.startsWith('slack_'))
      code = inner.code;
    else if (inner.name === 'TimeoutError') code = 'timeout';
    inner = 'original' in inner ? inner.original : inner.cause;
  }
}
