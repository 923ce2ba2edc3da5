import { maskIccid } from '../domain/iccid.ts';
import type { Log } from '../log.ts';
import type { SnapshotRecords } from './engine.ts';
import { type SnapshotCache, StoreError } from './ports.ts';
import type { Codec } from './sealed/codec.ts';
import { readSnapshot } from './snapshot-record.ts';

/** The cache over an engine's records. A record that is damaged, or sealed with a key that is not there, counts as not there. */
export function createSnapshotCache(records: SnapshotRecords, codec: Codec, log: Log): SnapshotCache {
  const nameOf = (iccid: string) => codec.name('snapshot', iccid);
  return {
    async get(iccid) {
      const name = nameOf(iccid);
      const stored = await records.get(name);
      if (stored === undefined) return undefined;
      try {
        return await readSnapshot(codec.open(stored, `snapshot ${name}`), iccid, log, () =>
          records.delete(name),
        );
      } catch (error) {
        if (!(error instanceof StoreError) || error.code !== 'STORE_SEALED') throw error;
        // The gate is as shut as before, so nobody is asked too early for want of it.
        log.warn({ iccid: maskIccid(iccid), remedy: error.remedy }, 'A stored reading cannot be opened');
        return undefined;
      }
    },
    put(iccid, snapshot) {
      const name = nameOf(iccid);
      return records.put(name, codec.close(snapshot, `snapshot ${name}`));
    },
  };
}
