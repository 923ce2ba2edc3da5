import type { Consumer, JobContext, JobOutcome, Outbox, OutboxJob, Registry } from '../storage/ports.ts';
import type { Platform, PlatformName } from '../usage/platform.ts';
import type { BulkAllowance } from './bulk-allowance.ts';
import { BULK, type BulkWork, readBulkWork } from './bulk-job.ts';
import { CANCELLED } from './bulk-service.ts';
import { type BulkTurnParts, createBulkTurn, type StopWords } from './bulk-turn.ts';

/** What working on lists needs. */
export interface BulkWorkerParts extends BulkTurnParts {
  readonly outbox: Outbox;
  readonly registry: Registry;
  readonly allowance: BulkAllowance;
  readonly platforms: ReadonlyMap<PlatformName, Platform>;
}

/** A list whose process died goes on after this. */
const VISIBILITY_MS = 10_000;
/** For what could not be brought; waiting for Airalo is a `defer` and counts no attempt. */
const BACKOFF = { baseMs: 2_000, capMs: 5 * 60_000 };
/** Lists at once in this process; they share one pace, so more would only read more slowly each. */
const CONCURRENCY = 4;
/** A list of a platform that is not configured here is left to an instance that has it. */
const NO_PLATFORM_MS = 60_000;

/**
 * Works on lists: reads, shows how far it is, brings the file. Every turn begins with the question
 * whether the person may still have the answer: rights change while a list waits.
 */
export function startBulkWorker(parts: BulkWorkerParts): Consumer {
  const { outbox, registry, allowance, clock, log } = parts;
  const stopping = new AbortController();
  const stopWords: StopWords = {
    leaving: stopping.signal,
    // The word is written by whoever cancels, in any process.
    isCancelled: async (jobId) => (await registry.get(CANCELLED, jobId)) === true,
  };

  const consumer = outbox.consume(
    BULK,
    async (job, context) => {
      const work = readBulkWork(job);
      if (!work) return { kind: 'dead', reason: 'The stored list cannot be read' };
      const outcome = await goOn(job, work, context);
      if (outcome.kind === 'done' || outcome.kind === 'dead') await allowance.leave(job.owner, job.id);
      return outcome;
    },
    {
      concurrency: CONCURRENCY,
      visibilityMs: VISIBILITY_MS,
      backoff: BACKOFF,
      onError: (error, jobId) => log.error({ err: error, jobId }, 'A list met a fault; it stays queued'),
    },
  );

  async function goOn(job: OutboxJob, work: BulkWork, context: JobContext): Promise<JobOutcome> {
    const platform = parts.platforms.get(work.address.platform);
    const overdue = clock.now() >= job.deadline;
    if (!platform?.bulkBoard)
      return overdue
        ? { kind: 'dead', reason: `The platform ${work.address.platform} is not configured any more` }
        : { kind: 'defer', runAt: clock.now() + NO_PLATFORM_MS };
    const turn = createBulkTurn({ job, work, context, board: platform.bulkBoard }, parts, stopWords);
    if (await stopWords.isCancelled(job.id)) return turn.cancelled();
    const access = await platform.mayReceive(work.address);
    if (access.kind === 'refused') {
      if (access.need.kind === 'check-failed' && !overdue)
        return { kind: 'retry', error: 'Could not check who may read this' };
      await platform.bulkBoard.refuse(work.address, access);
      parts.onEnd?.('refused', turn.esims);
      return { kind: 'done' };
    }
    const stop = await turn.read();
    switch (stop.kind) {
      case 'cancelled':
        return turn.cancelled();
      case 'aborted':
        return { kind: 'defer', runAt: clock.now() };
      case 'wait':
        return { kind: 'defer', runAt: stop.until };
      case 'complete':
        return turn.send(overdue);
      default:
        return stop satisfies never;
    }
  }

  return {
    /** What is being read is saved and left to the next process at once. */
    async stop(drainMs) {
      stopping.abort();
      await consumer.stop(drainMs);
    },
  };
}
