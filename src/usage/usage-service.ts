import type { Clock } from '../clock.ts';
import { type Iccid, maskIccid } from '../domain/iccid.ts';
import { shortHash } from '../domain/short-hash.ts';
import type { Log } from '../log.ts';
import type { CallGate, Outbox, Registry, SnapshotCache } from '../storage/ports.ts';
import type { NoteAudit } from './audit-trail.ts';
import { asPendingReply, DEFERRED_REPLY } from './deferred-reply.ts';
import type { Forecasting } from './forecasting.ts';
import { reasonOfWait } from './gate-note.ts';
import { knownReply } from './known-reply.ts';
import { createNotes } from './notes.ts';
import type { LookupRequest, ReadyReply, ReplyAddress, UsageService } from './platform.ts';
import { promiseAnswer } from './promised-answer.ts';
import type { QuestionIntake } from './question-intake.ts';
import type { QuestionLimits } from './question-limits.ts';
import { NO_VEIL, type QuestionVeil } from './question-veil.ts';
import { type ReadResult, type UsageReader, usageGateKey } from './reader.ts';
import type { DeferredReply, Reply } from './reply.ts';
import { outcomeOf, replyTo } from './reply-to-read.ts';

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
  /** The same as of the intake. */
  readonly veil?: QuestionVeil | undefined;
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

/** Longer than a question is tried (`PATIENCE_MS` of question.ts). */
const PROMISED_KEPT_MS = 3 * 60 * 60_000;

type AddressedRequest = LookupRequest & { readonly address: ReplyAddress };

/** The shared usage service: every platform asks here, and only here. */
export function createUsageService(parts: UsageServiceParts): UsageService {
  const { reader, snapshots, gate, outbox, registry, forecasting, clock, log, windowMs } = parts;
  const { veil = NO_VEIL } = parts;
  const notes = createNotes(registry);

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

  async function ready(
    iccid: Iccid,
    by: () => Promise<Omit<LookupRequest, 'iccid'> | undefined>,
  ): Promise<ReadyReply | undefined> {
    const startedAt = clock.now();
    const current = await reader.current(iccid, startedAt - windowMs);
    const asked = current && (await by());
    if (!asked) return undefined;
    const request = { ...asked, iccid };
    // Counts nothing twice: the ordinary way, which says why, finds the same eSIM counted.
    if ((await parts.limits.refusedUntil(request, iccid)) !== undefined) return undefined;
    const reply = await forecasting.addTo(replyTo(iccid, current));
    return { reply, given: () => record(request, reply, startedAt) };
  }

  async function promise(request: AddressedRequest): Promise<Reply> {
    const state = await gate.peek(usageGateKey(request.iccid));
    // Nothing to wait for: the answer can be had now.
    if (state.state === 'open') return lookup(request);
    const kept = await keptBefore(request);
    if (kept) return kept;
    const startedAt = clock.now();
    const refused = await refusal(request, startedAt);
    if (refused) return refused;
    const known = await snapshots.get(request.iccid);
    // While somebody is asking, the end of the lease is the latest instant at which the answer is there.
    const until = state.state === 'closed' ? state.openAt : state.leaseUntil;
    const previous =
      known?.kind === 'reading' ? { previous: { reading: known.reading, asOf: known.asOf } } : {};
    const because = await reasonOfWait(registry, usageGateKey(request.iccid), until);
    const bare = await deferred(request, { kind: 'wait', because, until, ...previous });
    await notePromise(request, bare);
    const reply = await forecasting.addTo(bare);
    record(request, reply, startedAt);
    return reply;
  }

  /**
   * A question that is answered again after a crash may find its promise kept by then: what is known is its answer, and no second one is
   * promised. Undefined where it promised nothing, or its promise is still on its way.
   */
  async function keptBefore(request: AddressedRequest): Promise<Reply | undefined> {
    const jobId = await registry.get('promised', promisedKey(request)).catch(() => undefined);
    if (typeof jobId !== 'string' || (await outbox.find(jobId))) return undefined;
    return knownReply(parts, request.iccid, request.address.messageKey);
  }

  /** Worth a try: without it only a crash in a narrow moment promises twice. */
  async function notePromise(request: AddressedRequest, { promise: made }: DeferredReply): Promise<void> {
    if (made.kind !== 'queued') return;
    await registry
      .put('promised', promisedKey(request), made.jobId, PROMISED_KEPT_MS)
      .catch((error: unknown) =>
        log.warn({ err: error, requestId: request.requestId }, 'A promise could not be noted'),
      );
  }

  async function refusal(request: LookupRequest, startedAt: number): Promise<Reply | undefined> {
    if (request.counted) return undefined;
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
    const promised = await promiseAnswer(parts, request, until, previous?.asOf ?? 0);
    return {
      kind: 'deferred',
      iccid: request.iccid,
      because,
      refreshableAt: until,
      ...known,
      promise: promised,
    };
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
    ready,
    promise,
    peek: async (iccid, messageKey) => {
      const reply = await knownReply(parts, iccid, messageKey);
      return reply && forecasting.addTo(reply);
    },
    cancel,
    pendingOf: async (asker) => (await outbox.pendingOf(asker)).flatMap(asPendingReply),
    unreadableOf: async (asker) =>
      (await outbox.pendingOf(asker)).filter(({ type, unreadable }) => unreadable && type === DEFERRED_REPLY)
        .length,
    accept: parts.intake.accept,
    claim: (key, ttlMs) => registry.putIfAbsent('claim', key, true, ttlMs),
    remember: (value, ttlMs) => notes.remember(() => value, ttlMs),
    rememberAsked: (value, ttlMs) => notes.remember((id) => veil.cover(value, id), ttlMs),
    keep: notes.keep,
    recall: async (id) => veil.uncover(await notes.recall(id), id),
  };
}

function promisedKey({ requestId, iccid }: AddressedRequest): string {
  return shortHash(`${requestId}\n${iccid}`);
}
