import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { type DigestSchedule, nextDigestAt } from '../domain/digest-schedule.ts';
import { storedIccids } from '../domain/stored-iccid.ts';
import { isTimeZone } from '../domain/zoned-time.ts';
import { inTurn } from '../storage/in-turn.ts';
import type { CallGate, Outbox, OutboxJob, Registry } from '../storage/ports.ts';
import { replyAddress } from './deferred-reply.ts';
import type { ReplyAddress } from './platform.ts';

/** The outbox type of a digest: one job for all its days. */
export const DIGEST = 'digest';
/** It wakes so long before it is due, to read with its share of the pace. */
export const DIGEST_LEAD_MS = 3 * 60_000;

/** A digest that is set. */
interface Digest {
  readonly id: string;
  readonly schedule: DigestSchedule;
  /** Absent: it comes to its owner alone. */
  readonly channelId?: string;
  /** Epoch ms. */
  readonly nextAt: number;
  /** Epoch ms: it could not be posted there for its owner, and rests until it is set again. */
  readonly pausedAt?: number;
}

/** What setting a digest comes to. */
type DigestSet =
  | { readonly kind: 'set' | 'changed'; readonly digest: Digest }
  | { readonly kind: 'too-many'; readonly most: number };

/** Who set what digest. Durable. Throws `StoreError`. */
export interface Digests {
  /**
   * One a person and channel. `changed`: there was one already, which goes on beside it until `takePlace`.
   * The `requestId` is the idempotency key: a question that is answered again after a crash finds the one it has set, as due as it is.
   */
  set(wanted: {
    schedule: DigestSchedule;
    /** Where it goes. */
    address: ReplyAddress;
    channelId?: string;
    /** Its owner in private: told when something is the matter with it. */
    person: ReplyAddress;
    requestId: string;
  }): Promise<DigestSet>;
  /** Ends what was set for the same place before the one with this id: once it is certain that the new one can be posted there. */
  takePlace(asker: string, id: string): Promise<void>;
  /** In the order in which they were set. */
  listOf(asker: string): Promise<Digest[]>;
  /** How many more of theirs the store holds and cannot open: they come when the key is back. */
  unreadableOf(asker: string): Promise<number>;
  /** Ends that of this channel, or (`undefined`) the owner's private one; false when there was none. */
  stop(asker: string, channelId: string | undefined): Promise<boolean>;
  /** Ends the one with this id. */
  stopOne(asker: string, id: string): Promise<boolean>;
  /** Ends the one at this place of the list, counted from 1; asked again for the same request, none but that one. */
  stopAt(asker: string, place: number, requestId: string): Promise<boolean>;
}

/** Of one person. */
const MAX_OF_A_PERSON = 5;
const YEAR_MS = 365 * 24 * 60 * 60 * 1000;
/** It goes on until it is ended; the outbox wants an end. */
const MAX_DIGEST_MS = 10 * YEAR_MS;
const STOPPED_KEPT_MS = 2 * 24 * 60 * 60 * 1000;

const schedule: z.ZodType<DigestSchedule> = z.object({
  days: z.array(z.int().min(1).max(7)).min(1),
  time: z.object({ hour: z.int().min(0).max(23), minute: z.int().min(0).max(59) }),
  zone: z.string().refine(isTimeZone),
});
const payload = z.object({
  schedule,
  address: replyAddress,
  channelId: z.string().exactOptional(),
  person: replyAddress,
  requestId: z.string(),
  /** The time that is worked on, epoch ms. */
  dueAt: z.number(),
  /** What has been done for it. */
  turn: z
    .object({
      startedAt: z.number(),
      /** Read, or tried to. */
      tried: storedIccids,
      /** With what the routes have noted of a try that may have got through. */
      address: replyAddress.exactOptional(),
    })
    .exactOptional(),
  /** Its owner is to hear this before anything else. */
  owes: z.enum(['missed', 'closed']).exactOptional(),
  /** Epoch ms. Absent in those of before the lists had an order. */
  setAt: z.number().exactOptional(),
  /** See `Digest`. */
  pausedAt: z.number().exactOptional(),
});

/** What a digest needs to go on after a restart. */
export type DigestContent = z.infer<typeof payload>;

/** Undefined when the stored payload is not one of ours. */
export function readDigest(job: OutboxJob): DigestContent | undefined {
  return payload.safeParse(job.payload).data;
}

/** See `Digests`. */
export function createDigests(parts: {
  readonly outbox: Outbox;
  readonly registry: Registry;
  readonly gate: CallGate;
  readonly clock: Clock;
}): Digests {
  const { outbox, registry, clock } = parts;

  async function listOf(asker: string): Promise<Digest[]> {
    return (await storedOf(asker)).map(({ id, content }) => digestOf(id, content));
  }

  async function storedOf(asker: string): Promise<{ id: string; content: DigestContent }[]> {
    const jobs = await outbox.pendingOf(ownerOf(asker));
    const stopped = await Promise.all(jobs.map(({ id }) => wasDigestStopped(registry, id)));
    return jobs
      .filter((_, index) => !stopped[index])
      .flatMap((job) => {
        const content = readDigest(job);
        return content ? [{ id: job.id, content }] : [];
      })
      .sort((a, b) => (a.content.setAt ?? 0) - (b.content.setAt ?? 0) || a.id.localeCompare(b.id));
  }

  function stopThese(asker: string, isIt: (one: Digest) => boolean): Promise<boolean> {
    return inTurn(parts, `digests:${asker}`, async () => {
      const these = (await listOf(asker)).filter(isIt);
      for (const { id } of these) await end(id);
      return these.length > 0;
    });
  }

  async function end(id: string): Promise<void> {
    if (await outbox.cancel(id)) return;
    // It is at work in this moment: the worker ends it when it sees the note.
    await registry.put('digest-stopped', id, true, STOPPED_KEPT_MS);
  }

  return {
    listOf,
    set: (wanted) =>
      inTurn(parts, `digests:${wanted.person.asker}`, async () => {
        const own = await storedOf(wanted.person.asker);
        const here = own.filter(({ content }) => content.channelId === wanted.channelId);
        const mine = here.find(({ content }) => content.requestId === wanted.requestId);
        const before = here.some((one) => one !== mine);
        if (mine) return { kind: before ? 'changed' : 'set', digest: digestOf(mine.id, mine.content) };
        if (!before && own.length >= MAX_OF_A_PERSON) return { kind: 'too-many', most: MAX_OF_A_PERSON };
        const now = clock.now();
        const content: DigestContent = { ...wanted, dueAt: nextDigestAt(wanted.schedule, now), setAt: now };
        const id = `digest-${randomBytes(16).toString('base64url')}`;
        await outbox.enqueue({
          id,
          type: DIGEST,
          owner: ownerOf(wanted.person.asker),
          payload: content,
          runAt: Math.max(now, content.dueAt - DIGEST_LEAD_MS),
          deadline: now + MAX_DIGEST_MS,
        });
        return { kind: before ? 'changed' : 'set', digest: digestOf(id, content) };
      }),
    unreadableOf: async (asker) =>
      (await outbox.pendingOf(ownerOf(asker))).filter(({ unreadable }) => unreadable).length,
    // The new one stands already: a crash between leaves one too many, which is seen, rather than none.
    async takePlace(asker, id) {
      const one = (await listOf(asker)).find((each) => each.id === id);
      if (one) await stopThese(asker, (each) => each.id !== id && each.channelId === one.channelId);
    },
    stop: (asker, channelId) => stopThese(asker, (one) => one.channelId === channelId),
    stopOne: (asker, id) => stopThese(asker, (one) => one.id === id),
    async stopAt(asker, place, requestId) {
      const meant = await registry.get('digest-meant', requestId);
      const id = typeof meant === 'string' ? meant : (await listOf(asker))[place - 1]?.id;
      if (id === undefined) return false;
      // Written down first: once it is gone the next one has its number.
      await registry.put('digest-meant', requestId, id, STOPPED_KEPT_MS);
      // Gone already: this request ended it before a crash.
      return (await stopThese(asker, (one) => one.id === id)) || meant === id;
    },
  };
}

/** Ended by its owner while it was at work. */
export async function wasDigestStopped(registry: Registry, id: string): Promise<boolean> {
  return (await registry.get('digest-stopped', id)) === true;
}

/** Apart from the same person's promised answers and watches. */
function ownerOf(asker: string): string {
  return `digest ${asker}`;
}

function digestOf(id: string, { schedule, channelId, dueAt, pausedAt }: DigestContent): Digest {
  return {
    id,
    schedule,
    nextAt: dueAt,
    ...(channelId === undefined ? {} : { channelId }),
    ...(pausedAt === undefined ? {} : { pausedAt }),
  };
}
