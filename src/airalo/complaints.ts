import { LRUCache } from 'lru-cache';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';

/** Tells the operator of something that happens with every question, once in a while. */
export type Complain = (about: string, facts: Readonly<Record<string, unknown>>, sentence: string) => void;

const EVERY_MS = 60_000;
/** Kinds that are kept apart; one more, and the oldest may be told of again. */
const MAX_KINDS = 100;

/** One warning a minute for each thing it is `about`, with how many were left out since the last. */
export function createComplaints(clock: Clock, log: Log): Complain {
  const told = new LRUCache<string, { readonly at: number; silenced: number }>({ max: MAX_KINDS });
  return (about, facts, sentence) => {
    const last = told.get(about);
    const agoMs = clock.now() - (last?.at ?? Number.NEGATIVE_INFINITY);
    // Less than nothing: the clock was put back.
    if (last && agoMs >= 0 && agoMs < EVERY_MS) {
      last.silenced++;
      return;
    }
    told.set(about, { at: clock.now(), silenced: 0 });
    log.warn({ ...facts, ...(last?.silenced ? { alsoSince: last.silenced } : {}) }, sentence);
  };
}
