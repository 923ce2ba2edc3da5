import { LRUCache } from 'lru-cache';
import type { Clock } from '../clock.ts';
import type { Snapshot, SnapshotCache } from '../storage/ports.ts';

/** As long as a promised answer shares what was found: within it no two people see figures of different age. */
const SHARED_FOR_MS = 1_000;
const MAX_SHARED = 1_000;

/**
 * What was just looked up of an eSIM answers all who ask about it meanwhile: one question to the store instead of one each. What this
 * process learns shows at once, what another one has learnt or removed a second later; so it is for showing, and never for deciding whether
 * Airalo may be asked. Only what is there is shared.
 */
export function shareSnapshots(snapshots: SnapshotCache, clock: Clock): SnapshotCache {
  const shared = new LRUCache<string, { readonly at: number; readonly found: Promise<Snapshot | undefined> }>(
    { max: MAX_SHARED },
  );

  async function look(iccid: string): Promise<Snapshot | undefined> {
    const entry = { at: clock.now(), found: snapshots.get(iccid) };
    shared.set(iccid, entry);
    const isThere = await entry.found.catch(() => undefined);
    if (!isThere && shared.get(iccid) === entry) shared.delete(iccid);
    return entry.found;
  }

  return {
    async get(iccid) {
      const known = shared.get(iccid);
      // Less than nothing: the clock was put back.
      const isRecent = known !== undefined && Math.abs(clock.now() - known.at) < SHARED_FOR_MS;
      return isRecent ? known.found : look(iccid);
    },
    async put(iccid, snapshot) {
      try {
        await snapshots.put(iccid, snapshot);
      } finally {
        // Also what somebody began to look up while it was written.
        shared.delete(iccid);
      }
    },
  };
}
