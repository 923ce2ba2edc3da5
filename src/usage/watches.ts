import { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { Iccid } from '../domain/iccid.ts';
import { shortHash } from '../domain/short-hash.ts';
import { storedIccid } from '../domain/stored-iccid.ts';
import { WATCH_CONDITIONS, type WatchCondition, type WatchEvidence } from '../domain/watch.ts';
import { inTurn } from '../storage/in-turn.ts';
import type { CallGate, Outbox, OutboxJob, Registry } from '../storage/ports.ts';
import { replyAddress } from './deferred-reply.ts';
import type { ReplyAddress } from './platform.ts';

/** The outbox type of a watch. */
export const WATCH = 'watch';

/** An eSIM somebody wants to be told about. */
interface Watch {
  readonly id: string;
  readonly iccid: Iccid;
  readonly condition: WatchCondition;
  readonly address: ReplyAddress;
  /** The channel that is told; absent: its owner alone. */
  readonly channelId?: string;
  /** When it is looked at next, epoch ms. */
  readonly nextLookAt: number;
  /** When it ends by itself, epoch ms. */
  readonly endsAt: number;
}

/** What setting a watch comes to. */
type WatchSet =
  | { readonly kind: 'set' | 'known'; readonly watch: Watch }
  | { readonly kind: 'too-many'; readonly most: number };

/** Who watches what. Durable: a watch is a job of the outbox, due at its next look. */
export interface Watches {
  /**
   * `known`: the same is watched already. The `requestId` is the idempotency key: a question that is answered again after a crash finds the
   * one it has set, also one that has told by then and has ended.
   */
  set(wanted: {
    iccid: Iccid;
    condition: WatchCondition;
    address: ReplyAddress;
    channelId?: string;
    requestId: string;
  }): Promise<WatchSet>;
  /** In the order of their next look. */
  listOf(asker: string): Promise<Watch[]>;
  /** How many more there are that cannot be read (`STORE_KEY`, or damage). */
  unreadableOf(asker: string): Promise<number>;
  /** False when it was not theirs, or has ended. */
  stop(id: string, asker: string): Promise<boolean>;
  /** Airalo itself has said something about this eSIM: everybody who watches it is served now. */
  heard(iccid: Iccid, evidence: WatchEvidence): Promise<void>;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const MAX_WATCH_MS = 90 * DAY_MS;
const MAX_OF_A_PERSON = 50;
/** Somewhat after the last of Airalo's repetitions. */
const EVIDENCE_KEPT_MS = 6 * 60 * 60 * 1000;
const WEBHOOKS_HEARD_MS = 30 * DAY_MS;

const payload = z.object({
  iccid: storedIccid,
  condition: z.enum(WATCH_CONDITIONS),
  address: replyAddress,
  channelId: z.string().exactOptional(),
  requestId: z.string(),
  /** What Airalo said before does not count: it may be of an earlier package. */
  setAt: z.number(),
});
const evidence = z.object({
  heardAt: z.number(),
  percentLeft: z.number().exactOptional(),
  daysLeft: z.number().exactOptional(),
});
const ids = z.array(z.string());

/** What a watch needs to go on after a restart. */
export type WatchContent = z.infer<typeof payload>;

/** Undefined when the stored payload is not one of ours. */
export function readWatch(job: OutboxJob): WatchContent | undefined {
  return payload.safeParse(job.payload).data;
}

/** What keeping the watches needs. */
interface WatchesParts {
  readonly outbox: Outbox;
  readonly registry: Registry;
  readonly gate: CallGate;
  readonly clock: Clock;
}

/**
 * A watch is one of its eSIM, its condition and whom it tells, a person or a channel: set twice, also by somebody else of that
 * channel or in another process, it is the same.
 */
export function createWatches(parts: WatchesParts): Watches {
  const { outbox, registry, clock } = parts;

  async function listOf(asker: string): Promise<Watch[]> {
    return stillOn(await outbox.pendingOf(ownerOf(asker)));
  }

  async function setInTurn(wanted: Parameters<Watches['set']>[0]): Promise<WatchSet> {
    const { iccid, condition, address, channelId, requestId } = wanted;
    // Of a later question it is another job than the same watch that has ended, or was stopped, before.
    const id = `watch-${shortHash([requestId, address.asker, iccid, condition, channelId].join('\n'))}`;
    const own = await listOf(address.asker);
    const others = channelId === undefined ? [] : await watching(iccid);
    const same = [...own, ...others].find(
      (watch) => watch.iccid === iccid && watch.condition === condition && watch.channelId === channelId,
    );
    if (same) return { kind: same.id === id ? 'set' : 'known', watch: same };
    if (own.length >= MAX_OF_A_PERSON) return { kind: 'too-many', most: MAX_OF_A_PERSON };
    const now = clock.now();
    const job: OutboxJob = {
      id,
      type: WATCH,
      owner: ownerOf(address.asker),
      payload: { ...wanted, setAt: now },
      runAt: now,
      deadline: now + MAX_WATCH_MS,
    };
    // The index first: without its entry a webhook would not find the watch; an entry too many harms nobody.
    const known = await watchersOf(registry, iccid);
    await registry.put('watchers', shortHash(iccid), [...known.slice(-99), job.id], MAX_WATCH_MS);
    // A duplicate was set by this request before, and has ended since.
    await outbox.enqueue(job);
    return { kind: 'set', watch: watchOf(job, wanted) };
  }

  /** Everybody's, as far as they have not ended. */
  async function watching(iccid: Iccid): Promise<Watch[]> {
    const jobs = await Promise.all((await watchersOf(registry, iccid)).map((id) => outbox.find(id)));
    return stillOn(jobs.flatMap((job) => job ?? []));
  }

  /** Without those that were stopped in the middle of a look: they are still in the outbox until it ends. */
  async function stillOn(jobs: readonly OutboxJob[]): Promise<Watch[]> {
    const stopped = await Promise.all(jobs.map(({ id }) => wasStopped(registry, id)));
    return jobs.filter((_, index) => !stopped[index]).flatMap(asWatch);
  }

  return {
    listOf,
    unreadableOf: async (asker) =>
      (await outbox.pendingOf(ownerOf(asker))).filter(({ unreadable }) => unreadable).length,
    set: (wanted) => inTurn(parts, `watchers:${shortHash(wanted.iccid)}`, () => setInTurn(wanted)),
    async stop(id, asker) {
      const job = await outbox.find(id);
      if (job?.owner !== ownerOf(asker)) return false;
      if (await outbox.cancel(id)) return true;
      // It is being looked at in this moment: the worker ends it when it sees the note.
      await registry.put('watch-stopped', id, true, DAY_MS);
      return true;
    },
    async heard(iccid, said) {
      await registry.put('watch', 'webhooks-arrive', true, WEBHOOKS_HEARD_MS);
      const watching = await watchersOf(registry, iccid);
      if (watching.length === 0) return;
      await registry.put(
        'watch-evidence',
        shortHash(iccid),
        { ...said, heardAt: clock.now() },
        EVIDENCE_KEPT_MS,
      );
      await Promise.all(watching.map((id) => outbox.hasten(id, clock.now())));
    },
  };
}

/** Stopped by its owner while it was being looked at. */
export async function wasStopped(registry: Registry, id: string): Promise<boolean> {
  return (await registry.get('watch-stopped', id)) === true;
}

/** Whether Airalo's webhooks have reached this bot in the last weeks. */
export async function webhooksArrive(registry: Registry): Promise<boolean> {
  return (await registry.get('watch', 'webhooks-arrive')) === true;
}

/** What Airalo has said of this eSIM in the last hours, and since `since`. */
export async function evidenceFor(registry: Registry, iccid: Iccid, since: number): Promise<WatchEvidence> {
  const said = evidence.safeParse(await registry.get('watch-evidence', shortHash(iccid))).data;
  return said && said.heardAt >= since ? said : {};
}

async function watchersOf(registry: Registry, iccid: Iccid): Promise<string[]> {
  return ids.safeParse(await registry.get('watchers', shortHash(iccid))).data ?? [];
}

/** Apart from the same person's promised answers. */
function ownerOf(asker: string): string {
  return `watch ${asker}`;
}

function asWatch(job: OutboxJob): Watch[] {
  const content = readWatch(job);
  return content ? [watchOf(job, content)] : [];
}

function watchOf(
  { id, runAt, deadline }: OutboxJob,
  { iccid, condition, address, channelId }: Omit<WatchContent, 'setAt'>,
): Watch {
  const told = channelId === undefined ? {} : { channelId };
  return { id, iccid, condition, address, ...told, nextLookAt: runAt, endsAt: deadline };
}
