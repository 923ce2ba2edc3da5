import { type Clock, orAborted } from './clock.ts';

/** Runs `work`, or fails at once while the other side is not asked. `signal` bounds waiting for somebody else's trial call. */
export type Circuit = <T>(work: () => Promise<T>, signal: AbortSignal) => Promise<T>;

/** What a circuit tells, and by which clock it goes. `F` is a failure that counts. */
export interface CircuitParts<F extends Error> {
  readonly clock: Clock;
  /** Only silence counts: any answer is one of a healthy server. */
  readonly isFailure: (error: unknown) => error is F;
  /** Nothing was asked, so that nothing was learnt. */
  readonly isNothing?: (error: unknown) => boolean;
  /** Thrown while it is open; `retryAt` is epoch ms. */
  readonly refusal: (retryAt: number | undefined) => Error;
  readonly onOpen: (cause: F) => void;
  readonly onClose: () => void;
}

/** Questions in a row that got no answer, each with its retries. */
const FAILURES_TO_OPEN = 5;
const OPEN_MS = 15_000;

/**
 * A circuit breaker: a server that is down costs nothing. After some failures in a row it is open for a while; then one call is
 * the trial, and whoever comes meanwhile waits for its end. Written here since the libraries for it go by the machine's clock.
 */
export function createCircuit<F extends Error>(parts: CircuitParts<F>): Circuit {
  const { clock, isFailure, isNothing, refusal, onOpen, onClose } = parts;
  let failures = 0;
  let retryAt: number | undefined;
  let trial: Promise<unknown> | undefined;

  /** More than the whole time left means that the clock was put back: then the instant says nothing. */
  function isShut(): boolean {
    const leftMs = (retryAt ?? Number.NEGATIVE_INFINITY) - clock.now();
    return leftMs > 0 && leftMs <= OPEN_MS;
  }

  function refuseWhileShut(): void {
    if (isShut()) throw refusal(retryAt);
  }

  async function watched<T>(work: () => Promise<T>): Promise<T> {
    try {
      const value = await work();
      close();
      return value;
    } catch (error) {
      if (isFailure(error)) fail(error);
      else if (isNothing?.(error) !== true) close();
      throw error;
    }
  }

  function fail(cause: F): void {
    failures++;
    // Those that were under way when it opened prolong nothing.
    if (failures < FAILURES_TO_OPEN || isShut()) return;
    retryAt = clock.now() + OPEN_MS;
    onOpen(cause);
  }

  function close(): void {
    const wasOpen = retryAt !== undefined;
    failures = 0;
    retryAt = undefined;
    if (wasOpen) onClose();
  }

  return async (work, signal) => {
    refuseWhileShut();
    while (retryAt !== undefined && trial) {
      await orAborted(
        trial.catch(() => undefined),
        signal,
      );
      refuseWhileShut();
    }
    const run = watched(work);
    if (retryAt === undefined) return run;
    const mine = run.finally(() => {
      if (trial === mine) trial = undefined;
    });
    trial = mine;
    return mine;
  };
}
