import { setTimeout as pause } from 'node:timers/promises';

/** Between two looks; a second of such looks costs the processor 40 ms, one of the slowest 7. */
const QUICK_MS = 2;
const SLOW_MS = 20;
/** Nobody waits longer than he must by more than this part. */
const PART = 1 / 25;

type Condition<T> = () => T | undefined | false | Promise<T | undefined | false>;

/**
 * Waits for real I/O to bring about `condition` and returns its value. Not for letting time pass: that is the
 * manual clock's part. Gives up with `what` after a minute: the machine may be busy with others.
 */
export function until<T>(what: string, condition: Condition<T>, patienceMs = 60_000): Promise<T> {
  return look(what, condition, patienceMs, QUICK_MS);
}

/** The same for what another process brings about: it takes seconds, and whoever looks often takes the processor from it. */
export function untilElsewhere<T>(what: string, condition: Condition<T>, patienceMs = 60_000): Promise<T> {
  return look(what, condition, patienceMs, SLOW_MS);
}

async function look<T>(
  what: string,
  condition: Condition<T>,
  patienceMs: number,
  slowestMs: number,
): Promise<T> {
  const startedAt = performance.now();
  for (let waitedMs = 0; waitedMs < patienceMs; waitedMs = performance.now() - startedAt) {
    const value = await condition();
    if (value !== undefined && value !== false) return value;
    await pause(Math.min(slowestMs, Math.max(QUICK_MS, Math.floor(waitedMs * PART))));
  }
  throw new Error(`Still not so: ${what}`);
}
