import { setTimeout as pause } from 'node:timers/promises';

/**
 * Waits for real I/O to bring about `condition` and returns its value. Not for letting time pass: that is the
 * manual clock's part. Gives up with `what` after a minute: the machine may be busy with others.
 */
export async function until<T>(
  what: string,
  condition: () => T | undefined | false | Promise<T | undefined | false>,
  patienceMs = 60_000,
): Promise<T> {
  const giveUpAt = performance.now() + patienceMs;
  while (performance.now() < giveUpAt) {
    const value = await condition();
    if (value !== undefined && value !== false) return value;
    await pause(2);
  }
  throw new Error(`Still not so: ${what}`);
}
