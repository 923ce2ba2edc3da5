import { type Clock, deadlineSignal } from '../../clock.ts';
import { requestUntil } from '../../proxy.ts';
import type { SlackMessage } from './block-kit.ts';
import { content } from './pen.ts';
import type { SlackResult } from './web.ts';

/** As for a call of the Web API: a URL that hangs must not hold its question. */
const TIMEOUT_MS = 5_000;

/** `replace` edits the message the URL belongs to; `new` adds one that only the person sees. */
export type ResponseMode = 'replace' | 'new';

/**
 * One use of a response URL, of the five that Slack allows. Slack answers a dead one with 404, or with 200 and an
 * error in the body, so both are read: `closed`. `retry` after a 429, a 5xx or a want of network. Never throws, and
 * no error names the URL: it is a secret.
 */
export async function respond(
  clock: Clock,
  url: string,
  message: SlackMessage,
  mode: ResponseMode,
): Promise<SlackResult<undefined>> {
  const deadline = deadlineSignal(clock, TIMEOUT_MS);
  try {
    const body = { ...content(message), response_type: 'ephemeral', replace_original: mode === 'replace' };
    // Redirects are not followed: the body is meant for Slack alone.
    const response = await requestUntil(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: deadline.signal,
    });
    const { 'retry-after': retryAfter } = response.headers;
    return sorted(response.statusCode, await response.body.text(), retryAfter, clock.now());
  } catch (error) {
    return { kind: 'retry', error: error instanceof Error ? error.name : 'network' };
  } finally {
    deadline.dispose();
  }
}

function sorted(
  status: number,
  body: string,
  retryAfter: string | string[] | undefined,
  now: number,
): SlackResult<undefined> {
  if (status === 429) return { kind: 'retry', error: 'HTTP 429', notBefore: now + waitMs(retryAfter) };
  if (status >= 500) return { kind: 'retry', error: `HTTP ${status}` };
  // Slack says `expired_url` or `used_url` as JSON or as plain text; neither form is promised.
  const error =
    /"error"\s*:\s*"([a-z_]{1,60})"/.exec(body)?.[1] ?? /^(?!ok\b)([a-z_]{3,60})\s*$/.exec(body)?.[1];
  if (status >= 300 || error !== undefined) return { kind: 'closed', error: error ?? `HTTP ${status}` };
  // Slack says `ok`, as JSON or as plain text. A page of something in between is not its word.
  if (!/^\s*(?:ok\s*$|\{|$)/.test(body)) return { kind: 'retry', error: 'unreadable answer' };
  return { kind: 'ok', value: undefined };
}

/** Slack's `Retry-After` is in seconds; half a minute where it is absent or a date. */
function waitMs(retryAfter: string | string[] | undefined): number {
  const [seconds = ''] = [retryAfter ?? ''].flat();
  return /^\d+$/.test(seconds) ? Number(seconds) * 1000 : 30_000;
}
