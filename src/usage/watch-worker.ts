import { createHash } from 'node:crypto';
import pLimit from 'p-limit';
import type { Clock } from '../clock.ts';
import { maskIccid } from '../domain/iccid.ts';
import type { UsageReading } from '../domain/usage.ts';
import { isMetBy, watchStateOf } from '../domain/watch.ts';
import { nextLookAt } from '../domain/watch-schedule.ts';
import type { Log } from '../log.ts';
import type {
  CallPace,
  Consumer,
  JobContext,
  JobOutcome,
  Outbox,
  OutboxJob,
  Registry,
  SnapshotCache,
} from '../storage/ports.ts';
import { MOST_AT_A_PLATFORM, NO_PLACE_MS, NO_PLATFORM_MS, OWN_READS, turnOfOwnRead } from './own-reads.ts';
import type { Platform, PlatformName } from './platform.ts';
import { createPlatformPlaces } from './platform-places.ts';
import type { ReadResult, UsageReader } from './reader.ts';
import type { WatchEvent } from './reply.ts';
import { evidenceFor, readWatch, WATCH, type WatchContent, wasStopped, webhooksArrive } from './watches.ts';

/** What looking after the watches needs. */
export interface WatchWorkerParts {
  readonly outbox: Outbox;
  readonly registry: Registry;
  readonly snapshots: SnapshotCache;
  readonly pace: CallPace;
  readonly reader: UsageReader;
  readonly platforms: ReadonlyMap<PlatformName, Platform>;
  readonly clock: Clock;
  readonly log: Log;
  readonly windowMs: number;
  /** Reads of Airalo that all watches together may cause in a minute. */
  readonly readsPerMinute: number;
}

const SOON_MS = 60_000;
const LATER_MS = 15 * 60_000;

type Known = { readonly reading: UsageReading; readonly asOf: number };

/** Looks at each watched eSIM when its time has come, and tells what was waited for, once. */
export function startWatchWorker(parts: WatchWorkerParts): Consumer {
  const { outbox, registry, snapshots, reader, platforms, clock, log, windowMs } = parts;
  const places = createPlatformPlaces(MOST_AT_A_PLATFORM);
  const readSlot = pLimit(1);

  return outbox.consume(
    WATCH,
    async (job, context) => {
      const watch = readWatch(job);
      if (!watch) return { kind: 'dead', reason: 'The stored watch cannot be read' };
      const outcome = (await places.tryIn(watch.address.platform, () => look(job, watch, context))) ?? {
        kind: 'defer',
        runAt: clock.now() + NO_PLACE_MS,
      };
      return outcome.kind === 'defer' && (await wasStopped(registry, job.id)) ? { kind: 'done' } : outcome;
    },
    {
      ...OWN_READS,
      onError: (error, jobId) => log.error({ err: error, jobId }, 'A watch met a fault; it stays queued'),
    },
  );

  async function look(job: OutboxJob, watch: WatchContent, context: JobContext): Promise<JobOutcome> {
    const platform = platforms.get(watch.address.platform);
    const old = clock.now() >= job.deadline;
    if (!platform)
      return old
        ? { kind: 'dead', reason: `The platform ${watch.address.platform} is not configured any more` }
        : { kind: 'defer', runAt: clock.now() + NO_PLATFORM_MS };
    const tell = (event: WatchEvent, last: Known | undefined) =>
      send(job, watch, context, platform, event, last);

    const before = await lastReading(watch);
    if (isMetBy(watch.condition, await evidenceFor(registry, watch.iccid, watch.setAt)))
      return tell('met', before);
    if (old) return tell('too-old', before);
    const turn = await turnToRead(watch);
    if (turn !== undefined) return { kind: 'defer', runAt: turn };

    const result = await readSlot(() => reader.read(watch.iccid, clock.now() - windowMs));
    if (result.kind === 'unknown-esim') return tell('unknown-esim', before);
    if (result.kind !== 'reading') return { kind: 'defer', runAt: laterThan(result) };
    const state = watchStateOf(watch.condition, result.reading, clock.now());
    if (state !== 'not-yet') return tell(state, result);
    return { kind: 'defer', runAt: await nextLook(job, watch, result.reading) };
  }

  async function lastReading({ iccid }: WatchContent): Promise<Known | undefined> {
    const known = await snapshots.get(iccid);
    return known?.kind === 'reading' ? known : undefined;
  }

  /** Undefined when Airalo need not be asked, or may be; else when the budget of all watches allows it. */
  async function turnToRead({ iccid }: WatchContent): Promise<number | undefined> {
    const known = await snapshots.get(iccid);
    if (known && known.asOf > clock.now() - windowMs) return undefined;
    return turnOfOwnRead(parts.pace, parts.readsPerMinute);
  }

  function laterThan(result: Exclude<ReadResult, { kind: 'reading' | 'unknown-esim' }>): number {
    const now = clock.now();
    return result.kind === 'wait' ? Math.max(result.until, now + SOON_MS) : now + LATER_MS;
  }

  async function nextLook(
    job: OutboxJob,
    { condition }: WatchContent,
    reading: UsageReading,
  ): Promise<number> {
    const now = clock.now();
    const arrive = await webhooksArrive(registry);
    const spread = spreadOf(job.id);
    const at = nextLookAt({ condition, reading, now, windowMs, webhooksArrive: arrive, spread });
    return Math.min(at, Math.max(job.deadline, now + 1));
  }

  async function send(
    job: OutboxJob,
    watch: WatchContent,
    context: JobContext,
    platform: Platform,
    event: WatchEvent,
    last: Known | undefined,
  ): Promise<JobOutcome> {
    if (await wasStopped(registry, job.id)) return { kind: 'done' };
    const { iccid, condition, requestId } = watch;
    const line = { requestId, jobId: job.id, iccid: maskIccid(iccid), condition, event };
    const access = await platform.mayReceive(watch.address);
    if (access.kind === 'refused') {
      if (access.need.kind === 'check-failed')
        return { kind: 'retry', error: 'Could not check who may read this' };
      log.info({ ...line, need: access.need.kind }, 'A watch ends: its owner may not look up any more');
      return { kind: 'done' };
    }
    const known = last ? { last: { reading: last.reading, asOf: last.asOf } } : {};
    const outcome = await platform.deliver(
      watch.address,
      { kind: 'watched', iccid, condition, event, ...known },
      {
        jobId: job.id,
        attempt: context.attempt,
        signal: context.signal,
        stage: 'final',
        saveAddress: (address) => context.savePayload({ ...watch, address }),
      },
    );
    switch (outcome.kind) {
      case 'delivered':
        log.info({ ...line, route: outcome.route }, 'A watch has told what it waited for');
        return { kind: 'done' };
      case 'retry':
        log.warn({ ...line, error: outcome.error }, 'A watch could not tell yet');
        return outcome;
      case 'undeliverable':
        log.error({ ...line, reason: outcome.reason, remedy: outcome.remedy }, 'A watch has no route left');
        return { kind: 'dead', reason: outcome.reason };
      default:
        return outcome satisfies never;
    }
  }
}

/** 0 to 1, always the same for one watch. */
function spreadOf(id: string): number {
  return createHash('sha256').update(id).digest().readUInt16BE(0) / 0xffff;
}
