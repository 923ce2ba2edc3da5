import { Bell, type Clock } from '../../clock.ts';

/** An acknowledgement has three seconds, an answer has time; but nobody waits for others longer than this. */
const MOST_MS = 250;

/**
 * Lets acknowledgements go before answers: of hundreds of questions in one instant the first ones' answers would otherwise stand in the way
 * of the last ones' acknowledgement (measured, 500 at once: p99 580 ms, and 280 with this).
 */
export interface AcknowledgementsFirst {
  /** Somebody waits for an acknowledgement. Call what it returns when it is given, or never will be; twice does no harm. */
  begin(): () => void;
  /** Resolves when nobody does any more, or a moment later. */
  quiet(): Promise<void>;
}

/** See `AcknowledgementsFirst`. */
export function createAcknowledgementsFirst(clock: Clock): AcknowledgementsFirst {
  const pending = new Set<symbol>();
  const allGiven = new Bell();
  return {
    begin() {
      const one = Symbol();
      pending.add(one);
      return () => {
        if (pending.delete(one) && pending.size === 0) allGiven.ring();
      };
    },
    quiet: () => (pending.size === 0 ? Promise.resolve() : allGiven.next(allGiven.rings, clock, MOST_MS)),
  };
}
