import type { Retention } from './ports.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * How long things are kept unless told otherwise. A snapshot outlives its window by far, so that an older figure can be
 * shown while Airalo is away; a done job is kept so that its id stays known; a dead one so that it can be redriven;
 * readings for as long as most plans run.
 */
export const DEFAULT_RETENTION: Retention = {
  snapshotMs: 7 * DAY_MS,
  doneJobMs: DAY_MS,
  deadJobMs: 30 * DAY_MS,
  auditMs: 90 * DAY_MS,
  historyMs: 35 * DAY_MS,
};
