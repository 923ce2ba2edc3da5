import type { Iccid } from '../domain/iccid.ts';
import type { UsageReading } from '../domain/usage.ts';
import { pointOf } from '../domain/usage-point.ts';
import type { Log } from '../log.ts';
import type { ReadingHistory, SnapshotCache } from '../storage/ports.ts';
import type { Copies, Copy } from './copies.ts';
import { createGatedReads, type GatedReadParts } from './gated-read.ts';
import type { GatedResult } from './gated-result.ts';
import { gateKeyOf } from './read-kind.ts';
import type { LastReading, OperatorCause, WaitReason } from './reply.ts';
import { shareSnapshots } from './shared-snapshots.ts';

/** What is known of an eSIM after looking: cached, or just read. Instants are epoch ms; `previous` is the last reading. */
export type ReadResult =
  | {
      readonly kind: 'reading';
      readonly reading: UsageReading;
      readonly asOf: number;
      readonly refreshableAt: number;
      /** True when Airalo was asked for it just now, by this process or by another one we waited for. */
      readonly justRead: boolean;
    }
  | { readonly kind: 'unknown-esim'; readonly refreshableAt: number }
  /** Airalo does not find an eSIM that it has answered for: believed when it says so again. */
  | { readonly kind: 'doubted-esim'; readonly refreshableAt: number; readonly previous: LastReading }
  | {
      readonly kind: 'wait';
      readonly because: WaitReason;
      readonly until: number;
      readonly previous?: LastReading;
    }
  | { readonly kind: 'operator-needed'; readonly cause: OperatorCause; readonly previous?: LastReading }
  | { readonly kind: 'declined'; readonly detail: string; readonly previous?: LastReading };

/** The only way to Airalo for everybody: lookups, refreshes and promised answers alike. */
export interface UsageReader {
  /**
   * The latest reading taken after `newerThan`, asking Airalo only when it may be asked. Any number of callers, in any
   * number of processes, cause at most one call per eSIM and window.
   */
  read(iccid: Iccid, newerThan: number): Promise<ReadResult>;
  /** The reading that `read` would give without asking anybody; undefined where it would have to. */
  current(iccid: Iccid, newerThan: number): Promise<Extract<ReadResult, { kind: 'reading' }> | undefined>;
  /** The last reading there is, however old. */
  last(iccid: Iccid): Promise<LastReading | undefined>;
}

/** What reading needs. */
export interface ReaderParts extends GatedReadParts {
  readonly snapshots: SnapshotCache;
  readonly history: Pick<ReadingHistory, 'append'>;
  readonly readUsage: (iccid: Iccid) => Promise<UsageReading>;
  /** The bot's own window per eSIM; a 429's `Retry-After` overrides it. */
  readonly windowMs: number;
}

const KIND = 'usage';

/** The gate of one eSIM, the same for every process. */
export const usageGateKey = (iccid: Iccid): string => gateKeyOf(KIND, iccid);

/** Usage as a kind of gated read, with its history. */
export function createUsageReader(parts: ReaderParts): UsageReader {
  const { snapshots, windowMs } = parts;
  const shown = shareSnapshots(snapshots, parts.clock);
  // Whoever may become the leader looks for himself.
  const copies = readingCopies({ get: (iccid) => snapshots.get(iccid), put: shown.put }, parts);
  const read = createGatedReads(parts)<UsageReading>({ name: KIND, windowMs, waitMs: windowMs, copies });
  return {
    read: async (iccid, newerThan) =>
      asReading(await read(iccid, newerThan, () => parts.readUsage(iccid)), windowMs),
    async current(iccid, newerThan) {
      const known = await shown.get(iccid);
      if (known?.kind !== 'reading' || known.asOf <= newerThan) return undefined;
      return { ...known, refreshableAt: known.asOf + windowMs, justRead: false };
    },
    async last(iccid) {
      const known = await snapshots.get(iccid);
      return known?.kind === 'reading' ? { reading: known.reading, asOf: known.asOf } : undefined;
    },
  };
}

/** Snapshots as the gate's copies; each new reading is noted down in the history too. */
function readingCopies(
  snapshots: SnapshotCache,
  { history, log }: { readonly history: Pick<ReadingHistory, 'append'>; readonly log: Log },
): Copies<UsageReading> {
  /** Nobody waits for it, and no answer depends on it. */
  function noteDown(iccid: string, copy: Copy<UsageReading>): void {
    const point = copy.kind === 'found' ? pointOf(copy.value, copy.asOf) : undefined;
    if (!point) return;
    void history
      .append(iccid, point)
      .catch((error: unknown) => log.debug({ err: error }, 'A reading is missing in the history'));
  }
  return {
    async get(iccid) {
      const known = await snapshots.get(iccid);
      if (known?.kind !== 'reading') return known;
      return { kind: 'found', value: known.reading, asOf: known.asOf };
    },
    async put(iccid, copy) {
      if (copy.kind === 'found')
        await snapshots.put(iccid, { kind: 'reading', reading: copy.value, asOf: copy.asOf });
      // A recycled eSIM never comes as such here: of usage Airalo says it by a status.
      else await snapshots.put(iccid, { kind: 'unknown-esim', asOf: copy.asOf });
      noteDown(iccid, copy);
    },
  };
}

function asReading(result: GatedResult<UsageReading>, windowMs: number): ReadResult {
  switch (result.kind) {
    case 'found': {
      const { value, asOf, justRead } = result;
      return { kind: 'reading', reading: value, asOf, refreshableAt: asOf + windowMs, justRead };
    }
    case 'unknown-esim':
    case 'recycled':
      return { kind: 'unknown-esim', refreshableAt: result.asOf + windowMs };
    case 'doubted':
      return {
        kind: 'doubted-esim',
        refreshableAt: result.until,
        previous: { reading: result.previous.value, asOf: result.previous.asOf },
      };
    case 'wait':
    case 'operator-needed':
    case 'declined': {
      const { previous, ...rest } = result;
      return previous ? { ...rest, previous: { reading: previous.value, asOf: previous.asOf } } : rest;
    }
    default:
      return result satisfies never;
  }
}
