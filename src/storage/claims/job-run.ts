import type { Clock } from '../../clock.ts';
import { backoffDelayMs } from '../backoff.ts';
import { LeaseLostError } from '../lease-lost.ts';
import type { ConsumerOptions, JobContext, JobOutcome, OutboxJob } from '../ports.ts';
import type { ClaimedJob, ClaimTable, JobEnd } from './claim-table.ts';
import type { Lease } from './lease.ts';

/** What the port's `consume` is given. */
export type JobHandler = (job: OutboxJob, context: JobContext) => Promise<JobOutcome>;

/** What one run of one job needs. */
export interface JobRunParts {
  /** Where the outcome is written. */
  readonly table: ClaimTable;
  readonly clock: Clock;
  readonly handle: JobHandler;
  readonly options: ConsumerOptions;
  /** The consumer gives up on what still runs: no second try at writing the outcome. */
  readonly abandoned: AbortSignal;
}

/** Between two tries to write an outcome down while the store is away. */
const OUTAGE = { baseMs: 250, capMs: 5_000 };

/**
 * Runs the handler under the lease, which the consumer renews meanwhile, and writes down how it ended. Never rejects. Resolves when the
 * outcome is written, the lease is found lost, or the consumer has given up.
 */
export async function runJob(lease: Lease, parts: JobRunParts): Promise<void> {
  const { claimed } = lease;
  const context: JobContext = {
    attempt: claimed.attempt,
    get signal() {
      return lease.signal;
    },
    async savePayload(payload) {
      if (!lease.isLost && (await parts.table.savePayload(claimed, payload))) return;
      const lost = new LeaseLostError(claimed.job.id);
      lease.lose(lost);
      throw lost;
    },
  };
  // Whatever the handler does takes as long as it takes: the lease is renewed beside it.
  const outcome = await outcomeOf(parts, claimed, context);
  lease.handled = true;
  await writeDown(claimed, endOf(outcome, claimed, parts.options, parts.clock.now()), parts);
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
