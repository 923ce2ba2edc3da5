import type { Clock } from '../clock.ts';
import type { BulkFace } from '../domain/bulk.ts';
import type { Iccid } from '../domain/iccid.ts';
import type { Log } from '../log.ts';
import type { JobContext, JobOutcome, OutboxJob, SnapshotCache } from '../storage/ports.ts';
import type { BulkBoard } from '../usage/bulk-board.ts';
import type { DeliveryOutcome } from '../usage/platform.ts';
import { besideTicks } from './beside-ticks.ts';
import { iccidsOf, writeAnswer } from './bulk-answer.ts';
import type { BulkWork } from './bulk-job.ts';
import { progressFace, progressToStore, rowsDone, storedProgress } from './bulk-progress.ts';
import type { BulkReading, BulkStop } from './bulk-reading.ts';

/** A list under its lease. */
export interface LeasedList {
  readonly job: OutboxJob;
  readonly work: BulkWork;
  readonly context: JobContext;
  /** Of its platform. */
  readonly board: BulkBoard;
}

/** What a turn of work on a list needs. */
export interface BulkTurnParts {
  readonly snapshots: SnapshotCache;
  readonly reading: BulkReading;
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

/** From without: the process leaves, or the person does not want it any more. */
export interface StopWords {
  readonly leaving: AbortSignal;
  isCancelled(jobId: string): Promise<boolean>;
}

/** Slack allows about fifty edits a minute, Discord five in five seconds; a person needs neither. */
const SHOW_EVERY_MS = 4_000;
/** What is lost with the process is read again from the cache, so this costs no call. */
const SAVE_EVERY_MS = 2_000;

/** One turn of work on a list: reads, shows how far it is, brings the file. */
export function createBulkTurn(list: LeasedList, parts: BulkTurnParts, stopWords: StopWords) {
  const { job, work, context, board } = list;
  const { clock, log } = parts;
  const iccids = iccidsOf(work.rows);
  const size = { total: work.rows.length, iccids };
  const progress = storedProgress(work);
  const about = { requestId: work.requestId, jobId: job.id };
  const told = new Set<Iccid>(progress.ends.keys());
  let { address } = work;
  const showing = createShowing(clock, (face) => board.show(address, face));

  /** Throws when the lease is lost. An eSIM is told to the audit once, also over several turns. */
  function save(): Promise<void> {
    for (const [iccid, end] of progress.ends)
      if (!told.has(iccid)) {
        told.add(iccid);
        parts.onRow(job.owner, iccid, end.kind);
      }
    return context.savePayload({ ...work, address, ...progressToStore(progress) });
  }

  function faceNow(): BulkFace {
    const { intervalMs } = parts;
    return progressFace(job.id, size, progress, { now: clock.now(), intervalMs });
  }

  /** Reads beside a watch that saves, shows progress and looks for a word to stop, each second. */
  async function read(): Promise<BulkStop | { readonly kind: 'cancelled' }> {
    let saveAt = clock.now() + SAVE_EVERY_MS;
    const beside = {
      async begin() {
        if (progress.ends.size + progress.waits.size === 0) await showing.show(faceNow());
      },
      async tick() {
        if (await stopWords.isCancelled(job.id)) return 'stop' as const;
        if (clock.now() >= saveAt) {
          await save();
          saveAt = clock.now() + SAVE_EVERY_MS;
        }
        await showing.show(faceNow());
        return 'go-on' as const;
      },
    };
    const { result: stop, stopped } = await besideTicks(clock, beside, (enough) => {
      const signal = AbortSignal.any([context.signal, stopWords.leaving, enough]);
      const rules = { newerThan: work.askedAt - parts.windowMs, giveUpAt: work.giveUpAt, signal };
      return parts.reading(iccids, progress, rules);
    });
    // Without the lease nothing may be written: the next holder has its own state.
    if (context.signal.aborted) return { kind: 'aborted' };
    await save();
    if (stopped) return { kind: 'cancelled' };
    if (stop.kind === 'wait') await showing.showNow(faceNow());
    return stop;
  }

  /** Readings that the cache has lost since are read again before anything is sent. */
  async function send(overdue: boolean): Promise<JobOutcome> {
    const answer = await writeAnswer(work, progress.ends, parts.snapshots, clock.now());
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
    return sent(outcome, { kind: 'finished', counts: answer.counts, attention: answer.attention });
  }

  /** Shows the end where the progress stood. What cannot be brought is a dead letter, with its work in it. */
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
    const done = rowsDone(size, progress);
    await board.show(address, { kind: 'cancelled', total: size.total, done });
    log.info(about, 'List cancelled');
    parts.onEnd?.('cancelled', iccids.length);
    return { kind: 'done' };
  }

  return { esims: iccids.length, read, send, cancelled };
}

/** Shows progress at most once in a while, and only what is new. */
function createShowing(clock: Clock, put: (face: BulkFace) => Promise<DeliveryOutcome>) {
  let showAt = 0;
  let shown = '';

  async function show(face: BulkFace): Promise<void> {
    const text = JSON.stringify(face);
    if (clock.now() < showAt || text === shown) return;
    const outcome = await put(face);
    showAt = clock.now() + SHOW_EVERY_MS;
    if (outcome.kind === 'retry') showAt = Math.max(showAt, outcome.notBefore ?? 0);
    else shown = text;
  }

  return {
    show,
    /** Also where it was shown just now. */
    showNow(face: BulkFace): Promise<void> {
      showAt = 0;
      return show(face);
    },
  };
}

/** The day it was asked, and the end of the job's id: the same list is the same file. */
function fileName({ id }: OutboxJob, { askedAt }: BulkWork): string {
  return `esim-usage-${new Date(askedAt).toISOString().slice(0, 10)}-${id.slice(-6).replace(/\W/gu, 'x')}.csv`;
}
