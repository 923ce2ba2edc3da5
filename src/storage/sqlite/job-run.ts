import type { Clock } from '../../clock.ts';
import { backoffDelayMs } from '../backoff.ts';
import { LeaseLostError } from '../lease-lost.ts';
import type { ConsumerOptions, JobContext, JobOutcome, OutboxJob } from '../ports.ts';
import type { ClaimedJob, JobEnd, OutboxTable } from './outbox-table.ts';

/** What the port's `consume` is given. */
export type JobHandler = (job: OutboxJob, context: JobContext) => Promise<JobOutcome>;

/** What one run of one job needs. */
export interface JobRunParts {
  /** Where the lease is renewed and the outcome written. */
  readonly table: OutboxTable;
  readonly clock: Clock;
  readonly handle: JobHandler;
  readonly options: ConsumerOptions;
  /** The consumer gives up on what still runs: no renewal, no second try at writing the outcome. */
  readonly abandoned: AbortSignal;
  /** Called when leases may have been lost: a run puts itself in, and renews its lease at once. */
  readonly renewals: Set<() => void>;
}

/** Renewing at a third of the visibility timeout leaves room for two that fail. */
const RENEWALS_PER_LEASE = 3;
/** Between two tries to write an outcome down while the store is away. */
const OUTAGE = { baseMs: 250, capMs: 5_000 };

/**
 * Runs the handler under the lease and writes down how it ended. Never rejects. Resolves when the
 * outcome is written, the lease is found lost, or the consumer has given up.
 */
export async function runJob(claimed: ClaimedJob, parts: JobRunParts): Promise<void> {
  const { table, clock, options, abandoned } = parts;
  const jobId = claimed.job.id;
  const lease = new AbortController();
  const over = new AbortController();
  const giveUp = () => {
    over.abort();
    lease.abort(abandoned.reason);
  };
  abandoned.addEventListener('abort', giveUp, { once: true });
  // An event listener is not told of what has happened before it was added.
  if (abandoned.aborted) giveUp();
  const renewal = keepLease(claimed, parts, lease, over.signal);
  const context: JobContext = {
    attempt: claimed.attempt,
    signal: lease.signal,
    async savePayload(payload) {
      if (!(await table.savePayload(claimed, payload))) throw new LeaseLostError(jobId);
    },
  };
  // Whatever the handler does takes as long as it takes: the lease is renewed beside it.
  const outcome = await outcomeOf(parts, claimed, context);
  await writeDown(claimed, endOf(outcome, claimed, options, clock.now()), parts);
  abandoned.removeEventListener('abort', giveUp);
  over.abort();
  await renewal;
}

/** A handler that throws is a `retry`, told to `onError`. */
async function outcomeOf(parts: JobRunParts, claimed: ClaimedJob, context: JobContext): Promise<JobOutcome> {
  try {
    return await parts.handle(claimed.job, context);
  } catch (error) {
    parts.options.onError(error, claimed.job.id);
    // Its name only: the message of an error of a platform can hold a token.
    return { kind: 'retry', error: error instanceof Error ? error.name : 'thrown' };
  }
}

/**
 * The backoff grows with the attempt, with full jitter: many that failed together do not come back
 * together.
 */
function endOf(outcome: JobOutcome, claimed: ClaimedJob, options: ConsumerOptions, now: number): JobEnd {
  switch (outcome.kind) {
    case 'done':
    case 'dead':
      return outcome;
    case 'defer':
      return { kind: 'defer', backAt: outcome.runAt };
    case 'retry': {
      const backAt = now + backoffDelayMs(options.backoff, claimed.attempt);
      // A platform that asked to wait is not asked earlier, however short the backoff.
      return { kind: 'retry', error: outcome.error, backAt: Math.max(backAt, outcome.notBefore ?? 0) };
    }
    default:
      return outcome satisfies never;
  }
}

/**
 * Insists through an outage: work that was done and is not written down would be done again. A
 * lease that was lost meanwhile is told as `LeaseLostError`; the new holder's outcome stands.
 */
async function writeDown(claimed: ClaimedJob, end: JobEnd, parts: JobRunParts): Promise<void> {
  const { table, clock, options, abandoned } = parts;
  for (let failures = 1; ; failures++) {
    try {
      const counted = await table.end(claimed, end, clock.now());
      if (!counted) options.onError(new LeaseLostError(claimed.job.id), claimed.job.id);
      return;
    } catch (error) {
      options.onError(error, claimed.job.id);
      if (abandoned.aborted) return;
      await clock.sleep(backoffDelayMs(OUTAGE, failures), abandoned).catch(() => undefined);
    }
  }
}

/** Renews until `over`. A lease somebody else holds, or that ran out during an outage, aborts `lease`. */
async function keepLease(
  claimed: ClaimedJob,
  { table, clock, options, renewals }: JobRunParts,
  lease: AbortController,
  over: AbortSignal,
): Promise<void> {
  let leaseUntil = claimed.leaseUntil;
  const restMs = options.visibilityMs / RENEWALS_PER_LEASE;
  while (await restOrCalled(renewals, clock, restMs, over)) {
    const wanted = clock.now() + options.visibilityMs;
    try {
      if (!(await table.renew(claimed, wanted))) {
        // Ended in this very moment, by the outcome written down: no loss.
        if (!over.aborted) lease.abort(new LeaseLostError(claimed.job.id));
        return;
      }
      leaseUntil = wanted;
    } catch (error) {
      options.onError(error, claimed.job.id);
      if (clock.now() >= leaseUntil) lease.abort(new LeaseLostError(claimed.job.id));
    }
  }
}

/** Waits `restMs`, or until it is called. False when it is over. */
async function restOrCalled(
  renewals: Set<() => void>,
  clock: Clock,
  restMs: number,
  over: AbortSignal,
): Promise<boolean> {
  const called = new AbortController();
  const call = () => called.abort();
  renewals.add(call);
  await clock.sleep(restMs, AbortSignal.any([called.signal, over])).catch(() => undefined);
  renewals.delete(call);
  return !over.aborted;
}
