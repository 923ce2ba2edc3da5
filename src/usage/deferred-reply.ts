import { z } from 'zod';
import type { Iccid } from '../domain/iccid.ts';
import { shortHash } from '../domain/short-hash.ts';
import { storedIccid } from '../domain/stored-iccid.ts';
import type { OutboxJob } from '../storage/ports.ts';
import { type LookupRequest, type PendingReply, PLATFORM_NAMES, type ReplyAddress } from './platform.ts';

/** The outbox type of a promised answer. */
export const DEFERRED_REPLY = 'deferred-reply';
/** How long past its time a promise is kept trying before the person gets a last word. */
const PATIENCE_MS = 2 * 60 * 60 * 1000;

/** An address as it was stored. */
export const replyAddress: z.ZodType<ReplyAddress> = z.object({
  platform: z.enum(PLATFORM_NAMES),
  asker: z.string(),
  messageKey: z.string(),
  routes: z.unknown(),
});

const payload = z.object({
  iccid: storedIccid,
  address: replyAddress,
  requestId: z.string(),
  place: z.string(),
  askedAt: z.number(),
  newerThan: z.number(),
});

/** What a promised answer needs to be given after a restart; holds the address's secrets. */
export type DeferredReply = z.infer<typeof payload>;

/** Undefined when the stored payload is not one of ours (damaged, or of a later version). */
export function readDeferredReply(job: OutboxJob): DeferredReply | undefined {
  const parsed = payload.safeParse(job.payload);
  return parsed.success ? parsed.data : undefined;
}

/**
 * The job that answers `request` with a reading newer than `newerThan`, at `answerAt`. The id is the idempotency key: the same
 * promise into the same message is the same job, however often it is asked for.
 */
export function deferredReplyJob(
  request: LookupRequest & { readonly address: ReplyAddress },
  when: { readonly askedAt: number; readonly newerThan: number; readonly answerAt: number },
): OutboxJob {
  const { iccid, address, requestId, place } = request;
  const content: DeferredReply = {
    iccid,
    address,
    requestId,
    place,
    askedAt: when.askedAt,
    newerThan: when.newerThan,
  };
  return {
    id: deferredReplyId(address.messageKey, iccid, when.newerThan),
    type: DEFERRED_REPLY,
    owner: address.asker,
    payload: content,
    runAt: when.answerAt,
    deadline: when.answerAt + PATIENCE_MS,
  };
}

/** A hash, since the parts hold an ICCID and ids of people. */
export function deferredReplyId(messageKey: string, iccid: Iccid, newerThan: number): string {
  return `reply-${shortHash(`${messageKey}\n${iccid}\n${newerThan}`)}`;
}

/** None for a job of another kind, or one that cannot be read. */
export function asPendingReply(job: OutboxJob): PendingReply[] {
  const content = job.type === DEFERRED_REPLY ? readDeferredReply(job) : undefined;
  if (!content) return [];
  return [{ jobId: job.id, iccid: content.iccid, answerAt: job.runAt, address: content.address }];
}
