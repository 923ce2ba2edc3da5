import pLimit from 'p-limit';
import type { Clock } from '../clock.ts';
import { isSameDay, nextDigestAt } from '../domain/digest-schedule.ts';
import { shortHash } from '../domain/short-hash.ts';
import type { Log } from '../log.ts';
import type {
  CallPace,
  Consumer,
  JobContext,
  JobOutcome,
  Outbox,
  OutboxJob,
  Registry,
} from '../storage/ports.ts';
import type { DigestReport } from './digest-report.ts';
import type { DigestSource } from './digest-source.ts';
import { DIGEST, DIGEST_LEAD_MS, type DigestContent, readDigest, wasDigestStopped } from './digests.ts';
import { MOST_AT_A_PLATFORM, NO_PLACE_MS, NO_PLATFORM_MS, OWN_READS, turnOfOwnRead } from './own-reads.ts';
import type { DeliveryOutcome, Platform, PlatformName } from './platform.ts';
import { createPlatformPlaces } from './platform-places.ts';
import type { UsageReader } from './reader.ts';

/** What bringing digests needs. */
export interface DigestWorkerParts {
  readonly outbox: Outbox;
  readonly registry: Registry;
  readonly pace: CallPace;
  readonly reader: Pick<UsageReader, 'read'>;
  readonly source: DigestSource;
  readonly platforms: ReadonlyMap<PlatformName, Platform>;
  readonly clock: Clock;
  readonly log: Log;
  readonly windowMs: number;
  /** Reads that all watches and digests together may cause in a minute. */
  readonly readsPerMinute: number;
}

/** New readings for one digest. */
const READS = 12;
/** A reading younger than this is told as it is. */
const STALE_MS = 3 * 60 * 60_000;
/** So late it is on time; a digest just before midnight has its retries beyond it. */
const GRACE_MS = 60 * 60_000;
const DAY_MS = 24 * 60 * 60_000;
/** Short: failures are counted over all the days of a digest, so that after months every one counts as one of many. */
const BACKOFF = { baseMs: 5_000, capMs: 2 * 60_000 };
/** Long enough for holidays; after that nobody misses it. */
const PAUSED_KEPT_MS = 90 * DAY_MS;

/** Looks at each digest shortly before it is due, reads a little, posts once, and puts it off to its next day. */
export function startDigestWorker(parts: DigestWorkerParts): Consumer {
  const { outbox, registry, reader, source, platforms, clock, log, windowMs } = parts;
  const places = createPlatformPlaces(MOST_AT_A_PLATFORM);
  const readSlot = pLimit(1);

  return outbox.consume(
    DIGEST,
    async (job, context) => {
      const content = readDigest(job);
      if (!content) return { kind: 'dead', reason: 'The stored digest cannot be read' };
      if (await wasDigestStopped(registry, job.id)) return { kind: 'done' };
      const outcome = (await places.tryIn(content.address.platform, () => work(job, content, context))) ?? {
        kind: 'defer',
        runAt: clock.now() + NO_PLACE_MS,
      };
      return outcome.kind === 'defer' && (await wasDigestStopped(registry, job.id))
        ? { kind: 'done' }
        : outcome;
    },
    {
      ...OWN_READS,
      backoff: BACKOFF,
      onError: (error, jobId) => log.error({ err: error, jobId }, 'A digest met a fault; it stays queued'),
    },
  );

  async function work(job: OutboxJob, content: DigestContent, context: JobContext): Promise<JobOutcome> {
    const { schedule, dueAt } = content;
    const platform = platforms.get(content.address.platform);
    // Another process may have it, or this one tomorrow.
    if (!platform?.report)
      return { kind: 'defer', runAt: Math.max(clock.now() + NO_PLATFORM_MS, dueAt - DIGEST_LEAD_MS) };
    if (content.owes) return tellOwner(job, content, context, platform, content.owes);
    if (content.pausedAt !== undefined) return rest(content, context);
    const now = clock.now();
    if (now < dueAt - DIGEST_LEAD_MS) return { kind: 'defer', runAt: dueAt - DIGEST_LEAD_MS };
    if (now - dueAt > GRACE_MS && !isSameDay(schedule, dueAt, now)) {
      const owing: DigestContent = { ...content, owes: 'missed' };
      await context.savePayload(owing);
      return tellOwner(job, owing, context, platform, 'missed');
    }
    const access = await platform.mayReceive(content.address);
    if (access.kind === 'refused') {
      if (access.need.kind === 'check-failed')
        return { kind: 'retry', error: 'Could not check who may read this' };
      log.info(
        { jobId: job.id, need: access.need.kind },
        'A digest is paused: its owner may not look up any more',
      );
      return rest(content, context);
    }
    const candidates = await source.candidatesOf(content.person.asker);
    const { turn, notBefore } = await readSome(content, candidates, context);
    if (notBefore !== undefined) return { kind: 'defer', runAt: notBefore };
    if (clock.now() < dueAt) return { kind: 'defer', runAt: dueAt };
    return post(job, { ...content, turn }, candidates, context, platform);
  }

  /** As many as the budget gives until it is due; started late, it takes as long as it would have before. */
  async function readSome(
    content: DigestContent,
    candidates: Awaited<ReturnType<DigestSource['candidatesOf']>>,
    context: JobContext,
  ) {
    let turn = content.turn ?? { startedAt: clock.now(), tried: [] };
    const until = Math.max(content.dueAt, turn.startedAt + DIGEST_LEAD_MS);
    while (turn.tried.length < READS && clock.now() < until) {
      const stale = await source.staleOf(candidates, clock.now() - Math.max(STALE_MS, windowMs));
      const next = stale.find((iccid) => !turn.tried.includes(iccid));
      if (next === undefined) break;
      const freeAt = await turnOfOwnRead(parts.pace, parts.readsPerMinute);
      if (freeAt !== undefined) {
        await context.savePayload({ ...content, turn });
        return { turn, notBefore: Math.min(freeAt, until) };
      }
      turn = { ...turn, tried: [...turn.tried, next] };
      // Before the read: one that ends the process is not tried again and again.
      await context.savePayload({ ...content, turn });
      await readSlot(() => reader.read(next, clock.now() - windowMs));
    }
    return { turn };
  }

  async function post(
    job: OutboxJob,
    content: DigestContent,
    candidates: Awaited<ReturnType<DigestSource['candidatesOf']>>,
    context: JobContext,
    platform: Platform,
  ): Promise<JobOutcome> {
    const line = { requestId: content.requestId, jobId: job.id };
    const { rows, more } = await source.rowsOf(candidates);
    if (rows.length === 0) {
      log.info(line, 'A digest has nothing to tell');
      return next(content, context);
    }
    const outcome = await send(job, content, context, platform, { kind: 'digest', rows, more });
    if (outcome.kind === 'retry') {
      log.warn({ ...line, error: outcome.error }, 'A digest could not be posted yet');
      return outcome;
    }
    if (outcome.kind === 'delivered') {
      log.info({ ...line, route: outcome.route, esims: rows.length + more }, 'A digest was posted');
      return next(content, context);
    }
    log.error(
      { ...line, reason: outcome.reason, remedy: outcome.remedy },
      'A digest is paused: it cannot be posted',
    );
    // Its owner is the one who cannot be written to.
    if (content.channelId === undefined) return rest(content, context);
    const { turn: _, ...plain } = content;
    const owing: DigestContent = { ...plain, owes: 'closed' };
    await context.savePayload(owing);
    return tellOwner(job, owing, context, platform, 'closed');
  }

  async function tellOwner(
    job: OutboxJob,
    content: DigestContent,
    context: JobContext,
    platform: Platform,
    owes: 'missed' | 'closed',
  ): Promise<JobOutcome> {
    const report: DigestReport =
      owes === 'missed'
        ? { kind: 'missed', dueAt: content.dueAt }
        : { kind: 'closed', channelId: content.channelId ?? '' };
    const outcome = await send(job, content, context, platform, report);
    if (outcome.kind === 'retry') return outcome;
    if (outcome.kind === 'undeliverable')
      log.warn({ jobId: job.id, reason: outcome.reason }, 'The owner of a digest could not be told about it');
    return owes === 'missed' ? next(content, context) : rest(content, context);
  }

  /** Kept for whoever set it to see and to set again; given up when nobody has for long. */
  async function rest(content: DigestContent, context: JobContext): Promise<JobOutcome> {
    const { turn: _, owes: __, pausedAt = clock.now(), ...plain } = content;
    const endsAt = pausedAt + PAUSED_KEPT_MS;
    if (clock.now() >= endsAt) {
      log.info({ requestId: content.requestId }, 'A digest is given up: nobody has set it again');
      return { kind: 'done' };
    }
    // Written down before the job is put off, as in `next`.
    await context.savePayload({ ...plain, pausedAt });
    return { kind: 'defer', runAt: endsAt };
  }

  /** One message for each time it is due: its id is the idempotency key of the sending. */
  async function send(
    job: OutboxJob,
    content: DigestContent,
    context: JobContext,
    platform: Platform,
    report: DigestReport,
  ): Promise<DeliveryOutcome> {
    const plain = report.kind === 'digest' ? content.address : content.person;
    const turn = content.turn ?? { startedAt: clock.now(), tried: [] };
    const address = turn.address ?? plain;
    const none: DeliveryOutcome = { kind: 'undeliverable', reason: 'No digests on this platform' };
    const sent = platform.report?.(address, report, {
      jobId: `digest-${shortHash(`${job.id}\n${content.dueAt}\n${report.kind}`)}`,
      attempt: context.attempt,
      signal: context.signal,
      stage: 'final',
      saveAddress: (changed) => context.savePayload({ ...content, turn: { ...turn, address: changed } }),
    });
    return (await sent) ?? none;
  }

  /** Written down before the job is put off: a crash between the two finds it waiting, not due once more. */
  async function next(content: DigestContent, context: JobContext): Promise<JobOutcome> {
    const { turn: _, owes: __, ...rest } = content;
    const dueAt = nextDigestAt(content.schedule, Math.max(clock.now(), content.dueAt));
    await context.savePayload({ ...rest, dueAt });
    return { kind: 'defer', runAt: dueAt - DIGEST_LEAD_MS };
  }
}
