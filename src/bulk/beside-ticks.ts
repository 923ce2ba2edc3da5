import type { Clock } from '../clock.ts';

/** What is done beside long work. */
export interface Beside {
  /** Once, when the work begins. */
  begin(): Promise<void>;
  /** Each second. `stop` ends the work. */
  tick(): Promise<'go-on' | 'stop'>;
}

/** How soon a list that is cancelled stops. */
const TICK_MS = 1_000;

/**
 * Runs `work` until it ends by itself, or `enough` is aborted because a tick said so. A fault of a tick ends the work, too, and
 * rejects: what cannot be saved or cancelled is not worked on.
 */
export async function besideTicks<T>(
  clock: Clock,
  beside: Beside,
  work: (enough: AbortSignal) => Promise<T>,
): Promise<{ readonly result: T; readonly stopped: boolean }> {
  const enough = new AbortController();
  const over = new AbortController();
  let stopped = false;

  const ticking = tickUntilOver().catch((error: unknown) => {
    enough.abort();
    throw error;
  });
  // Awaited below; until then its fault is nobody's.
  ticking.catch(() => undefined);
  const result = await work(enough.signal).finally(() => over.abort());
  await ticking;
  return { result, stopped };

  async function tickUntilOver(): Promise<void> {
    await beside.begin();
    while (await tickComes()) {
      stopped = (await beside.tick()) === 'stop';
      if (stopped) return enough.abort();
    }
  }

  function tickComes(): Promise<boolean> {
    return clock.sleep(TICK_MS, over.signal).then(
      () => !over.signal.aborted,
      () => false,
    );
  }
}
