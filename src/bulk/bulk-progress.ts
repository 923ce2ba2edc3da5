import type { BulkFace } from '../domain/bulk.ts';
import { findIccids, type Iccid } from '../domain/iccid.ts';
import type { BulkWork, RowEnd } from './bulk-job.ts';

/** How far a list has come; changed while it is read. */
export interface BulkProgress {
  /** What is settled: an eSIM in it is not looked at again. */
  readonly ends: Map<Iccid, RowEnd>;
  /** Not to be asked for before that instant, epoch ms. */
  readonly waits: Map<Iccid, number>;
}

/** A list as it was read: counted with every look at how far it is, and so read once. */
export interface ListSize {
  /** Rows of its file. */
  readonly total: number;
  /** In its order. */
  readonly iccids: readonly Iccid[];
}

/** As it was kept. */
export function storedProgress({ ends, waits }: Pick<BulkWork, 'ends' | 'waits'>): BulkProgress {
  return { ends: byIccid(ends), waits: byIccid(waits) };
}

/** As it is kept. */
export function progressToStore({ ends, waits }: BulkProgress): Pick<BulkWork, 'ends' | 'waits'> {
  return { ends: Object.fromEntries(ends), waits: Object.fromEntries(waits) };
}

/** Rows that have their end; those without an eSIM had it from the beginning. */
export function rowsDone({ total, iccids }: ListSize, { ends }: BulkProgress): number {
  return total - iccids.length + ends.size;
}

/**
 * What the message says at `now` (epoch ms). `leftMs` is the time at the list's own pace of one eSIM in `intervalMs`; eSIMs
 * that wait for their gate are told apart from it.
 */
export function progressFace(
  jobId: string,
  size: ListSize,
  progress: BulkProgress,
  { now, intervalMs }: { readonly now: number; readonly intervalMs: number },
): BulkFace {
  const open = size.iccids.filter((iccid) => !progress.ends.has(iccid));
  const waits = open.flatMap((iccid) => progress.waits.get(iccid) ?? []).filter((until) => until > now);
  const leftMs = (open.length - waits.length) * intervalMs;
  return {
    kind: 'reading',
    jobId,
    total: size.total,
    done: rowsDone(size, progress),
    ...(open.length > waits.length ? { leftMs } : {}),
    ...(waits.length > 0 ? { waiting: { count: waits.length, until: Math.max(...waits) } } : {}),
  };
}

function byIccid<Value extends RowEnd | number>(stored: Readonly<Record<string, Value>>): Map<Iccid, Value> {
  return new Map(
    Object.entries(stored).flatMap(([key, value]) => findIccids(key).map((iccid) => [iccid, value] as const)),
  );
}
