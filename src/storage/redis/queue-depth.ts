import type { Job, Queue } from 'bullmq';
import type { OutboxDepth } from '../ports.ts';
import { recordOf } from './job-record.ts';

/** How many jobs of each state a queue holds, and those of them that fall due first. */
interface QueueView {
  /** By BullMQ's names of its states. */
  readonly counts: Readonly<Record<string, number>>;
  /** At most one of those that wait and one of the delayed. */
  readonly next: readonly Job[];
}

/** Only the first of each state: the list is in the order of time, and a queue can hold thousands. */
export async function lookInto(queue: Queue): Promise<QueueView> {
  const counts = await queue.getJobCounts('waiting', 'delayed', 'prioritized', 'active', 'failed');
  const [waiting, delayed] = await Promise.all([queue.getWaiting(0, 0), queue.getDelayed(0, 0)]);
  return { counts, next: [...waiting, ...delayed] };
}

/**
 * Of all queues together, at the instant `now`. Jobs put off count as pending, due or not;
 * `oldestDueMs` is 0 when nothing is due.
 */
export function depthOf(queues: readonly QueueView[], now: number): OutboxDepth {
  const sum = (...states: readonly string[]) =>
    queues.reduce(
      (total, { counts }) => total + states.reduce((some, state) => some + (counts[state] ?? 0), 0),
      0,
    );
  const dueAts = queues.flatMap(({ next }) =>
    next.map((job) => recordOf(job)?.dueAt ?? Number.POSITIVE_INFINITY),
  );
  return {
    pending: sum('waiting', 'delayed', 'prioritized'),
    active: sum('active'),
    dead: sum('failed'),
    oldestDueMs: Math.max(0, now - Math.min(now, ...dueAts)),
  };
}
