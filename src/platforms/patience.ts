import type { Clock } from '../clock.ts';

/** What a platform's call came to, as far as repeating it goes: `retry` is worth another try, not before `notBefore`. */
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
const AGAIN_AFTER_MS = [2_000, 8_000, 20_000] as const;

/** Patience on `clock`, which ends when `leaving` aborts: a bot that stops waits for nobody. */
export function createPatience(clock: Clock, leaving: AbortSignal): Patience {
  return async (send) => {
    let result = await send();
    for (const againAfterMs of AGAIN_AFTER_MS) {
      if (result.kind !== 'retry') return result;
      const waitMs = Math.max(againAfterMs, (result.notBefore ?? 0) - clock.now());
      if (waitMs > AGAIN_AFTER_MS[2]) return result;
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
