/**
 * The only source of time. Everything that reads the time or waits takes a `Clock`, so a test can move
 * fifteen minutes ahead without waiting for them.
 */
export interface Clock {
  /** The present instant, in milliseconds since the Unix epoch. */
  now(): number;
  /** Resolves after `durationMs`; rejects with the signal's reason when it is aborted first. */
  sleep(durationMs: number, signal?: AbortSignal): Promise<void>;
  /** Calls `run` once, after `durationMs`, unless what it returns was called before. A tenth of the cost of a sleep that is aborted. */
  after(durationMs: number, run: () => void): () => void;
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
      const timer = setTimeout(end, timerMs(durationMs));
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
  after(durationMs, run) {
    const timer = setTimeout(run, timerMs(durationMs));
    return () => clearTimeout(timer);
  },
};

function timerMs(durationMs: number): number {
  return Math.min(Math.max(durationMs, 0), MAX_TIMER_MS);
}

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
  const stopWaiting = clock.after(durationMs, () =>
    deadline.abort(new DOMException(`No end within ${durationMs} ms`, 'TimeoutError')),
  );
  const unlink = parent && abortWith(deadline, parent);
  const dispose = () => {
    stopWaiting();
    unlink?.();
  };
  return { signal: deadline.signal, dispose };
}

/**
 * Aborts `controller` with `parent`, for the same reason, until what it returns is called. For a parent that outlives the work: of each
 * signal that `AbortSignal.any` makes, 59 bytes stay at it for ever (measured, Node 20).
 */
export function abortWith(controller: AbortController, parent: AbortSignal): () => void {
  const pass = () => controller.abort(parent.reason);
  if (parent.aborted) pass();
  else parent.addEventListener('abort', pass, { once: true });
  return () => parent.removeEventListener('abort', pass);
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
export function endsWithin(clock: Clock, work: Promise<unknown>, waitMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const stopWaiting = clock.after(waitMs, () => resolve(false));
    const ended = () => {
      stopWaiting();
      resolve(true);
    };
    work.then(ended, ended);
  });
}

/**
 * Wakes whoever waits. A ring is not kept: take `rings` before looking whether there is something to do. A wait that runs out leaves nothing
 * behind: a worker that is idle for months waits millions of times between two rings, and what each had left at a promise would add up.
 */
export class Bell {
  readonly #waiting = new Set<() => void>();
  #rings = 0;

  /** How often it has rung. */
  get rings(): number {
    return this.#rings;
  }

  /** How many wait now. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /** Resolves at the first ring after those that were `seen`, and after `durationMs` at the latest. */
  next(seen: number, clock: Clock, durationMs: number): Promise<void> {
    return new Promise((resolve) => {
      if (seen !== this.#rings) return resolve();
      const end = () => {
        stopWaiting();
        this.#waiting.delete(end);
        resolve();
      };
      const stopWaiting = clock.after(durationMs, end);
      this.#waiting.add(end);
    });
  }

  ring(): void {
    this.#rings++;
    for (const end of [...this.#waiting]) end();
  }
}
