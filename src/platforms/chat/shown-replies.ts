import { z } from 'zod';
import type { Iccid } from '../../domain/iccid.ts';
import type { UsageService } from '../../usage/platform.ts';
import type { Reply } from '../../usage/reply.ts';
import { CARD_KEPT_MS } from './card-note.ts';
import type { About } from './seam.ts';

/** What is shown of a message's eSIMs: kept, so that a change of one card leaves the others as they are. */
export interface ShownReplies {
  /** Keeps what now stands there. One eSIM alone is never drawn beside another: nothing is kept of it. */
  note(about: About, replies: ReadonlyMap<Iccid, Reply>): Promise<void>;
  /** What is known of each: what is `given`, else the newer of what was shown and what the cache has learnt since. */
  of(about: About, given: ReadonlyMap<Iccid, Reply>): Promise<Map<Iccid, Reply>>;
}

/**
 * A reply is our own value, kept as it was shown; of what comes back only what is read here is checked. An instant
 * (epoch ms) says when it was shown.
 */
const kept = z.object({ at: z.number(), reply: z.custom<Reply>(isReply) });
const ofKind = z.object({ kind: z.enum(['fresh', 'cached', 'deferred', 'refused', 'watched']) });

function isReply(value: unknown): value is Reply {
  return ofKind.safeParse(value).success;
}

/** One entry for each eSIM, so that two answers into one message undo nothing of each other's. */
export function createShownReplies(usageService: UsageService, now: () => number): ShownReplies {
  const keyOf = (handle: string, index: number) => `${handle}.${index}`;

  async function one(about: About, iccid: Iccid, index: number): Promise<Reply | undefined> {
    // Looked up in the cache, never at Airalo: drawing must cost nobody a call.
    const known = await usageService.peek(iccid, about.messageKey);
    if (about.iccids.length < 2 || about.handle === '') return known;
    const shown = kept.safeParse(await usageService.recall(keyOf(about.handle, index))).data;
    return shown ? newer(shown.reply, shown.at, known) : known;
  }

  return {
    async note({ iccids, handle }, replies) {
      if (iccids.length < 2 || handle === '') return;
      await Promise.all(
        iccids.map(async (iccid, index) => {
          const reply = replies.get(iccid);
          if (reply) await usageService.keep(keyOf(handle, index), { at: now(), reply }, CARD_KEPT_MS);
        }),
      );
    },
    async of(about, given) {
      const replies = new Map(given);
      await Promise.all(
        about.iccids.map(async (iccid, index) => {
          if (given.has(iccid)) return;
          const reply = await one(about, iccid, index);
          if (reply) replies.set(iccid, reply);
        }),
      );
      return replies;
    },
  };
}

/** A refusal stays until there is a figure of later; a promise that nobody owes any more is not repeated. */
function newer(shown: Reply, shownAt: number, known: Reply | undefined): Reply {
  if (shown.kind === 'refused') return known && asOfOf(known) > shownAt ? known : shown;
  if (known) return known;
  const owed = shown.kind === 'deferred' && shown.promise.kind === 'queued';
  return owed ? { kind: 'refused', iccid: shown.iccid, refusal: { reason: 'promise-cancelled' } } : shown;
}

function asOfOf(reply: Reply): number {
  if (reply.kind === 'fresh' || reply.kind === 'cached') return reply.asOf;
  return reply.kind === 'deferred' ? (reply.previous?.asOf ?? 0) : 0;
}
