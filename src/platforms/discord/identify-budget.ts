import type { Clock } from '../../clock.ts';

/** Discord's docs, Session Start Limit: one IDENTIFY in five seconds (`max_concurrency` 1). */
const APART_MS = 5_000;
/**
 * Discord's docs: 1000 a day, and a bot that uses them up has its token reset. A hundred at once and 360 in a day
 * leave two processes on one token well below that.
 */
const AT_ONCE = 100;
const ONE_MORE_EVERY_MS = 240_000;

/** Spaces the starts of sessions; discord.js asks it before each IDENTIFY. Resuming a session costs nothing. */
export interface IdentifyBudget {
  waitForIdentify(shardId: number, signal: AbortSignal): Promise<void>;
  /** Somebody is waiting for a start to be allowed. */
  isWaiting(): boolean;
}

/** A token bucket on the injected clock. */
export function createIdentifyBudget(clock: Clock): IdentifyBudget {
  let left = AT_ONCE;
  let countedAt = clock.now();
  let freeAt = Number.NEGATIVE_INFINITY;
  let waiting = 0;

  function take(): number {
    const now = clock.now();
    left = Math.min(AT_ONCE, left + Math.max(0, now - countedAt) / ONE_MORE_EVERY_MS);
    countedAt = now;
    const startAt = Math.max(now, freeAt, left >= 1 ? now : now + (1 - left) * ONE_MORE_EVERY_MS);
    left -= 1;
    freeAt = startAt + APART_MS;
    return startAt - now;
  }

  return {
    async waitForIdentify(_shardId, signal) {
      const waitMs = take();
      if (waitMs <= 0) return;
      waiting++;
      await clock.sleep(waitMs, signal).finally(() => waiting--);
    },
    isWaiting: () => waiting > 0,
  };
}
