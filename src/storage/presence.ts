import { randomUUID } from 'node:crypto';
import { type Clock, systemClock } from '../clock.ts';

/** What an instance tells the others of itself. */
export interface InstanceAbout {
  /** Id of the key it seals with; undefined when it works without `STORE_KEY`. */
  readonly sealsWith?: string | undefined;
  /** Names under which the instance holds locks of a library's own; see the engine. */
  readonly workers?: readonly string[] | undefined;
}

/** An instance as it stands in the book. Instants are epoch ms. */
export interface Instance {
  readonly id: string;
  readonly beatAt: number;
  /** Goes up with every beat, whatever the clocks do. */
  readonly beats: number;
  readonly about: InstanceAbout;
}

/** Who works on the store, as the engine keeps it. */
export interface InstanceBook {
  /** Writes a beat. False when the instance did not stand in the book: new, or struck off meanwhile. */
  beat(id: string, about: InstanceAbout): Promise<boolean>;
  /** Everybody, with the instant it is by the clock the beats are written by. */
  all(): Promise<{ readonly now: number; readonly instances: readonly Instance[] }>;
  /** Strikes an instance off: whatever it held is free at once, and it cannot show its tokens any more. */
  strikeOff(instance: Instance): Promise<void>;
  /** Takes an instance out that ends by itself. What it could not finish runs out in its own time: it may still be at it. */
  remove(id: string): Promise<void>;
}

/** This process among those that work on the store. Every lease it takes bears its `id`. */
export interface Presence {
  readonly id: string;
  /** The first beat; from then on until `leave`. */
  join(): Promise<void>;
  /** Says at once what has changed in `about`: before a lease is taken that is known by it alone. */
  announce(): Promise<void>;
  /** Says good-bye. */
  leave(): Promise<void>;
}

/** What a presence is kept with. */
export interface PresenceParts {
  readonly book: InstanceBook;
  /** Real time: it is about processes, not about what a test makes of the day. */
  readonly clock: Clock;
  about(): InstanceAbout;
  /** Others were struck off: what they held can be taken. */
  onFreed(): void;
  /** This process was stopped for so long that the others took it for dead: its leases may be somebody else's. */
  onLost(): void;
}

const BEAT_EVERY_MS = 250;
/** An instance whose last beat is older is dead, once it has also been seen to be still. */
const DEAD_AFTER_MS = 1_500;
/**
 * So many looks of ours at an unchanged beat: one that lives beats between them, whatever its clock or ours has jumped by, and an outage
 * of the store, in which nobody can beat, allows no look either.
 */
const STILL_LOOKS = 5;
/** A beat of ours that took longer says that the store was away or locked, for the others too. */
const SLOW_BEAT_MS = 1_000;

/**
 * Leases belong to an instance: when it dies without a word, its leases are free in less than two seconds, not when they would have run
 * out. Outages of the store are waited out.
 */
export function createPresence({ book, clock, about, onFreed, onLost }: PresenceParts): Presence {
  let id: string = randomUUID();
  let joined = false;
  let loop: Promise<void> | undefined;
  const left = new AbortController();
  let seen = new Map<string, { readonly beats: number; readonly looks: number }>();

  async function beatAndLook(): Promise<void> {
    const startedAt = performance.now();
    const known = await book.beat(id, about());
    if (joined && !known) {
      // Its tokens bear an id that counts as dead: it goes on under another.
      await book.remove(id);
      id = randomUUID();
      await book.beat(id, about());
      onLost();
    }
    joined = true;
    const { now, instances } = await book.all();
    if (performance.now() - startedAt > SLOW_BEAT_MS) seen = new Map();
    await strikeOffTheDead(
      now,
      instances.filter((other) => other.id !== id),
    );
  }

  async function strikeOffTheDead(now: number, others: readonly Instance[]): Promise<void> {
    seen = new Map(
      others.map(({ id: other, beats }) => {
        const before = seen.get(other);
        return [other, { beats, looks: before?.beats === beats ? before.looks + 1 : 0 }];
      }),
    );
    const dead = others.filter(
      (other) =>
        Math.abs(now - other.beatAt) >= DEAD_AFTER_MS && (seen.get(other.id)?.looks ?? 0) >= STILL_LOOKS,
    );
    for (const one of dead) await book.strikeOff(one);
    if (dead.length > 0) onFreed();
  }

  async function keepBeating(): Promise<void> {
    while (!left.signal.aborted) {
      await clock.sleep(BEAT_EVERY_MS, left.signal).catch(() => undefined);
      if (left.signal.aborted) return;
      // Whoever uses the store tells of the outage; here there is nobody to tell.
      await beatAndLook().catch(() => {
        seen = new Map();
      });
    }
  }

  return {
    get id() {
      return id;
    },
    async join() {
      await beatAndLook();
      loop = keepBeating();
    },
    async announce() {
      if (joined) await book.beat(id, about()).catch(() => false);
    },
    async leave() {
      left.abort();
      await loop;
      if (joined) await book.remove(id).catch(() => undefined);
      joined = false;
    },
  };
}

/** One that lives beats several times meanwhile. */
const WATCHED_MS = 1_000;

/**
 * The others that give signs of life, watched for a second: one that was killed just now is none of them. For what must not be done
 * beside them.
 */
export async function othersAlive(book: InstanceBook, ownId: string): Promise<readonly Instance[]> {
  const recent = async () => {
    const { now, instances } = await book.all();
    return instances.filter(({ id, beatAt }) => id !== ownId && Math.abs(now - beatAt) < DEAD_AFTER_MS);
  };
  const before = new Map((await recent()).map(({ id, beats }) => [id, beats]));
  if (before.size === 0) return [];
  await systemClock.sleep(WATCHED_MS);
  return (await recent()).filter(({ id, beats }) => beats !== before.get(id));
}
