import { randomBytes } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Outbox } from '../storage/ports.ts';
import { deferredReplyJob } from './deferred-reply.ts';
import type { LookupRequest } from './platform.ts';
import type { ReplyPromise } from './reply.ts';

/** What a promise is made with. */
export interface PromiseParts {
  readonly outbox: Pick<Outbox, 'enqueue' | 'find'>;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Promises `request` a reading newer than `newerThan`, at `answerAt`. Durable before anybody is told: the promise is only
 * made of what the outbox has acknowledged.
 */
export async function promiseAnswer(
  { outbox, clock, log }: PromiseParts,
  request: LookupRequest,
  answerAt: number,
  newerThan: number,
): Promise<ReplyPromise> {
  const { address } = request;
  if (!address) return { kind: 'none', why: 'not-asked-for' };
  const job = deferredReplyJob({ ...request, address }, { askedAt: clock.now(), newerThan, answerAt });
  try {
    if ((await outbox.enqueue(job)) === 'added') return { kind: 'queued', jobId: job.id, answerAt };
    // The same message was promised this before: its time stands, and one answer serves both.
    const pending = await outbox.find(job.id);
    if (pending) return { kind: 'queued', jobId: job.id, answerAt: pending.runAt };
    // The same promise was kept or cancelled before, and is asked for again.
    const again = { ...job, id: `${job.id}-${randomBytes(3).toString('hex')}` };
    await outbox.enqueue(again);
    return { kind: 'queued', jobId: again.id, answerAt };
  } catch (error) {
    log.error({ err: error, requestId: request.requestId }, 'A promise could not be made durable');
    // Said plainly, and nothing is promised: a promise that a restart could break would be a lie.
    return { kind: 'none', why: 'not-durable' };
  }
}
