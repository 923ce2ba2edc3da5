import pLimit from 'p-limit';
import type { Clock } from '../clock.ts';
import { maskIccid } from '../domain/iccid.ts';
import type { Log } from '../log.ts';
import type { Consumer, JobContext, JobOutcome, Outbox, OutboxJob } from '../storage/ports.ts';
import { DEFERRED_REPLY, type DeferredReply, readDeferredReply } from './deferred-reply.ts';
import type { Forecasting } from './forecasting.ts';
import type { DeliveryOutcome, Platform, PlatformName } from './platform.ts';
import type { ReadResult, UsageReader } from './reader.ts';
import type { LastReading, Reply } from './reply.ts';
import { outcomeOf, replyTo } from './reply-to-read.ts';

/** What keeping promises needs. */
export interface WorkerParts {
  readonly outbox: Outbox;
  readonly reader: UsageReader;
  readonly forecasting: Pick<Forecasting, 'addTo'>;
  readonly platforms: ReadonlyMap<PlatformName, Platform>;
  readonly clock: Clock;
  readonly log: Log;
  readonly concurrency?: number;
  /** Told of every end of a promise, for the metrics. */
  readonly onEnd?: (end: 'delivered' | 'dead', route: string, latenessMs: number) => void;
  /** Told of every try to send a promised answer, with what it took, for the metrics. */
  readonly onTry?: (platform: PlatformName, outcome: DeliveryOutcome['kind'], tookMs: number) => void;
}

/** Many that fall due at once share the waits for the disk and for the platform. */
const CONCURRENCY = 64;
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
  const { outbox, reader, platforms, clock, log } = parts;
  // Two answers into one message: each draws all of its eSIMs, so the second must see the first.
  const inTurn = createTurns();
  const readSlot = pLimit(READS_AT_ONCE);

  const consumer = outbox.consume(
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
    // A platform that was switched off for a while may come back before the deadline.
    if (!platform)
      return overdue(job)
        ? { kind: 'dead', reason: `The platform ${promised.address.platform} is not configured any more` }
        : { kind: 'defer', runAt: clock.now() + SHORTEST_RETRY_MS };
    const send = (reply: Reply) => finish(job, promised, context, platform, reply);

    // Between the promise and the answer a person can have left, or lost the role.
    const access = await platform.mayReceive(promised.address);
    if (access.kind === 'refused' && access.need.kind !== 'check-failed')
      return send({
        kind: 'refused',
        iccid: promised.iccid,
        refusal: { reason: 'not-allowed', need: access.need },
      });
    // After the check: the last word, too, is for those who may have it.
    if (overdue(job)) return lastWord(job, promised, context, platform);
    if (access.kind === 'refused') return { kind: 'retry', error: 'Could not check who may read this' };

    // One read serves everybody: those who come later find it in the cache.
    const result = await readSlot(() => reader.read(promised.iccid, promised.newerThan));
    if (result.kind === 'operator-needed')
      return postpone(job, promised, context, platform, withoutTime(result));
    if (result.kind === 'wait') return postpone(job, promised, context, platform, result);
    // Newer than what the person had: fresh for them, whoever's question it was read for.
    const fresh = result.kind === 'reading' ? { ...result, justRead: true } : result;
    return send(await parts.forecasting.addTo(replyTo(promised.iccid, fresh)));
  }

  async function finish(
    job: OutboxJob,
    promised: DeferredReply,
    context: JobContext,
    platform: Platform,
    reply: Reply,
  ): Promise<JobOutcome> {
    const startedAt = clock.now();
    const outcome = await deliver(job, promised, context, platform, reply, 'final');
    parts.onTry?.(platform.name, outcome.kind, clock.now() - startedAt);
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
        parts.onEnd?.('delivered', outcome.route, line.latenessMs);
        return { kind: 'done' };
      case 'retry':
        log.warn({ ...line, error: outcome.error }, 'Promised answer not delivered yet');
        return outcome;
      case 'undeliverable':
        log.error(
          { ...line, reason: outcome.reason, remedy: outcome.remedy },
          'Promised answer has no route left',
        );
        parts.onEnd?.('dead', 'none', line.latenessMs);
        return { kind: 'dead', reason: outcome.reason };
      default:
        return outcome satisfies never;
    }
  }

  /** Past the deadline: one sentence to the person, then a dead letter. Nothing ends in silence. */
  async function lastWord(
    job: OutboxJob,
    promised: DeferredReply,
    context: JobContext,
    platform: Platform,
  ): Promise<JobOutcome> {
    const refusal = { reason: 'promise-expired', askedAt: promised.askedAt } as const;
    const { iccid } = promised;
    const previous = await reader.last(iccid);
    const outcome = await finish(job, promised, context, platform, {
      kind: 'refused',
      iccid,
      refusal,
      ...(previous ? { previous } : {}),
    });
    // The platform may be what is down: the last word is tried for an hour more.
    const mayTryAgain = outcome.kind === 'retry' && clock.now() < job.deadline + LAST_WORD_GRACE_MS;
    return mayTryAgain
      ? outcome
      : { kind: 'dead', reason: 'Its deadline passed without an answer from Airalo' };
  }

  /** Airalo cannot be asked now: the job moves on, counts no attempt, and the placeholder says the new time. */
  async function postpone(
    job: OutboxJob,
    promised: DeferredReply,
    context: JobContext,
    platform: Platform,
    wait: Omit<Extract<ReadResult, { kind: 'wait' }>, 'kind'>,
  ): Promise<JobOutcome> {
    const now = clock.now();
    // Half of what it has lasted: an outage of minutes is tried often, one of hours rarely.
    const patienceMs = clamp((now - promised.askedAt) / 2, SHORTEST_RETRY_MS, MAX_RETRY_MS);
    const wanted = wait.because !== 'airalo-unavailable' ? wait.until : now + patienceMs;
    const runAt = Math.max(now + 1, Math.min(wanted, Math.max(job.deadline, now)));
    if (runAt - now >= WORTH_TELLING_MS) {
      const promise = { kind: 'queued', jobId: job.id, answerAt: runAt } as const;
      const { because } = wait;
      const previous = wait.previous ? { previous: wait.previous } : {};
      const reply: Reply = {
        kind: 'deferred',
        iccid: promised.iccid,
        because,
        refreshableAt: runAt,
        ...previous,
        promise,
      };
      const shown = await parts.forecasting.addTo(reply);
      await deliver(job, promised, context, platform, shown, 'interim');
    }
    return { kind: 'defer', runAt };
  }

  function deliver(
    job: OutboxJob,
    promised: DeferredReply,
    context: JobContext,
    platform: Platform,
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

  function overdue(job: OutboxJob): boolean {
    return clock.now() >= job.deadline;
  }

  return consumer;
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
function withoutTime({ previous }: { readonly previous?: LastReading }) {
  return { because: 'airalo-unavailable', until: 0, ...(previous ? { previous } : {}) } as const;
}

function clamp(value: number, lowest: number, highest: number): number {
  return Math.min(highest, Math.max(lowest, value));
}
