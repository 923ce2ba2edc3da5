import { type Clock, deadlineSignal } from '../../clock.ts';
import type { SlackMessage } from './block-kit.ts';
import type { SlackResult } from './web.ts';

const TIMEOUT_MS = 5_000;

/** `replace` edits the message the URL belongs to; `new` adds one that only the person sees. */
export type ResponseMode = 'replace' | 'new';

/**
 * One use of a response URL. Slack answers a dead one with 404, or with 200 and an error in the body, so both are read. Never
 * throws, and no error names the URL: it is a secret.
 */
export async function respond(
  clock: Clock,
  url: string,
  message: SlackMessage,
  mode: ResponseMode,
): Promise<SlackResult<undefined>> {
  const deadline = deadlineSignal(clock, TIMEOUT_MS);
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...message, response_type: 'ephemeral', replace_original: mode === 'replace' }),
      redirect: 'error',
      signal: deadline.signal,
    });
    return sorted(response.status, await response.text(), response.headers.get('retry-after'), clock.now());
  } catch (error) {
    return { kind: 'retry', error: error instanceof Error ? error.name : 'network' };
  } finally {
    deadline.dispose();
  }
}

function sorted(
  status: number,
  body: string,
  retryAfter: string | null,
  now: number,
): SlackResult<undefined> {
  if (status === 429) return { kind: 'retry', error: 'HTTP 429', notBefore: now + waitMs(retryAfter) };
  if (status >= 500) return { kind: 'retry', error: `HTTP ${status}` };
  const error =
    /"error"\s*:\s*"([a-z_]{1,60})"/.exec(body)?.[1] ?? /^(?!ok\b)([a-z_]{3,60})\s*$/.exec(body)?.[1];
  if (status >= 400 || error !== undefined) return { kind: 'closed', error: error ?? `HTTP ${status}` };
  return { kind: 'ok', value: undefined };
}

function waitMs(retryAfter: string | null): number {
  return /^\d+$/.test(retryAfter ?? '') ? Number(retryAfter) * 1000 : 30_000;
}
