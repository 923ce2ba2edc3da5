import type { Clock } from '../clock.ts';
import { maskIccid } from '../domain/iccid.ts';
import type { Log } from '../log.ts';
import type { JobContext, JobOutcome, OutboxJob } from '../storage/ports.ts';
import type { DeferredReply } from './deferred-reply.ts';
import type { DeliveryOutcome, Platform, PlatformName } from './platform.ts';
import type { Reply } from './reply.ts';
import { outcomeOf } from './reply-to-read.ts';

/** A promise that is due, with what holds it and where it goes. */
export interface DuePromise {
  readonly job: OutboxJob;
  readonly promised: DeferredReply;
  /** Of the lease under which it is worked on. */
  readonly context: JobContext;
  readonly platform: Platform;
}

/** Who is told of what becomes of promises. */
export interface DeliveryRecord {
  readonly clock: Clock;
  readonly log: Log;
  /** Told of every end of a promise, for the metrics. */
  readonly onEnd?: (end: 'delivered' | 'dead', route: string, latenessMs: number) => void;
  /** Told of every try to send a promised answer, with what it took, for the metrics. */
  readonly onTry?: (platform: PlatformName, outcome: DeliveryOutcome['kind'], tookMs: number) => void;
}

/** Sends the answer that ends the promise, and writes down what became of it. */
export async function deliverFinal(
  due: DuePromise,
  reply: Reply,
  { clock, log, onEnd, onTry }: DeliveryRecord,
): Promise<JobOutcome> {
  const { job, promised, context, platform } = due;
  const startedAt = clock.now();
  const outcome = await deliver(due, reply, 'final');
  onTry?.(platform.name, outcome.kind, clock.now() - startedAt);
  const line = {
    requestId: promised.requestId,
    jobId: job.id,
    iccid: maskIccid(promised.iccid),
    outcome: outcomeOf(reply),
    attempt: context.attempt,
    latenessMs: clock.now() - job.runAt,
  };
  switch (outcome.kind) {
    case 'delivered':
      log.info({ ...line, route: outcome.route }, 'Promised answer delivered');
      onEnd?.('delivered', outcome.route, line.latenessMs);
      return { kind: 'done' };
    case 'retry':
      log.warn({ ...line, error: outcome.error }, 'Promised answer not delivered yet');
      return outcome;
    case 'undeliverable':
      log.error(
        { ...line, reason: outcome.reason, remedy: outcome.remedy },
        'Promised answer has no route left',
      );
      onEnd?.('dead', 'none', line.latenessMs);
      return { kind: 'dead', reason: outcome.reason };
    default:
      return outcome satisfies never;
  }
}

/** Shows that the answer comes later; whether that comes through is no matter. */
export async function deliverInterim(due: DuePromise, reply: Reply): Promise<void> {
  await deliver(due, reply, 'interim');
}

function deliver(
  { job, promised, context, platform }: DuePromise,
  reply: Reply,
  stage: 'final' | 'interim',
): Promise<DeliveryOutcome> {
  return platform.deliver(promised.address, reply, {
    jobId: job.id,
    attempt: context.attempt,
    signal: context.signal,
    stage,
    // Under the lease: a worker that has lost it cannot undo what the new one noted.
    saveAddress: (address) => context.savePayload({ ...promised, address }),
  });
}
