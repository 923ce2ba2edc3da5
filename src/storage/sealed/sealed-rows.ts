import type { RowChange, RowPlace, StoredRow, StoredRows } from '../engine.ts';
import { StoreError } from '../ports.ts';
import { type Codec, isHashed } from './codec.ts';
import { keyIdOfSealed, type Seal } from './seal.ts';

/** What the sealing itself keeps in the store: never renamed, never sealed anew as others are. */
export const SEAL_KIND = 'store-seal';

/** Where values stand. */
const VALUES: readonly RowPlace[] = ['registry', 'snapshot', 'outbox'];
/** Where names stand: windows first, so that what is most to be kept is safe first. */
const NAMES: readonly RowPlace[] = ['gate', 'history'];

/** Values by the id of the key they are sealed with; `''`: not sealed. */
export type Survey = ReadonlyMap<string, number>;

/** Looks at every value, at most some hundred at a time in memory. */
export async function surveyOf(rows: StoredRows): Promise<Survey> {
  const counts = new Map<string, number>();
  for await (const page of rows.pages(VALUES))
    for (const row of page) {
      if (!isOurs(row) || row.value === null || row.value === undefined) continue;
      const id = keyIdOfSealed(row.value) ?? '';
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
  return counts;
}

/** One round over every value, and over every name with `names`. */
export interface Round {
  readonly changed: number;
  /** Sealed with a key that is not there, or damaged: left as they are. */
  readonly unreadable: number;
}

/**
 * Seals anew what the first key has not sealed, in place, page by page; names that stand in clear become hashes. May be stopped at any
 * time and begun again, and two processes may do it at once: a row is written only over what was read of it.
 */
export async function sealAnew(
  rows: StoredRows,
  sealing: { readonly codec: Codec; readonly seal: Seal },
  { names }: { readonly names: boolean },
): Promise<Round> {
  let changed = 0;
  let unreadable = 0;
  for await (const page of rows.pages(names ? [...NAMES, ...VALUES] : VALUES)) {
    const changes: RowChange[] = [];
    for (const row of page.filter(isOurs)) {
      const change = changeOf(row, sealing);
      if (change === 'unreadable') unreadable++;
      else if (change) changes.push(change);
    }
    if (changes.length > 0) await rows.change(changes);
    changed += changes.length;
  }
  return { changed, unreadable };
}

function isOurs(row: StoredRow): boolean {
  return row.of !== SEAL_KIND && row.name !== SEAL_KIND;
}

/**
 * Undefined when the row is as it should be. A value of null, which is what damage looks like,
 * keeps its null under the new name.
 */
function changeOf(
  row: StoredRow,
  { codec, seal }: { readonly codec: Codec; readonly seal: Seal },
): RowChange | 'unreadable' | undefined {
  const name = nameFor(row, codec);
  if (row.value === undefined || row.value === null)
    return name === row.name ? undefined : { row, name, ...(row.value === null ? { value: null } : {}) };
  if (name === row.name && keyIdOfSealed(row.value) === seal.keyId) return undefined;
  try {
    return {
      row,
      name,
      value: seal.close(seal.open(row.value, contextOf(row, row.name)), contextOf(row, name)),
    };
  } catch (error) {
    if (error instanceof StoreError) return 'unreadable';
    throw error;
  }
}

/** Ids of jobs hold no ICCID, and people hold them: in buttons, and in the operator's hand. */
function nameFor({ place, of, name }: StoredRow, codec: Codec): string {
  if (place === 'outbox' || isHashed(name)) return name;
  return codec.name(place === 'registry' ? `registry ${of}` : place, name);
}

/** The place that is sealed in: a value moved to another row does not open there. */
function contextOf({ place, of }: StoredRow, name: string): string {
  return place === 'registry' ? `registry ${of} ${name}` : `${place} ${name}`;
}
