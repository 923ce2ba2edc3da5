import type { Clock } from '../clock.ts';
import { AiraloUnavailableError } from './errors.ts';

const RETRY_BASE_MS = 250;

/** 5xx and faults of the network, few times, with full jitter, inside the budget. */
export async function retried<T>(
  clock: Clock,
  signal: AbortSignal,
  retries: number,
  work: () => Promise<T>,
): Promise<T> {
  for (let failures = 1; ; failures++) {
    try {
      return await work();
    } catch (error) {
      const passing = error instanceof AiraloUnavailableError && error.passing;
      if (!passing || failures > retries || signal.aborted) throw error;
      await clock.sleep(Math.random() * RETRY_BASE_MS * 2 ** failures, signal).catch(() => {
        throw error;
      });
    }
  }
}
