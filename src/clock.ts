/**
 * The only source of time. Everything that reads the time or waits takes a `Clock`, so a test can move
 * fifteen minutes ahead without waiting for them.
 */
export interface Clock {
  /** The present instant, in milliseconds since the Unix epoch. */
  now(): number;
  /** Resolves after `durationMs`; rejects with the signal's reason when it is aborted first. */
  sleep(durationMs: number, signal?: AbortSignal): Promise<void>;
}

/** `setTimeout` fires at once for anything above 2^31 - 1 ms (24.8 days). */
const MAX_TIMER_MS = 2_147_483_647;

/** The machine's own time. Everything but a test runs on it. */
export const systemClock: Clock = {
  /** May jump when the system's clock is set; what has to survive that says so where it is. */
  now: () => Date.now(),
  sleep(durationMs, signal) {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const timer = setTimeout(end, Math.min(Math.max(durationMs, 0), MAX_TIMER_MS));
      const onAbort = () => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      function end() {
        signal?.removeEventListener('abort', onAbort);
        resolve();
      }
      signal?.addEventListener('abort', onAbort, { once: true });
    });
  },
};

/** Without a reason of ours each `abort` makes an exception with a stack: a tenth of what a cached answer costs. */
const DISPOSED = 'not waited for any more';

/**
 * A signal that aborts once `durationMs` have passed on `clock`, or earlier with `parent`.
 * `dispose` ends the wait; call it when the guarded work has ended.
 * The reason is a `TimeoutError` where the time ran out, else that of `parent`.
 */
export function deadlineSignal(
  clock: Clock,
  durationMs: number,
  parent?: AbortSignal,
): { signal: AbortSignal; dispose: () => void } {
  const deadline = new AbortController();
  const stopWaiting = new AbortController();
  clock.sleep(durationMs, stopWaiting.signal).then(
    () => deadline.abort(new DOMException(`No end within ${durationMs} ms`, 'TimeoutError')),
    () => undefined,
  );
  const signal = parent ? AbortSignal.any([deadline.signal, parent]) : deadline.signal;
  return { signal, dispose: () => stopWaiting.abort(DISPOSED) };
}

/** What `work` comes to, unless `signal` aborts first: then rejects with its reason, and `work` goes on unheard. */
export async function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) {
    work.catch(() => undefined);
    throw signal.reason;
  }
  const heard = new AbortController();
  const aborted = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { signal: heard.signal });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    heard.abort();
  }
}

/** Whether `work` has ended, well or badly, within `waitMs`. Leaves nothing waiting behind. */
export async function endsWithin(clock: Clock, work: Promise<unknown>, waitMs: number): Promise<boolean> {
  const waited = new AbortController();
  const yes = () => true;
  const no = () => false;
  const ended = await Promise.race([work.then(yes, yes), clock.sleep(waitMs, waited.signal).then(no, no)]);
  waited.abort(DISPOSED);
  return ended;
}
