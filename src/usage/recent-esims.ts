import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { Iccid } from '../domain/iccid.ts';
import type { KnownEsim } from '../domain/known-esim.ts';
import { storedIccid } from '../domain/stored-iccid.ts';
import type { Log } from '../log.ts';
import { roomFor } from '../room-for.ts';
import type { Registry } from '../storage/ports.ts';

/** As long as the audit: who asked what is kept no longer for this than for that. */
const KEPT_MS = 90 * 24 * 60 * 60 * 1000;
const MAX_KEPT = 50;
/** A repeated question within it changes nothing that a person would notice, and costs no write. */
const FRESH_MS = 60 * 60 * 1000;
/** Pairs of person and eSIM that this process remembers to have noted. */
const MAX_REMEMBERED = 5_000;

const recentShape = z.array(z.object({ iccid: storedIccid, askedAt: z.number() }));
type Recent = KnownEsim & { readonly askedAt: number };

/** Which eSIMs a person has asked about, for themself alone: the newest fifty. `of` throws `StoreError` on an outage. */
export function createRecentEsims({
  registry,
  clock,
  log,
}: {
  readonly registry: Registry;
  readonly clock: Clock;
  readonly log: Log;
}) {
  const noted = new LRUCache<string, true>({
    ...roomFor(MAX_REMEMBERED),
    ttl: FRESH_MS,
    // By our clock, asked each time.
    perf: clock,
    ttlResolution: 0,
  });
  let sweepAt = clock.now() + FRESH_MS;
  const waiting = new Map<string, Map<Iccid, number>>();

  async function of(asker: string): Promise<Recent[]> {
    return recentShape.parse((await registry.get('recent-esims', asker)) ?? []);
  }

  /** One writer for each person in this process: ten numbers in one question would overwrite each other. */
  async function writeDown(asker: string): Promise<void> {
    for (;;) {
      const fresh = waiting.get(asker);
      if (!fresh || fresh.size === 0) return void waiting.delete(asker);
      waiting.set(asker, new Map());
      const before = (await of(asker)).filter(({ iccid }) => !fresh.has(iccid));
      const newest = [...fresh].map(([iccid, askedAt]): Recent => ({ iccid, askedAt })).toReversed();
      await registry.put('recent-esims', asker, [...newest, ...before].slice(0, MAX_KEPT), KEPT_MS);
    }
  }

  return {
    of,
    note(asker: string, iccid: Iccid): void {
      const key = `${asker} ${iccid}`;
      const now = clock.now();
      if (noted.has(key)) return;
      noted.set(key, true);
      if (now >= sweepAt) {
        noted.purgeStale();
        sweepAt = now + FRESH_MS;
      }
      const queue = waiting.get(asker);
      if (queue) return void queue.set(iccid, now);
      waiting.set(asker, new Map([[iccid, now]]));
      writeDown(asker).catch((error: unknown) => {
        waiting.delete(asker);
        log.warn({ err: error }, 'What somebody asked about could not be kept');
      });
    },
  };
}
