import { z } from 'zod';
import type { RowChange, RowPlace, SnapshotRecords, StoredRow, StoredRows } from '../engine.ts';
import { asRows } from './batches.ts';
import type { SqliteDatabase } from './database.ts';
import { jsonColumn } from './json-column.ts';
import { pages, type Selection } from './pages.ts';

/** For what waits for the same file: short batches, so that nobody waits long. */
const anything = z.unknown();

/** What each place is to the eye of `StoredRow`. */
const SELECTIONS: Readonly<Record<RowPlace, Selection>> = {
  snapshot: { table: 'snapshot_index', keyOf: 'key', columns: `'' AS of, key AS name` },
  gate: { table: 'gate', keyOf: 'key', columns: `'' AS of, key AS name, open_at` },
  registry: {
    table: 'registry',
    keyOf: `kind || ' ' || key`,
    columns: 'kind AS of, key AS name, value AS text',
  },
  history: {
    table: '(SELECT DISTINCT iccid FROM reading_history)',
    keyOf: 'iccid',
    columns: `'' AS of, iccid AS name`,
  },
  outbox: {
    table: 'outbox',
    keyOf: 'id',
    condition: 'payload IS NOT NULL',
    columns: 'type AS of, id AS name, payload AS text',
  },
};

const foundRow = z.object({
  of: z.string(),
  name: z.string(),
  text: z.string().optional(),
  open_at: z.number().optional(),
});

/** Changes of each place, as the rows of `json_each($changes)`. `was` guards what has been changed since it was read. */
const CHANGES: Readonly<Record<Exclude<RowPlace, 'snapshot'>, readonly string[]>> = {
  gate: [
    // The later of two ends: nobody may ask earlier for having two names for one window.
    `INSERT INTO gate (key, open_at, owner, set_at)
       SELECT value->>'name', gate.open_at, gate.owner, gate.set_at
       FROM json_each($changes) JOIN gate ON gate.key = value->>'from' WHERE true
     ON CONFLICT (key) DO UPDATE SET owner = iif(excluded.open_at > gate.open_at, excluded.owner, gate.owner),
       set_at = iif(excluded.open_at > gate.open_at, excluded.set_at, gate.set_at),
       open_at = max(gate.open_at, excluded.open_at)`,
    `DELETE FROM gate WHERE key IN (SELECT value->>'from' FROM json_each($changes))`,
  ],
  registry: [
    `UPDATE OR REPLACE registry SET key = change.value->>'name', value = change.value->>'text'
     FROM json_each($changes) AS change
     WHERE registry.kind = change.value->>'of' AND registry.key = change.value->>'from'
       AND registry.value = change.value->>'was'`,
  ],
  history: [
    `UPDATE OR REPLACE reading_history SET iccid = change.value->>'name'
     FROM json_each($changes) AS change WHERE reading_history.iccid = change.value->>'from'`,
  ],
  outbox: [
    `UPDATE outbox SET payload = change.value->>'text' FROM json_each($changes) AS change
     WHERE outbox.id = change.value->>'from' AND outbox.payload = change.value->>'was'`,
  ],
};

/**
 * For values whose key is lost for good. Gate rows among them: `give-up` makes sure before that no
 * window is shut.
 */
const REMOVALS: Readonly<Record<Exclude<RowPlace, 'snapshot'>, string>> = {
  gate: `DELETE FROM gate WHERE key IN (SELECT value->>'from' FROM json_each($changes))`,
  registry: `DELETE FROM registry WHERE (kind, key) IN (SELECT value->>'of', value->>'from' FROM json_each($changes))`,
  history: `DELETE FROM reading_history WHERE iccid IN (SELECT value->>'from' FROM json_each($changes))`,
  outbox: `DELETE FROM outbox WHERE id IN (SELECT value->>'from' FROM json_each($changes))`,
};

/** The rows of the tables; snapshots through the cache they belong to. */
export class SqliteStoredRows implements StoredRows {
  readonly #database: SqliteDatabase;
  readonly #snapshots: SnapshotRecords;

  constructor(database: SqliteDatabase, snapshots: SnapshotRecords) {
    this.#database = database;
    this.#snapshots = snapshots;
  }

  /** Place by place; a row that is added meanwhile may be missed, one that stays is not. */
  async *pages(places: readonly RowPlace[]): AsyncGenerator<StoredRow[]> {
    for (const place of places)
      for await (const page of pages(this.#database, foundRow, SELECTIONS[place]))
        yield await Promise.all(page.map((found) => this.#rowOf(place, found)));
  }

  /** A value that was changed since it was read is left as it is: the caller comes round again. */
  async change(changes: readonly RowChange[]): Promise<void> {
    for (const [place, some] of byPlace(changes, ({ row }) => row.place)) {
      if (place === 'snapshot') await this.#changeSnapshots(some);
      else await this.#each(CHANGES[place], some.map(rowOfChange));
    }
  }

  async remove(rows: readonly StoredRow[]): Promise<void> {
    for (const [place, some] of byPlace(rows, (row) => row.place)) {
      if (place === 'snapshot') for (const { name } of some) await this.#snapshots.delete(name);
      else
        await this.#each(
          [REMOVALS[place]],
          some.map((row) => rowOfChange({ row, name: row.name })),
        );
    }
  }

  /** Freed pages still hold what stood in them, and so does the log until it is emptied. */
  async scrub(): Promise<void> {
    await this.#database.all(anything, 'VACUUM');
    await this.#database.all(anything, 'PRAGMA wal_checkpoint(TRUNCATE)');
  }

  async #rowOf(place: RowPlace, found: z.infer<typeof foundRow>): Promise<StoredRow> {
    const { of, name, text, open_at: openAt } = found;
    const row: StoredRow = { place, of, name };
    if (place === 'snapshot') return { ...row, value: await this.#snapshots.get(name) };
    if (text !== undefined) return { ...row, value: jsonColumn.parse(text), text };
    return openAt === undefined ? row : { ...row, openAt };
  }

  async #changeSnapshots(changes: readonly RowChange[]): Promise<void> {
    for (const { row, name, value } of changes) {
      if (value !== undefined && value !== null) await this.#snapshots.put(name, value);
      if (name !== row.name) await this.#snapshots.delete(row.name);
    }
  }

  async #each(statements: readonly string[], rows: Readonly<Record<string, string>>[]): Promise<void> {
    for (const statement of statements)
      await this.#database.all(anything, statement, { $changes: asRows(rows) });
  }
}

function rowOfChange({ row, name, value }: RowChange): Readonly<Record<string, string>> {
  const text = JSON.stringify(value ?? null);
  return { of: row.of, from: row.name, name, was: row.text ?? '', text };
}

/** Each place has its own statement; their order stays that of the first of each. */
function byPlace<T>(items: readonly T[], placeOf: (item: T) => RowPlace): Map<RowPlace, T[]> {
  const groups = new Map<RowPlace, T[]>();
  for (const item of items) groups.set(placeOf(item), [...(groups.get(placeOf(item)) ?? []), item]);
  return groups;
}
