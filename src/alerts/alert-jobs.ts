import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { AlertEvent } from '../domain/alert.ts';
import { maskIccid } from '../domain/iccid.ts';
import { shortHash } from '../domain/short-hash.ts';
import type { Outbox, OutboxJob, Registry } from '../storage/ports.ts';
import { alertEvent, CREDIT, subjectOf } from './alert-state.ts';

/** The outbox type of everything the alert channel owes. */
export const ALERT = 'alert';
/** Airalo repeats for five hours (20 times, 15 minutes apart); after a top-up the same warning must be heard again. */
const REPEATED_MS = 6 * 60 * 60 * 1000;
/** How long a platform that is down is waited for. */
const PATIENCE_MS = 24 * 60 * 60 * 1000;

const payload = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('event'), event: alertEvent, at: z.number() }),
  /** Somebody pressed a button: the faces follow. */
  z.object({ kind: z.literal('redraw'), subject: z.string() }),
]);
/** What one job is to bring into the channels. */
export type AlertWork = z.infer<typeof payload>;

/**
 * When an event was first heard, epoch ms: part of the job's id, so that a later warning of the
 * same kind is another job.
 */
const seen = z.object({ at: z.number() });

/** Undefined when the stored payload is none of ours (damaged, or of a later version). */
export function readAlertWork(job: OutboxJob): AlertWork | undefined {
  return payload.safeParse(job.payload).data;
}

/** What a job is about, for lists: the eSIM's last digits, or `credit`. Undefined for a job of another kind. */
export function alertAbout(job: OutboxJob): string | undefined {
  const work = job.type === ALERT ? readAlertWork(job) : undefined;
  if (!work) return undefined;
  const subject = work.kind === 'event' ? subjectOf(work.event) : work.subject;
  return subject === CREDIT ? CREDIT : maskIccid(subject);
}

/**
 * Takes an event in: resolves once it is durable. A repetition leads to the same job, also when the process died between the two
 * writes: what was only noted as seen is queued then.
 * Throws `StoreError`: Airalo is answered 503 then and sends it again.
 */
export async function receiveAlert(
  { registry, outbox, clock }: { registry: Registry; outbox: Outbox; clock: Clock },
  event: AlertEvent,
): Promise<'added' | 'duplicate'> {
  const now = clock.now();
  const key = shortHash(sameness(event));
  const first = await registry.putIfAbsent('alert-seen', key, { at: now }, REPEATED_MS);
  const at = first ? now : (seen.safeParse(await registry.get('alert-seen', key)).data?.at ?? now);
  return outbox.enqueue(job(`alert-${shortHash(`${key}\n${at}`)}`, { kind: 'event', event, at }, now));
}

/** The job that draws the faces of a subject again. */
export async function queueRedraw(outbox: Outbox, clock: Clock, subject: string): Promise<void> {
  await outbox.enqueue(job(`alert-${randomUUID()}`, { kind: 'redraw', subject }, clock.now()));
}

function job(id: string, work: AlertWork, now: number): OutboxJob {
  return { id, type: ALERT, owner: 'airalo', payload: work, runAt: now, deadline: now + PATIENCE_MS };
}

/** What makes two deliveries one event: payloads have no id and no time. */
function sameness(event: AlertEvent): string {
  if (event.kind === 'credit') return `credit\n${event.percent}`;
  return `esim\n${event.iccid}\n${event.packageName}\n${JSON.stringify(event.level)}`;
}
