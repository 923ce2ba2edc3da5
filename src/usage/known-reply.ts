import type { Iccid } from '../domain/iccid.ts';
import type { Outbox, Registry, SnapshotCache } from '../storage/ports.ts';
import { deferredReplyId } from './deferred-reply.ts';
import { reasonOfWait } from './gate-note.ts';
import { usageGateKey } from './reader.ts';
import type { Reply, ReplyPromise } from './reply.ts';
import { replyTo } from './reply-to-read.ts';

/** Where it is looked for. */
export interface KnownParts {
  readonly snapshots: SnapshotCache;
  readonly outbox: Pick<Outbox, 'find'>;
  readonly registry: Registry;
  /** The bot's own window per eSIM. */
  readonly windowMs: number;
}

/** What is known of an eSIM without asking Airalo; with a `messageKey`, also what is promised to that message. */
export async function knownReply(
  { snapshots, outbox, registry, windowMs }: KnownParts,
  iccid: Iccid,
  messageKey: string | undefined,
): Promise<Reply | undefined> {
  const known = await snapshots.get(iccid);
  const asOf = known?.kind === 'reading' ? known.asOf : 0;
  // The id of a promise is computed from what it promises, so it is found without a list.
  const job = messageKey && (await outbox.find(deferredReplyId(messageKey, iccid, asOf)));
  const previous =
    known?.kind === 'reading' ? { previous: { reading: known.reading, asOf: known.asOf } } : {};
  if (job) {
    const promised: ReplyPromise = { kind: 'queued', jobId: job.id, answerAt: job.runAt };
    const because = await reasonOfWait(registry, usageGateKey(iccid), job.runAt);
    return { kind: 'deferred', iccid, because, refreshableAt: job.runAt, ...previous, promise: promised };
  }
  if (!known) return undefined;
  const refreshableAt = known.asOf + windowMs;
  return known.kind === 'reading'
    ? replyTo(iccid, { ...known, refreshableAt, justRead: false })
    : replyTo(iccid, { kind: 'unknown-esim', refreshableAt });
}
