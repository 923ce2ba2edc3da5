import type { BackoffPolicy } from './ports.ts';

/** 2^30 times any base is past every cap; beyond it the power would only lose precision. */
const HIGHEST_EXPONENT = 30;

/**
 * Exponential backoff with full jitter: anything from 0 up to the ceiling, which doubles with each failed attempt.
 * Full jitter spreads people who wait for the same eSIM best. `attempt` is 1 for the first one that failed.
 */
export function backoffDelayMs(policy: BackoffPolicy, attempt: number, random = Math.random): number {
  return Math.round(random() * backoffCeilingMs(policy, attempt));
}

/** The longest delay that can follow this failed attempt. */
export function backoffCeilingMs(policy: BackoffPolicy, attempt: number): number {
  const exponent = Math.min(Math.max(attempt - 1, 0), HIGHEST_EXPONENT);
  return Math.min(policy.capMs, policy.baseMs * 2 ** exponent);
}
