import type { Clock } from '../clock.ts';
import type { BulkFace } from '../domain/bulk.ts';
import { findIccids, type Iccid } from '../domain/iccid.ts';
import type { Log } from '../log.ts';
import type {
  Consumer,
  JobContext,
  JobOutcome,
  Outbox,
  OutboxJob,
  Registry,
  SnapshotCache,
} from '../storage/ports.ts';
import type { BulkBoard } from '../usage/bulk-board.ts';
import type { DeliveryOutcome, Platform, PlatformName } from '../usage/platform.ts';
import type { BulkAllowance } from './bulk-allowance.ts';
import { iccidsOf, writeAnswer } from './bulk-answer.ts';
import { BULK, type BulkWork, type RowEnd, readBulkWork } from './bulk-job.ts';
import type { BulkProgress, BulkReading, BulkStop } from './bulk-reading.ts';
import { CANCELLED } from './bulk-service.ts';

/** What working on lists needs. */
export interface BulkWorkerParts {
  readonly outbox: Outbox;
  readonly registry: Registry;
  readonly snapshots: SnapshotCache;
  readonly reading: BulkReading;
  readonly allowance: BulkAllowance;
  readonly platforms: ReadonlyMap<PlatformName, Platform>;
  readonly clock: Clock;
  readonly log: Log;
  /** The bot's own window per eSIM: a reading within it is good enough. */
  readonly windowMs: number;
  /** Between two reads for lists. */
  readonly intervalMs: number;
  /** Told of each eSIM that has got its end, for the audit. */
  readonly onRow: (asker: string, iccid: Iccid, outcome: string) => void;
  /** Told of the end of a list, for the metrics. */
  readonly onEnd?: (end: 'delivered' | 'cancelled' | 'refused' | 'dead', esims: number) => void;
}

/** A list whose process died goes on after this. */
const VISIBILITY_MS = 10_000;
/** For what could not be brought; waiting for Airalo is a `defer` and counts no attempt. */
const BACKOFF = { baseMs: 2_000, capMs: 5 * 60_000 };
/** Lists at once in this process; they share one pace, so more would only read more slowly each. */
const CONCURRENCY = 4;
/** How soon a cancelled list stops. */
const TICK_MS = 1_000;
/** Slack allows about fifty edits a minute, Discord five in five seconds; a person needs neither. */
const SHOW_EVERY_MS = 4_000;
/** What is lost with the process is read again from the cache, so this costs no call. */
const SAVE_EVERY_MS = 2_000;
/** A list of a platform that is not configured here is left to an instance that has it. */
const NO_PLATFORM_MS = 60_000;

/**
 * Works on lists: reads, shows how far it is, brings the file. Every turn begins with the question
 * whether the person may still have the answer: rights change while a list waits.
 */
export function startBulkWorker(parts: BulkWorkerParts): Consumer {
  const { outbox, registry, allowance, clock, log } = parts;
  const stopping = new AbortController();

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
    const board = platform.bulkBoard;
    const run = createRun(job, work, context, board);
    if (await isCancelled(job.id)) return run.cancelled();
    const access = await platform.mayReceive(work.address);
    if (access.kind === 'refused') {
      if (access.need.kind === 'check-failed' && !overdue)
        return { kind: 'retry', error: 'Could not check who may read this' };
      await board.refuse(work.address, access);
      parts.onEnd?.('refused', run.esims);
      return { kind: 'done' };
    }
    const stop = await run.read();
    switch (stop.kind) {
      case 'cancelled':
        return run.cancelled();
      case 'aborted':
        return { kind: 'defer', runAt: clock.now() };
      case 'wait':
        return { kind: 'defer', runAt: stop.until };
      case 'complete':
        return run.send(overdue);
      default:
        return stop satisfies never;
    }
  }

  /** The word is written by whoever cancels, in any process. */
  async function isCancelled(jobId: string): Promise<boolean> {
    return (await registry.get(CANCELLED, jobId)) === true;
  }

  /** One turn of work on a list, under its lease. */
  function createRun(job: OutboxJob, work: BulkWork, context: JobContext, board: BulkBoard) {
    const iccids = iccidsOf(work.rows);
    const invalid = work.rows.length - iccids.length;
    const progress: BulkProgress = { ends: mapOf(work.ends), waits: mapOf(work.waits) };
    const about = { requestId: work.requestId, jobId: job.id };
    const told = new Set<Iccid>(progress.ends.keys());
    let { address } = work;
    let showAt = 0;
    let shown = '';

    /**
     * Throws when the lease is lost. An eSIM is told to the audit once, also over several turns.
     */
    function save(): Promise<void> {
      for (const [iccid, end] of progress.ends)
        if (!told.has(iccid)) {
          told.add(iccid);
          parts.onRow(job.owner, iccid, end.kind);
        }
      const { ends, waits } = progress;
      return context.savePayload({
        ...work,
        address,
        ends: Object.fromEntries(ends),
        waits: Object.fromEntries(waits),
      });
    }

    /**
     * `leftMs` is the time at the list's own pace; eSIMs that wait for their gate are told apart
     * from it.
     */
    function faceNow(): BulkFace {
      const now = clock.now();
      const open = iccids.filter((iccid) => !progress.ends.has(iccid));
      const waits = open.flatMap((iccid) => progress.waits.get(iccid) ?? []).filter((until) => until > now);
      const leftMs = (open.length - waits.length) * parts.intervalMs;
      return {
        kind: 'reading',
        jobId: job.id,
        total: work.rows.length,
        done: invalid + progress.ends.size,
        ...(open.length > waits.length ? { leftMs } : {}),
        ...(waits.length > 0 ? { waiting: { count: waits.length, until: Math.max(...waits) } } : {}),
      };
    }

    /** At most once in a while, and only what is new. */
    async function show(): Promise<void> {
      const face = faceNow();
      const text = JSON.stringify(face);
      if (clock.now() < showAt || text === shown) return;
      const outcome = await board.show(address, face);
      showAt = clock.now() + SHOW_EVERY_MS;
      if (outcome.kind === 'retry') showAt = Math.max(showAt, outcome.notBefore ?? 0);
      else shown = text;
    }

    /**
     * Reads beside a watch that saves, shows progress and looks for a word to stop, each second.
     */
    async function read(): Promise<BulkStop | { readonly kind: 'cancelled' }> {
      const enough = new AbortController();
      const signal = AbortSignal.any([context.signal, stopping.signal, enough.signal]);
      const over = new AbortController();
      let cancelled = false;
      const watch = async () => {
        let saveAt = clock.now() + SAVE_EVERY_MS;
        if (progress.ends.size + progress.waits.size === 0) await show();
        while (
          await clock.sleep(TICK_MS, over.signal).then(
            () => !over.signal.aborted,
            () => false,
          )
        ) {
          cancelled = await isCancelled(job.id);
          if (cancelled) return enough.abort();
          if (clock.now() >= saveAt) {
            await save();
            saveAt = clock.now() + SAVE_EVERY_MS;
          }
          await show();
        }
      };
      // A fault of the watch ends the reading: what cannot be saved or cancelled is not read.
      const watching = watch().catch((error: unknown) => {
        enough.abort();
        throw error;
      });
      watching.catch(() => undefined);
      const rules = { newerThan: work.askedAt - parts.windowMs, giveUpAt: work.giveUpAt, signal };
      const stop = await parts.reading(iccids, progress, rules).finally(() => over.abort());
      await watching;
      // Without the lease nothing may be written: the next holder has its own state.
      if (context.signal.aborted) return { kind: 'aborted' };
      await save();
      if (cancelled) return { kind: 'cancelled' };
      if (stop.kind === 'wait') {
        showAt = 0;
        await show();
      }
      return stop;
    }

    /** Readings that the cache has lost since are read again before anything is sent. */
    async function send(overdue: boolean): Promise<JobOutcome> {
      const answer = await writeAnswer(work, progress.ends, parts.snapshots);
      if (answer.kind === 'lost') {
        for (const iccid of answer.iccids) progress.ends.delete(iccid);
        await save();
        return { kind: 'defer', runAt: clock.now() };
      }
      const file = { name: fileName(job, work), bytes: answer.csv, rows: work.rows.length };
      const outcome = await board.send(address, file, {
        jobId: job.id,
        attempt: context.attempt,
        signal: context.signal,
        saveAddress: (changed) => {
          address = changed;
          return save();
        },
      });
      if (outcome.kind === 'retry' && !overdue) return outcome;
      return sent(outcome, { kind: 'finished', counts: answer.counts });
    }

    /**
     * Shows the end where the progress stood. What cannot be brought is a dead letter, with its
     * work in it.
     */
    async function sent(outcome: DeliveryOutcome, face: BulkFace): Promise<JobOutcome> {
      const { attempt } = context;
      if (outcome.kind === 'delivered') {
        await board.show(address, face);
        log.info({ ...about, rows: work.rows.length, attempt, route: outcome.route }, 'List answered');
        parts.onEnd?.('delivered', iccids.length);
        return { kind: 'done' };
      }
      const reason = outcome.kind === 'retry' ? outcome.error : outcome.reason;
      const remedy = outcome.kind === 'undeliverable' ? outcome.remedy : undefined;
      log.error({ ...about, reason, remedy }, 'An answered list could not be brought');
      await board.show(address, { kind: 'unsent' });
      parts.onEnd?.('dead', iccids.length);
      return { kind: 'dead', reason };
    }

    async function cancelled(): Promise<JobOutcome> {
      const done = invalid + progress.ends.size;
      await board.show(address, { kind: 'cancelled', total: work.rows.length, done });
      log.info(about, 'List cancelled');
      parts.onEnd?.('cancelled', iccids.length);
      return { kind: 'done' };
    }

    return { esims: iccids.length, read, send, cancelled };
  }

  return {
    /** What is being read is saved and left to the next process at once. */
    async stop(drainMs) {
      stopping.abort();
      await consumer.stop(drainMs);
    },
  };
}

/** The day it was asked, and the end of the job's id: the same list is the same file. */
function fileName({ id }: OutboxJob, { askedAt }: BulkWork): string {
  return `esim-usage-${new Date(askedAt).toISOString().slice(0, 10)}-${id.slice(-6).replace(/\W/gu, 'x')}.csv`;
}

function mapOf<Value extends RowEnd | number>(stored: Readonly<Record<string, Value>>): Map<Iccid, Value> {
  return new Map(
    Object.entries(stored).flatMap(([key, value]) => findIccids(key).map((iccid) => [iccid, value] as const)),
  );
}
