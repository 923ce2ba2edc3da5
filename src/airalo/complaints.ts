import type { Clock } from '../clock.ts';
import type { Log } from '../ops/log.ts';

/** Tells the operator of something that happens with every question, once in a while. */
export type Complain = (about: string, facts: Readonly<Record<string, unknown>>, sentence: string) => void;

const EVERY_MS = 60_000;
/** Kinds that are kept apart; one more, and the oldest may be told of again. */
const MOST_KINDS = 100;

/** One warning a minute for each thing it is `about`, with how many were left out since the last. */
export function createComplaints(clock: Clock, log: Log): Complain {
  const told = new Map<string, { readonly at: number; silenced: number }>();
  return (about, facts, sentence) => {
    const last = told.get(about);
    const agoMs = clock.now() - (last?.at ?? Number.NEGATIVE_INFINITY);
    // Less than nothing: the clock was put back.
    if (last && agoMs >= 0 && agoMs < EVERY_MS) {
      last.silenced++;
      return;
    }
    told.delete(about);
    told.set(about, { at: clock.now(), silenced: 0 });
    const [oldest] = told.keys();
    if (told.size > MOST_KINDS && oldest !== undefined) told.delete(oldest);
    log.warn({ ...facts, ...(last?.silenced ? { alsoSince: last.silenced } : {}) }, sentence);
  };
}
