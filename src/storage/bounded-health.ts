import { endsWithin, systemClock } from '../clock.ts';
import type { StoreHealth } from './health.ts';

/** Whoever asks for health has a time-out of its own, of seconds. */
const HEALTH_MS = 1_000;

/**
 * Health within a second: a store that takes longer takes no promise in time either. A look that is under way is shared, so that those
 * who ask again and again do not pile up behind a lock.
 */
export function boundHealth(look: () => Promise<StoreHealth>): () => Promise<StoreHealth> {
  let underWay: Promise<StoreHealth> | undefined;
  return async () => {
    const current = underWay ?? look();
    underWay = current;
    const clear = () => {
      if (underWay === current) underWay = undefined;
    };
    current.then(clear, clear);
    return (await endsWithin(systemClock, current, HEALTH_MS)) ? current : TOO_SLOW;
  };
}

const TOO_SLOW: StoreHealth = {
  ok: false,
  facts: [],
  warnings: [
    {
      what: 'The store does not take a write within a second',
      remedy:
        'End what holds it locked, such as a backup or a database browser, or look at its disk or network',
    },
  ],
};
