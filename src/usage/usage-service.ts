import { randomBytes } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { type Iccid, luhnHolds, maskIccid } from '../domain/iccid.ts';
import type { Log } from '../log.ts';
import type { CallGate, Outbox, Registry, SnapshotCache } from '../storage/ports.ts';
import type { NoteAudit } from './audit-trail.ts';
import { asPendingReply, deferredReplyId, deferredReplyJob } from './deferred-reply.ts';
import type { Forecasting } from './forecasting.ts';
import { closedBecause } from './gate-note.ts';
import type { LookupRequest, ReplyAddress, UsageService } from './platform.ts';
import type { QuestionIntake } from './question-intake.ts';
import type { QuestionLimits } from './question-limits.ts';
import { type ReadResult, type UsageReader, usageGateKey } from './reader.ts';
import type { DeferredReply, LastReading, Reply, ReplyPromise, WaitReason } from './reply.ts';

/** The core's parts, beside the reader that is the only one to ask Airalo. */
export interface UsageServiceParts {
  readonly reader: UsageReader;
  readonly snapshots: SnapshotCache;
  readonly gate: CallGate;
  readonly outbox: Outbox;
  readonly registry: Registry;
  readonly noteAudit: NoteAudit;
  readonly forecasting: Pick<Forecasting, 'addTo'>;
  readonly limits: QuestionLimits;
  readonly intake: Pick<QuestionIntake, 'accept'>;
  readonly clock: Clock;
  readonly log: Log;
  /** The bot's own window per eSIM. */
  readonly windowMs: number;
  /** Told of each eSIM somebody got an answer about, so that they find it again. */
  readonly onAsked?: (asker: string, iccid: Iccid) => void;
  /** Told of every answer, for the metrics. */
  readonly onReply?: (reply: Reply, tookMs: number) => void;
}

/** What the outcome of anything but a lookup begins with in the audit. */
export const INQUIRY_OUTCOME = 'ask-';

type AddressedRequest = LookupRequest & { readonly address: ReplyAddress };

/** The shared usage service: every platform asks here, and only here. */
export function createUsageService(parts: UsageServiceParts): UsageService {
  const { reader, snapshots, gate, outbox, registry, forecasting, clock, log, windowMs } = parts;

  async function lookup(request: LookupRequest): Promise<Reply> {
    const startedAt = clock.now();
    const refused = await refusal(request, startedAt);
    if (refused) return refused;
    // Within the window the last reading is the answer; only an older one is worth a call.
    const result = await reader.read(request.iccid, startedAt - windowMs);
    const bare = result.kind === 'wait' ? await replyToWait(request, result) : replyTo(request.iccid, result);
    const reply = await forecasting.addTo(bare);
    record(request, reply, startedAt);
    return reply;
  }

  async function promise(request: AddressedRequest): Promise<Reply> {
    const state = await gate.peek(usageGateKey(request.iccid));
    // Nothing to wait for: the answer can be had now.
    if (state.state === 'open') return lookup(request);
    const startedAt = clock.now();
    const refused = await refusal(request, startedAt);
    if (refused) return refused;
    const known = await snapshots.get(request.iccid);
    // While somebody is asking, the end of the lease is the latest instant at which the answer is there.
    const until = state.state === 'closed' ? state.openAt : state.leaseUntil;
    const previous =
      known?.kind === 'reading' ? { previous: { reading: known.reading, asOf: known.asOf } } : {};
    const because = await reasonOfWait(request.iccid, until);
    const bare = await deferred(request, { kind: 'wait', because, until, ...previous });
    const reply = await forecasting.addTo(bare);
    record(request, reply, startedAt);
    return reply;
  }

  /** What the eSIM waits for until then; only that is told to people. */
  async function reasonOfWait(iccid: Iccid, until: number): Promise<WaitReason> {
    const because = await closedBecause(registry, usageGateKey(iccid), until);
    return because === 'credentials-refused' ? 'airalo-unavailable' : because;
  }

  async function refusal(request: LookupRequest, startedAt: number): Promise<Reply | undefined> {
    const until = await parts.limits.refusedUntil(request, request.iccid);
    if (until === undefined) return undefined;
    const reply: Reply = { kind: 'refused', iccid: request.iccid, refusal: { reason: 'too-many', until } };
    record(request, reply, startedAt);
    return reply;
  }

  /** An older figure is an answer while Airalo is down; in every other wait something is promised. */
  async function replyToWait(
    request: LookupRequest,
    wait: Extract<ReadResult, { kind: 'wait' }>,
  ): Promise<Reply> {
    const { because, until, previous } = wait;
    if (because === 'airalo-unavailable' && previous)
      return { kind: 'cached', iccid: request.iccid, ...previous, refreshableAt: until, because };
    return deferred(request, wait);
  }

  async function deferred(
    request: LookupRequest,
    { because, until, previous }: Extract<ReadResult, { kind: 'wait' }>,
  ): Promise<DeferredReply> {
    const known = previous ? { previous } : {};
    // Newer than what the person sees already: the same figure again would be no answer.
    const promised = await queueAnswer(request, until, previous?.asOf ?? 0);
    return {
      kind: 'deferred',
      iccid: request.iccid,
      because,
      refreshableAt: until,
      ...known,
      promise: promised,
    };
  }

  /** Durable before anybody is told: the promise is only made of what the outbox has acknowledged. */
  async function queueAnswer(
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

  async function peek(iccid: Iccid, messageKey?: string): Promise<Reply | undefined> {
    const reply = await knownOf(iccid, messageKey);
    return reply && forecasting.addTo(reply);
  }

  async function knownOf(iccid: Iccid, messageKey: string | undefined): Promise<Reply | undefined> {
    const known = await snapshots.get(iccid);
    const asOf = known?.kind === 'reading' ? known.asOf : 0;
    // The id of a promise is computed from what it promises, so it is found without a list.
    const job = messageKey && (await outbox.find(deferredReplyId(messageKey, iccid, asOf)));
    const previous =
      known?.kind === 'reading' ? { previous: { reading: known.reading, asOf: known.asOf } } : {};
    if (job) {
      const promised: ReplyPromise = { kind: 'queued', jobId: job.id, answerAt: job.runAt };
      const because = await reasonOfWait(iccid, job.runAt);
      return { kind: 'deferred', iccid, because, refreshableAt: job.runAt, ...previous, promise: promised };
    }
    if (!known) return undefined;
    const refreshableAt = known.asOf + windowMs;
    return known.kind === 'reading'
      ? replyTo(iccid, { ...known, refreshableAt, justRead: false })
      : replyTo(iccid, { kind: 'unknown-esim', refreshableAt });
  }

  /** An id alone cancels nothing: it stands in buttons that other people may see. */
  async function cancel(jobId: string, asker: string): Promise<boolean> {
    const job = await outbox.find(jobId);
    return job?.owner === asker && (await outbox.cancel(jobId));
  }

  function record(request: LookupRequest, reply: Reply, startedAt: number): void {
    const tookMs = clock.now() - startedAt;
    const outcome = outcomeOf(reply);
    const iccidMasked = maskIccid(request.iccid);
    const { requestId, place, address, asker = address?.asker } = request;
    log.info({ requestId, iccid: iccidMasked, outcome, tookMs, asker, place }, 'Lookup answered');
    parts.onReply?.(reply, tookMs);
    if (asker !== undefined && reply.kind !== 'refused') parts.onAsked?.(asker, request.iccid);
    parts.noteAudit({ asker: asker ?? 'operator', place, outcome, iccid: request.iccid, requestId });
  }

  return {
    lookup,
    promise,
    peek,
    cancel,
    pendingOf: async (asker) => (await outbox.pendingOf(asker)).flatMap(asPendingReply),
    accept: (question) => parts.intake.accept(question),
    claim: (key, ttlMs) => registry.putIfAbsent('claim', key, true, ttlMs),
    remember: async (value, ttlMs) => {
      // 72 bits: nobody guesses the note of somebody else's card.
      const id = randomBytes(9).toString('base64url');
      await registry.put('note', id, value, ttlMs);
      return id;
    },
    keep: (id, value, ttlMs) => registry.put('note', id, value, ttlMs),
    recall: (id) => registry.get('note', id),
  };
}

/**
 * What a reading, or the lack of one, means for the person. The Luhn digit is looked at only where Airalo knows no such
 * eSIM: most of the ICCIDs in Airalo's own docs fail it, so it must never keep a question from being asked.
 */
export function replyTo(
  iccid: Iccid,
  result: Exclude<ReadResult, { kind: 'wait' }>,
): Exclude<Reply, DeferredReply> {
  switch (result.kind) {
    case 'reading': {
      const { reading, asOf, refreshableAt } = result;
      return result.justRead
        ? { kind: 'fresh', iccid, reading, asOf, refreshableAt }
        : { kind: 'cached', iccid, reading, asOf, refreshableAt, because: 'within-window' };
    }
    case 'unknown-esim': {
      const checkDigitOff = !luhnHolds(iccid);
      const { refreshableAt } = result;
      return { kind: 'refused', iccid, refusal: { reason: 'unknown-esim', checkDigitOff, refreshableAt } };
    }
    case 'doubted-esim': {
      const { refreshableAt, previous } = result;
      const refusal = { reason: 'unknown-esim', checkDigitOff: false, refreshableAt } as const;
      return { kind: 'refused', iccid, refusal, previous };
    }
    case 'operator-needed': {
      const refusal = { reason: 'operator-needed', cause: result.cause } as const;
      return { kind: 'refused', iccid, refusal, ...withPrevious(result) };
    }
    case 'declined': {
      const refusal = { reason: 'declined', detail: result.detail } as const;
      return { kind: 'refused', iccid, refusal, ...withPrevious(result) };
    }
    default:
      return result satisfies never;
  }
}

function withPrevious({ previous }: { readonly previous?: LastReading }): {
  readonly previous?: LastReading;
} {
  return previous ? { previous } : {};
}

/** One word for logs, metrics and the audit. */
export function outcomeOf(reply: Reply): string {
  return reply.kind === 'refused' ? reply.refusal.reason : reply.kind;
}
