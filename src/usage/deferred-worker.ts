import pLimit from 'p-limit';
import type { Consumer, JobContext, JobOutcome, Outbox, OutboxJob } from '../storage/ports.ts';
import { type DeliveryRecord, type DuePromise, deliverFinal, deliverInterim } from './deferred-delivery.ts';
import { DEFERRED_REPLY, type DeferredReply, readDeferredReply } from './deferred-reply.ts';
import type { Forecasting } from './forecasting.ts';
import type { Platform, PlatformName } from './platform.ts';
import type { ReadResult, UsageReader } from './reader.ts';
import type { LastReading, Reply } from './reply.ts';
import { replyTo } from './reply-to-read.ts';

/** What keeping promises needs. */
export interface WorkerParts extends DeliveryRecord {
  readonly outbox: Outbox;
  readonly reader: UsageReader;
  readonly forecasting: Pick<Forecasting, 'addTo'>;
  readonly platforms: ReadonlyMap<PlatformName, Platform>;
  readonly concurrency?: number;
}

/** Many that fall due at once share the waits for the disk; so many are in hand that nobody waits for the next ones to be fetched. */
const CONCURRENCY = 256;
/** And the waits for the platform. */
const SENT_AT_ONCE = 64;
/** Each may be waiting for its turn at Airalo: with more of them, a person who asks now would be told to wait too. */
const READS_AT_ONCE = 16;
/** A job whose process died comes back after this. */
const VISIBILITY_MS = 10_000;
const BACKOFF = { baseMs: 2_000, capMs: 5 * 60_000 };
/** How long after the deadline the last word itself is tried, when the platform is down. */
const LAST_WORD_GRACE_MS = 60 * 60_000;
/** A later time is only told when it is worth an edit. */
const WORTH_TELLING_MS = 30_000;
const SHORTEST_RETRY_MS = 30_000;
const MAX_RETRY_MS = 10 * 60_000;

/** Gives the promised answers when they are due. One read of Airalo serves everybody who waits for that eSIM. */
export function startDeferredWorker(parts: WorkerParts): Consumer {
  const { outbox, reader, forecasting, platforms, clock, log } = parts;
  // Two answers into one message: each draws all of its eSIMs, so the second must see the first.
  const inTurn = createTurns();
  const sendSlot = pLimit(SENT_AT_ONCE);
  const readSlot = pLimit(READS_AT_ONCE);

  return outbox.consume(
    DEFERRED_REPLY,
    async (job, context) => {
      const promised = readDeferredReply(job);
      if (!promised) return { kind: 'dead', reason: 'The stored promise cannot be read' };
      return inTurn(promised.address.messageKey, () => keep(job, promised, context));
    },
    {
      concurrency: parts.concurrency ?? CONCURRENCY,
      visibilityMs: VISIBILITY_MS,
      backoff: BACKOFF,
      onError: (error, jobId) =>
        log.error({ err: error, jobId }, 'A promised answer met a fault; it stays queued'),
    },
  );

  async function keep(job: OutboxJob, promised: DeferredReply, context: JobContext): Promise<JobOutcome> {
    const platform = platforms.get(promised.address.platform);
    const overdue = () => clock.now() >= job.deadline;
    // A platform that was switched off for a while may come back before the deadline.
    if (!platform)
      return overdue()
        ? { kind: 'dead', reason: `The platform ${promised.address.platform} is not configured any more` }
        : { kind: 'defer', runAt: clock.now() + SHORTEST_RETRY_MS };
    const due = { job, promised, context, platform };
    const { iccid } = promised;

    // Between the promise and the answer a person can have left, or lost the role.
    const access = await platform.mayReceive(promised.address);
    if (access.kind === 'refused' && access.need.kind !== 'check-failed') {
      const refusal = { reason: 'not-allowed', need: access.need } as const;
      return deliverFinal(due, { kind: 'refused', iccid, refusal }, parts);
    }
    // After the check: the last word, too, is for those who may have it.
    if (overdue()) return lastWord(due);
    if (access.kind === 'refused') return { kind: 'retry', error: 'Could not check who may read this' };

    const result = await readFor(promised);
    if (result.kind === 'operator-needed') return postpone(due, withoutTime(result));
    if (result.kind === 'wait') return postpone(due, result);
    // Newer than what the person had: fresh for them, whoever's question it was read for.
    const fresh = result.kind === 'reading' ? { ...result, justRead: true } : result;
    const reply = await forecasting.addTo(replyTo(iccid, fresh));
    return sendSlot(() => deliverFinal(due, reply, parts));
  }

  /** One read serves everybody: those who come later share what was found, and take no place of those who wait for Airalo. */
  async function readFor({ iccid, newerThan }: DeferredReply): Promise<ReadResult> {
    return (await reader.current(iccid, newerThan)) ?? readSlot(() => reader.read(iccid, newerThan));
  }

  /** Past the deadline: one sentence to the person, then a dead letter. Nothing ends in silence. */
  async function lastWord(due: DuePromise): Promise<JobOutcome> {
    const { iccid, askedAt } = due.promised;
    const refusal = { reason: 'promise-expired', askedAt } as const;
    const previous = await reader.last(iccid);
    const reply: Reply = { kind: 'refused', iccid, refusal, ...(previous ? { previous } : {}) };
    const outcome = await deliverFinal(due, reply, parts);
    // The platform may be what is down: the last word is tried for an hour more.
    const mayTryAgain = outcome.kind === 'retry' && clock.now() < due.job.deadline + LAST_WORD_GRACE_MS;
    return mayTryAgain
      ? outcome
      : { kind: 'dead', reason: 'Its deadline passed without an answer from Airalo' };
  }

  /** Airalo cannot be asked now: the job moves on, counts no attempt, and the placeholder says the new time. */
  async function postpone(due: DuePromise, wait: Wait): Promise<JobOutcome> {
    const now = clock.now();
    const runAt = nextTryAt(due, wait, now);
    if (runAt - now >= WORTH_TELLING_MS) {
      const reply: Reply = {
        kind: 'deferred',
        iccid: due.promised.iccid,
        because: wait.because,
        refreshableAt: runAt,
        ...(wait.previous ? { previous: wait.previous } : {}),
        promise: { kind: 'queued', jobId: due.job.id, answerAt: runAt },
      };
      await deliverInterim(due, await forecasting.addTo(reply));
    }
    return { kind: 'defer', runAt };
  }
}

/** Why Airalo cannot be asked, and until when (epoch ms). */
type Wait = Omit<Extract<ReadResult, { kind: 'wait' }>, 'kind'>;

/** When Airalo says, or its line; in an outage when patience says. Never past the deadline. */
function nextTryAt({ job, promised }: DuePromise, wait: Wait, now: number): number {
  // Half of what it has lasted: an outage of minutes is tried often, one of hours rarely.
  const patienceMs = clamp((now - promised.askedAt) / 2, SHORTEST_RETRY_MS, MAX_RETRY_MS);
  const wanted = wait.because !== 'airalo-unavailable' ? wait.until : now + patienceMs;
  return Math.max(now + 1, Math.min(wanted, Math.max(job.deadline, now)));
}

/** Runs the work for one key one after the other, in the order of the calls. */
function createTurns(): <T>(key: string, work: () => Promise<T>) => Promise<T> {
  const last = new Map<string, Promise<unknown>>();
  return (key, work) => {
    const before = last.get(key) ?? Promise.resolve();
    const mine = before.then(work, work);
    last.set(key, mine);
    const leave = () => {
      if (last.get(key) === mine) last.delete(key);
    };
    mine.then(leave, leave);
    return mine;
  };
}

/** Airalo is not to be had for a reason that only the operator can mend: nobody knows until when. */
function withoutTime({ previous }: { readonly previous?: LastReading }): Wait {
  return { because: 'airalo-unavailable', until: 0, ...(previous ? { previous } : {}) };
}

function clamp(value: number, lowest: number, highest: number): number {
  return Math.min(highest, Math.max(lowest, value));
}
