import type { Clock } from '../clock.ts';
import type { BulkCounts, CsvProblem } from '../domain/bulk.ts';
import type { Iccid } from '../domain/iccid.ts';
import type { Log } from '../log.ts';
import type { CallGate, CallPace, Consumer, Registry, SnapshotCache, Store } from '../storage/ports.ts';
import type { NoteAudit } from '../usage/audit-trail.ts';
import type { BulkService } from '../usage/bulk-board.ts';
import type { Platform } from '../usage/platform.ts';
import type { UsageReader } from '../usage/reader.ts';
import { createBulkAllowance } from './bulk-allowance.ts';
import { iccidsOf, writeAnswer } from './bulk-answer.ts';
import { giveUpAtOf } from './bulk-job.ts';
import type { BulkProgress } from './bulk-progress.ts';
import { createBulkReading } from './bulk-reading.ts';
import { createBulkService } from './bulk-service.ts';
import { type BulkWorkerParts, startBulkWorker } from './bulk-worker.ts';
import { readCsv } from './csv-rows.ts';

/** What lists are made from. */
export interface BulkParts {
  readonly store: Pick<Store, 'outbox'>;
  readonly noteAudit: NoteAudit;
  readonly snapshots: SnapshotCache;
  readonly gate: CallGate;
  readonly pace: CallPace;
  readonly registry: Registry;
  readonly reader: UsageReader;
  readonly clock: Clock;
  readonly log: Log;
  /** The bot's own window per eSIM. */
  readonly windowMs: number;
  /** Between two calls to Airalo, of everybody. */
  readonly paceIntervalMs: number;
  /** Of one person in a day. */
  readonly rowsPerDay: number;
  readonly onEnd?: BulkWorkerParts['onEnd'];
}

/**
 * Lists of eSIMs, answered as files. The way of a list: service (takes it), outbox, worker (reads
 * and brings it); `answerHere` goes the same way without the outbox.
 */
export interface Bulk {
  /** What platforms get. */
  readonly service: BulkService;
  /** Begins to work on what is queued, from before a restart too. */
  start(platforms: readonly Platform[]): Consumer;
  /**
   * The whole work within this process, for the operator's terminal: nothing is promised, nobody is
   * counted. `refused` is told before anything is read, `stopped` once `signal` aborts. Throws
   * `StoreError` on an outage.
   */
  answerHere(bytes: Uint8Array, asking: BulkAsking): Promise<BulkHere>;
}

/** How a list is answered in the terminal. */
interface BulkAsking {
  readonly locale: string;
  readonly signal: AbortSignal;
  /** Told about each second, and once more when it waits until `waitUntil` (epoch ms). */
  onProgress(done: number, total: number, waitUntil?: number): void;
}

/** The answered list, why the file is none, or that it was stopped before its end. */
type BulkHere =
  | {
      readonly kind: 'answered';
      readonly csv: Buffer;
      readonly counts: BulkCounts;
      readonly attention: number;
    }
  | { readonly kind: 'refused'; readonly problem: CsvProblem }
  | { readonly kind: 'stopped' };

/** People come first: every second turn of the pace stays free for their questions. */
const SHARE = 2;
const TICK_MS = 1_000;

/** Puts the parts of lists together. */
export function createBulk(parts: BulkParts): Bulk {
  const { store, snapshots, registry, clock, log, windowMs } = parts;
  const intervalMs = parts.paceIntervalMs * SHARE;
  const allowance = createBulkAllowance(registry, store.outbox, clock, parts.rowsPerDay);
  /** One for all lists of the process: the pace before it is shared by all processes. */
  const reading = createBulkReading({ ...parts, intervalMs });

  /** As for a single question, one entry for each eSIM. */
  function onRow(asker: string, iccid: Iccid, outcome: string): void {
    parts.noteAudit({ asker, place: 'list', outcome, iccid });
  }

  async function answerHere(bytes: Uint8Array, asking: BulkAsking): Promise<BulkHere> {
    const read = await readCsv(bytes);
    if (read.kind === 'no-list') return { kind: 'refused', problem: read.problem };
    const iccids = iccidsOf(read.rows);
    const invalid = read.rows.length - iccids.length;
    const askedAt = clock.now();
    const giveUpAt = giveUpAtOf(read.rows.length, askedAt);
    const progress: BulkProgress = { ends: new Map(), waits: new Map() };
    const tell = (until?: number) => asking.onProgress(invalid + progress.ends.size, read.rows.length, until);
    const over = new AbortController();
    void (async () => {
      while (
        await clock.sleep(TICK_MS, over.signal).then(
          () => true,
          () => false,
        )
      )
        tell();
    })();
    try {
      for (;;) {
        const rules = { newerThan: askedAt - windowMs, giveUpAt, signal: asking.signal };
        const stop = await reading(iccids, progress, rules);
        if (stop.kind === 'aborted') return { kind: 'stopped' };
        if (stop.kind === 'wait') {
          tell(stop.until);
          await clock.sleep(stop.until - clock.now(), asking.signal).catch(() => undefined);
          continue;
        }
        for (const [iccid, { kind }] of progress.ends) onRow('operator', iccid, kind);
        const work = { ...read, locale: asking.locale };
        const answer = await writeAnswer(work, progress.ends, snapshots, clock.now());
        if (answer.kind === 'written') {
          tell();
          return { kind: 'answered', csv: answer.csv, counts: answer.counts, attention: answer.attention };
        }
        for (const iccid of answer.iccids) progress.ends.delete(iccid);
      }
    } finally {
      over.abort();
    }
  }

  return {
    service: createBulkService({ outbox: store.outbox, registry, allowance, clock, log }),
    answerHere,
    start: (platforms) =>
      startBulkWorker({
        outbox: store.outbox,
        registry,
        snapshots,
        reading,
        allowance,
        platforms: new Map(platforms.map((platform) => [platform.name, platform])),
        clock,
        log,
        windowMs,
        intervalMs,
        onRow,
        ...(parts.onEnd ? { onEnd: parts.onEnd } : {}),
      }),
  };
}
