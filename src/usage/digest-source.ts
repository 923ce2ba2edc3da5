import type { Clock } from '../clock.ts';
import { DIGEST_CONCERNS, digestConcernOf } from '../domain/digest.ts';
import type { Iccid } from '../domain/iccid.ts';
import type { Log } from '../log.ts';
import type { ReadingHistory, SnapshotCache } from '../storage/ports.ts';
import type { DigestRow, DigestRows } from './digest-report.ts';
import type { EsimDirectory } from './esim-directory.ts';
import type { Watches } from './watches.ts';

/** What a digest is made from. */
export interface DigestSourceParts {
  readonly directory: Pick<EsimDirectory, 'namesOfAll'>;
  readonly watches: Pick<Watches, 'listOf'>;
  readonly snapshots: Pick<SnapshotCache, 'get'>;
  readonly history: Pick<ReadingHistory, 'since'>;
  /** The eSIMs of the newest orders. A failure costs them, not the digest. */
  readonly newestIccids: () => Promise<readonly Iccid[]>;
  readonly clock: Clock;
  readonly log: Log;
}

/** The eSIMs that a digest is about, and how they stand. Throws `StoreError`. */
export interface DigestSource {
  /** Of the team's names, the person's watches and the newest orders, each once. */
  candidatesOf(asker: string): Promise<Iccid[]>;
  /** Those of them without a reading newer than `since` (epoch ms); the oldest first, before them what was never read. */
  staleOf(iccids: readonly Iccid[], since: number): Promise<Iccid[]>;
  /** Those that somebody should look at, from the readings there are. */
  rowsOf(iccids: readonly Iccid[]): Promise<DigestRows>;
}

/** As many as one answer takes: the button below the table gives them all, privately. */
const MAX_ROWS = 10;
/** Each is a look into the store. */
const MAX_CANDIDATES = 600;
const HISTORY_MS = 14 * 24 * 60 * 60 * 1000;
const HISTORY_POINTS = 400;

/** See `DigestSource`. Asks Airalo nothing. */
export function createDigestSource(parts: DigestSourceParts): DigestSource {
  const { directory, watches, snapshots, history, newestIccids, clock, log } = parts;

  async function newest(): Promise<readonly Iccid[]> {
    try {
      return await newestIccids();
    } catch (error) {
      log.warn({ err: error }, 'A digest goes without the newest orders');
      return [];
    }
  }

  async function rowOf(iccid: Iccid): Promise<DigestRow[]> {
    const last = await snapshots.get(iccid);
    if (last?.kind !== 'reading') return [];
    const now = clock.now();
    const { reading, asOf } = last;
    const points = await history.since(iccid, now - HISTORY_MS, HISTORY_POINTS);
    const concern = digestConcernOf(reading, { asOf, now, history: points });
    return concern ? [{ iccid, concern, last: { reading, asOf } }] : [];
  }

  return {
    async candidatesOf(asker) {
      const [named, watched, ordered] = await Promise.all([
        directory.namesOfAll(),
        watches.listOf(asker),
        newest(),
      ]);
      const all = [...watched, ...named].map(({ iccid }) => iccid);
      return [...new Set([...all, ...ordered])].slice(0, MAX_CANDIDATES);
    },
    async staleOf(iccids, since) {
      const known = await Promise.all(
        iccids.map(async (iccid) => ({ iccid, asOf: (await snapshots.get(iccid))?.asOf ?? 0 })),
      );
      const stale = known.filter(({ asOf }) => asOf < since).sort((a, b) => a.asOf - b.asOf);
      return stale.map(({ iccid }) => iccid);
    },
    async rowsOf(iccids) {
      const rows = (await Promise.all(iccids.map(rowOf))).flat();
      const rank = ({ concern }: DigestRow) => DIGEST_CONCERNS.indexOf(concern);
      const sorted = rows.sort((a, b) => rank(a) - rank(b));
      return { rows: sorted.slice(0, MAX_ROWS), more: Math.max(0, sorted.length - MAX_ROWS) };
    },
  };
}
