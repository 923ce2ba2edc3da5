import type { Job } from 'bullmq';
import { z } from 'zod';
import type { OutboxJob } from '../ports.ts';

/** What BullMQ keeps of a job for us, as its `data`, with its fields in this order. Instants are epoch ms. */
const record = z.object({
  /** Tells the one who has just added a job from the one who finds it there. */
  nonce: z.string(),
  /** As the port has it; also the key of the index by owner. */
  owner: z.string(),
  /** Sealed where there is a `STORE_KEY`; null once the job is done. */
  payload: z.unknown(),
  /** What was promised to the person. */
  runAt: z.number(),
  /** When it is to be taken next: `runAt`, or later after a failed attempt. */
  dueAt: z.number(),
  /** Told to the handler, which ends the job after it; BullMQ knows nothing of it. */
  deadline: z.number(),
  /** Starts that count as no attempt, for they were put off. */
  uncounted: z.number(),
  /** Done, payload wiped; whoever takes it again, because its worker died before saying so, has nothing to do. */
  done: z.boolean(),
});
/** See `record`. */
export type JobRecord = z.infer<typeof record>;

/** The record of a new job. */
export function recordFor(job: OutboxJob, nonce: string): JobRecord {
  const { owner, payload, runAt, deadline } = job;
  return { nonce, owner, payload: payload ?? null, runAt, dueAt: runAt, deadline, uncounted: 0, done: false };
}

/** Undefined for what is not ours: another program's, of a version that kept something else, or damaged. `stored`: as BullMQ gives it, or as its text. */
export function recordOf(stored: Pick<Job, 'data'> | string): JobRecord | undefined {
  if (typeof stored !== 'string') return record.safeParse(stored.data).data;
  try {
    return record.safeParse(JSON.parse(stored)).data;
  } catch {
    return undefined;
  }
}

/** A job as the port has it. */
export function outboxJob(
  id: string,
  type: string,
  { owner, payload, runAt, deadline }: JobRecord,
): OutboxJob {
  return { id, type, owner, payload, runAt, deadline };
}

/** Neither done nor dead. */
export function isPending(job: Job): boolean {
  return !job.finishedOn;
}

/** 1 for the first, of so many `starts`. A worker that dies under a job has used one up; a job put off has not. */
export function attemptsOf(starts: number, { uncounted }: JobRecord): number {
  return Math.max(1, starts - uncounted);
}
