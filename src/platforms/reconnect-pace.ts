import type { Clock } from '../clock.ts';

/** The first try again comes at once or nearly so; none waits longer than leaves room for a whole try within fifteen seconds. */
const BASE_MS = 500;
const CAP_MS = 3_000;
/** 2^10 times the base is past the cap; beyond it the power would only lose precision. */
const HIGHEST_EXPONENT = 10;

/**
 * How long to wait (ms) before a connection is tried again, after `failures` tries in a row that failed: exponential
 * backoff with equal jitter, so that many bots do not come back in one instant, and none hammers.
 */
export function reconnectDelayMs(failures: number, random = Math.random): number {
  const exponent = Math.min(Math.max(failures - 1, 0), HIGHEST_EXPONENT);
  const ceilingMs = Math.min(CAP_MS, BASE_MS * 2 ** exponent);
  return Math.round(ceilingMs / 2 + (random() * ceilingMs) / 2);
}

/** Says what keeps a connection away at once, and again only once a minute or when the cause is another one. */
export function throttledCause(
  clock: Pick<Clock, 'now'>,
  say: (cause: string) => void,
): (cause: string) => void {
  let last: { readonly cause: string; readonly at: number } | undefined;
  return (cause) => {
    if (last && last.cause === cause && clock.now() - last.at < SAY_EVERY_MS) return;
    last = { cause, at: clock.now() };
    say(cause);
  };
}

const SAY_EVERY_MS = 60_000;
