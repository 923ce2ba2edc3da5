import type { Store } from './ports.ts';
import type { InstanceBook, Presence } from './presence.ts';

/**
 * What an engine is to the rest of the storage: the ports with names and values as they stand, and what is needed to seal them.
 * `openStore` makes a `Store` of it; nothing above this directory sees one.
 */
export interface Engine extends Omit<Store, 'snapshots' | 'close'> {
  readonly snapshots: SnapshotRecords;
  readonly rows: StoredRows;
  readonly instances: InstanceBook;
  readonly presence: Presence;
  /** See `InstanceAbout.sealsWith`; told before the presence joins. */
  sealsWith(keyId: string | undefined): void;
  /** Leaves the book of instances, waits for running consumers, then lets go of files and connections. Idempotent. */
  close(): Promise<void>;
}

/** Stands for a stored text that is no JSON; fits no snapshot. */
export const UNREADABLE = null;

/** Values by name, each kept for a fixed time. */
export interface SnapshotRecords {
  /** Undefined where there is none, `UNREADABLE` for damage. */
  get(name: string): Promise<unknown>;
  put(name: string, value: unknown): Promise<void>;
  delete(name: string): Promise<void>;
}

/** Where names or sealed values stand. */
export type RowPlace = 'snapshot' | 'gate' | 'registry' | 'history' | 'outbox';

/** One of them. */
export interface StoredRow {
  readonly place: RowPlace;
  /** The kind of a registry value, the type of a job; else empty. */
  readonly of: string;
  /** As it is stored. */
  readonly name: string;
  /** Undefined where a place holds names alone. */
  readonly value?: unknown;
  /** The value's text as it stands, to write only over what has been read. */
  readonly text?: string;
  /** When a window or a lease ends; epoch ms. */
  readonly openAt?: number;
}

/** A row under another name, with another value, or both. */
export interface RowChange {
  readonly row: StoredRow;
  readonly name: string;
  readonly value?: unknown;
}

/** Every row, page by page, as the sealing sees it. */
export interface StoredRows {
  pages(places: readonly RowPlace[]): AsyncIterable<readonly StoredRow[]>;
  /** Leaves out rows that somebody else has changed since: the next round meets them again. */
  change(changes: readonly RowChange[]): Promise<void>;
  remove(rows: readonly StoredRow[]): Promise<void>;
  /** Has what was overwritten or removed vanish from the disk too, as far as the engine can. */
  scrub(): Promise<void>;
}
