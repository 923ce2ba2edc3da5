import type { Clock } from '../clock.ts';
import type { CallPace } from '../storage/ports.ts';

/** Where a question stands among all that wait for Airalo, of all processes. Instants are epoch ms. */
type Place =
  /** Its turn comes at `at`, and nobody else's does then. */
  | { readonly kind: 'place'; readonly at: number }
  /** The line is longer than it may get; it is shorter at `until`. */
  | { readonly kind: 'full'; readonly until: number };

/**
 * The line before Airalo. Whoever wants to ask takes a place, one for each interval, and comes back when it has come: so what a person is
 * told is true under any load, and those who came first are answered first. The send itself is paced once more, by `createSendTurns`.
 */
export interface CallLine {
  take(): Promise<Place>;
}

const KEY = 'airalo-line';
/**
 * Some thousand questions at four a second. A row further ahead than this was written by a clock that has been put back since; the
 * engines rely on one bound for each key to tell.
 */
const MAX_LINE_MS = 10 * 60_000;

/** `intervalMs` between two calls, all processes together. */
export function createCallLine(pace: CallPace, intervalMs: number): CallLine {
  return {
    async take() {
      const turn = await pace.reserve(KEY, intervalMs, MAX_LINE_MS);
      return turn.kind === 'slot'
        ? { kind: 'place', at: turn.startAt }
        : { kind: 'full', until: turn.freeAt };
    },
  };
}

/** Resolves when a request may leave; rejects with the signal's reason when that does not come in time. */
export type TakeTurn = (signal: AbortSignal) => Promise<void>;

const SEND_KEY = 'airalo-usage';
/** Five intervals less this, and some way on the network, is still more than the second in which Airalo allows five calls. */
const SLACK_MS = 100;
const MAX_AHEAD_MS = 10_000;
/** Booked at once where the store is so slow that a single slot has always passed when it comes. */
const MAX_AT_ONCE = 8;

interface Waiter {
  readonly signal: AbortSignal;
  go(): void;
  fail(reason: unknown): void;
}

/**
 * The pace at the moment of sending, over all processes: at most one request leaves for each interval. Slots are booked one at a time for
 * whoever waits first when the slot comes, so that none is kept for one who has left; one that has passed, as after a pause of the
 * process or an answer of a slow store, is not made up for, since others send in theirs.
 */
export function createSendTurns({
  pace,
  clock,
  intervalMs,
}: {
  readonly pace: CallPace;
  readonly clock: Clock;
  readonly intervalMs: number;
}): TakeTurn {
  const waiting: Waiter[] = [];
  let handing = false;

  async function handOut(): Promise<void> {
    let atOnce = 1;
    while (waiting.length > 0) {
      const used = await giveNext(atOnce);
      atOnce = used ? 1 : Math.min(atOnce * 2, MAX_AT_ONCE);
    }
  }

  /** False when every slot that was booked had passed by the time it was known. */
  async function giveNext(atOnce: number): Promise<boolean> {
    const booked = await Promise.all(
      Array.from({ length: atOnce }, () => pace.reserve(SEND_KEY, intervalMs, MAX_AHEAD_MS)),
    );
    let used = false;
    for (const turn of booked) {
      const startAt = turn.kind === 'slot' ? turn.startAt : turn.freeAt;
      const aheadMs = Math.min(startAt - clock.now(), MAX_AHEAD_MS + intervalMs);
      if (aheadMs > 0) await clock.sleep(aheadMs);
      if (turn.kind === 'busy') return true;
      // A timer that fired late is seen here, as is a slow store.
      if (clock.now() - startAt > SLACK_MS) continue;
      used = true;
      waiting.shift()?.go();
    }
    return used;
  }

  function start(): void {
    if (handing) return;
    handing = true;
    handOut()
      .catch((error: unknown) => {
        for (const waiter of waiting.splice(0)) waiter.fail(error);
      })
      .finally(() => {
        handing = false;
        if (waiting.length > 0) start();
      });
  }

  return (signal) => {
    // Without a pace, as in tests of other things, nothing is booked.
    if (intervalMs === 0) return Promise.resolve();
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const leave = () => {
        const index = waiting.indexOf(waiter);
        if (index >= 0) waiting.splice(index, 1);
        reject(signal.reason);
      };
      const waiter: Waiter = {
        signal,
        go: () => {
          signal.removeEventListener('abort', leave);
          resolve();
        },
        fail: (reason) => {
          signal.removeEventListener('abort', leave);
          reject(reason);
        },
      };
      signal.addEventListener('abort', leave, { once: true });
      waiting.push(waiter);
      start();
    });
  };
}
