import { type Clock, endsWithin } from '../../clock.ts';
import type { Log } from '../../log.ts';

/**
 * What a platform's call came to, as far as repeating it goes: `retry` is worth another try, not before `notBefore`.
 */
interface Sent {
  readonly kind: string;
  readonly notBefore?: number;
}

/** Sends, and again while the platform or the way to it is at fault; returns what the last try came to. */
export type Patience = <R extends Sent>(send: () => Promise<R>) => Promise<R>;

/**
 * A first answer is promised to nobody and stands in no outbox, yet the person was told that it is being worked on: a
 * short want of network, of file handles or of Slack itself must not end it in silence.
 */
const AGAIN_AFTER_MS: readonly number[] = [2_000, 8_000, 20_000];
/** Two minutes of it, and never long behind the end of an outage. */
const PERSISTENTLY_AFTER_MS: readonly number[] = [2_000, 8_000, ...Array.from({ length: 10 }, () => 11_000)];

/** The questions that are being worked on in this process. */
export interface TaskTracker {
  /** Runs the work of one question to its end: one that fails is a line in the log, never the end of the process. */
  run(requestId: string, work: () => Promise<void>): void;
  readonly patiently: Patience;
  /** The same for two minutes: for what may be sent any number of times, and nobody else sends later. */
  readonly persistently: Patience;
  /** True once `end` has waited long enough: what is still at it says nothing more, the next process answers. */
  isOver(): boolean;
  /** Ends all patience and waits for what is being worked on, at most four seconds. */
  end(): Promise<void>;
}

/** Part of the ten seconds within which a stopping bot leaves. */
const DRAIN_MS = 4_000;

/** The tracker of one platform; `log` names it. */
export function createTaskTracker(clock: Clock, log: Log): TaskTracker {
  const working = new Set<Promise<unknown>>();
  const leaving = new AbortController();
  let over = false;
  return {
    run(requestId, work) {
      log.debug({ requestId }, 'Question taken');
      const running = work()
        .catch((error: unknown) => log.error({ err: error, requestId }, 'A question failed'))
        .then(() => log.debug({ requestId }, 'Question done'));
      working.add(running);
      void running.finally(() => working.delete(running));
    },
    patiently: createPatience(clock, leaving.signal, AGAIN_AFTER_MS, 20_000),
    persistently: createPatience(clock, leaving.signal, PERSISTENTLY_AFTER_MS, 60_000),
    isOver: () => over,
    async end() {
      leaving.abort();
      await endsWithin(clock, Promise.allSettled(working), DRAIN_MS);
      over = true;
    },
  };
}

/** Patience on `clock`, which ends when `leaving` aborts: a bot that stops waits for nobody. */
function createPatience(
  clock: Clock,
  leaving: AbortSignal,
  waitsMs: readonly number[],
  longestMs: number,
): Patience {
  return async (send) => {
    let result = await send();
    for (const againAfterMs of waitsMs) {
      if (result.kind !== 'retry') return result;
      // The platform's own word about when to come back outweighs ours.
      const waitMs = Math.max(againAfterMs, (result.notBefore ?? 0) - clock.now());
      if (waitMs > longestMs) return result;
      const goOn = await clock.sleep(waitMs, leaving).then(
        () => true,
        () => false,
      );
      if (!goOn) return result;
      result = await send();
    }
    return result;
  };
}
