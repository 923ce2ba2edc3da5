import type { Clock } from '../clock.ts';
import { maskIccid } from '../domain/iccid.ts';
import type { Log } from '../log.ts';
import type { CallGate, Consumer, JobOutcome, Outbox, OutboxJob } from '../storage/ports.ts';
import { ALERT, type AlertWork, readAlertWork } from './alert-jobs.ts';
import type { AlertRecords } from './alert-records.ts';
import { type AlertState, CREDIT, subjectOf, withEvent } from './alert-state.ts';
import { bringUpToDate, type NamedBoard, type SyncResult } from './board-sync.ts';

/** What bringing alerts into the channels needs. */
export interface AlertWorkerParts {
  readonly outbox: Outbox;
  readonly gate: CallGate;
  readonly records: AlertRecords;
  readonly boards: readonly NamedBoard[];
  readonly clock: Clock;
  readonly log: Log;
}

/** One after the other: a channel takes about one message a second. */
const CONCURRENCY = 1;
const VISIBILITY_MS = 10_000;
const BACKOFF = { baseMs: 2_000, capMs: 5 * 60_000 };
/** Longer than looking, posting and noting take in one channel, each within its time-out. */
const BOARD_LEASE_MS = 25_000;
/** Another process is writing to the same thread; it is done within seconds. */
const BUSY_MS = 1_000;

type Step = SyncResult | { readonly kind: 'busy' };

/** Works off what came in: the state first, then each channel, each for itself. */
export function startAlertWorker({ outbox, gate, records, boards, clock, log }: AlertWorkerParts): Consumer {
  async function handle(job: OutboxJob): Promise<JobOutcome> {
    const work = readAlertWork(job);
    if (!work) return { kind: 'dead', reason: 'The stored alert cannot be read' };
    const state = await stateAfter(job.id, work);
    if (!state) return { kind: 'done' };
    const steps: Step[] = [];
    for (const board of boards) steps.push(await sync(board, state));
    return outcomeOf(job, state, steps);
  }

  /** Kept even where it cannot be shown yet; the id makes it count once. */
  function stateAfter(id: string, work: AlertWork): Promise<AlertState | undefined> {
    // Whoever pressed writes the state within their turn: looking before its end would show the old one.
    if (work.kind === 'redraw') return records.inTurn(work.subject, () => records.state(work.subject));
    const { event, at } = work;
    const subject = subjectOf(event);
    return records.inTurn(subject, async () => {
      const before = await records.state(subject);
      const after = withEvent(before, { id, at, event }, before?.handle ?? records.newHandle());
      if (after !== before) await records.putState(after);
      return after;
    });
  }

  /** Two processes must not write to the same thread at once. */
  async function sync(board: NamedBoard, { subject }: AlertState): Promise<Step> {
    const key = `alert-board:${board.name}:${subject}`;
    const lease = await gate.tryAcquire(key, BOARD_LEASE_MS);
    if (lease.state !== 'leader') return { kind: 'busy' };
    try {
      // As it is now: another process may have added to it while we waited.
      const state = await records.state(subject);
      return state ? await bringUpToDate(board, state, records, clock) : { kind: 'ok' };
    } finally {
      await gate.release(key, lease.token);
    }
  }

  function outcomeOf(job: OutboxJob, state: AlertState, steps: readonly Step[]): JobOutcome {
    const esim = nameOf(state);
    for (const step of steps)
      if (step.kind === 'closed')
        log.error({ jobId: job.id, esim, reason: step.reason }, `No alert could be posted. ${step.remedy}`);
    const retries = steps.filter((step) => step.kind === 'retry');
    if (retries.length > 0 || steps.some(({ kind }) => kind === 'busy')) {
      if (clock.now() >= job.deadline)
        return { kind: 'dead', reason: 'The alert channel could not be reached' };
      if (retries.length === 0) return { kind: 'defer', runAt: clock.now() + BUSY_MS };
      const notBefore = Math.max(...retries.map((step) => step.notBefore ?? 0));
      return { kind: 'retry', error: retries.map(({ error }) => error).join(', '), notBefore };
    }
    const closed = steps.filter((step) => step.kind === 'closed');
    if (closed.length > 0 && closed.length === steps.length)
      return { kind: 'dead', reason: closed.map(({ reason }) => reason).join(', ') };
    log.info({ jobId: job.id, esim, channels: steps.length - closed.length }, 'Alert shown');
    return { kind: 'done' };
  }

  return outbox.consume(ALERT, handle, {
    concurrency: CONCURRENCY,
    visibilityMs: VISIBILITY_MS,
    backoff: BACKOFF,
    onError: (error, jobId) => log.error({ err: error, jobId }, 'An alert met a fault; it stays queued'),
  });
}

function nameOf({ subject }: AlertState): string {
  return subject === CREDIT ? CREDIT : maskIccid(subject);
}
