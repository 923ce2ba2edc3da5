import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import { inBatches } from '../in-batches.ts';
import type { Registry } from '../ports.ts';
import { asRows, firstWins } from './batches.ts';
import type { SqliteDatabase } from './database.ts';
import { jsonColumn } from './json-column.ts';

const foundRow = z.object({ place: z.number(), value: jsonColumn });
const endRow = z.object({ ends_at: z.number() });
const keyRow = z.object({ kind: z.string(), key: z.string() });

/** Of a row. */
type Name = Readonly<Record<'kind' | 'key', string>>;
/** A row to be. */
type Entry = Name & { readonly value: string; readonly endsAt: number };

/** Of a batch, as the rows of one JSON text. */
const INSERT = `INSERT INTO registry (kind, key, value, ends_at)
  SELECT value->>'kind', value->>'key', value->>'value', value->>'endsAt' FROM json_each($entries) WHERE true
  ON CONFLICT (kind, key) DO UPDATE SET value = excluded.value, ends_at = excluded.ends_at`;

/**
 * Rows with an end. What is past it counts as absent everywhere, whether pruned yet or not. Values are JSON, lives in ms.
 * On the connection that outlives a crash but not a power failure: a claim must not cost a command a wait for the disk.
 */
export class SqliteRegistry implements Registry {
  readonly #database: SqliteDatabase;
  readonly #clock: Clock;
  readonly #get: (item: Name) => Promise<unknown>;
  readonly #put: (item: Entry) => Promise<void>;
  readonly #claim: (item: Entry) => Promise<boolean>;

  constructor(database: SqliteDatabase, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
    this.#get = inBatches((names: readonly Name[]) => this.#getAll(names), database.turns);
    this.#put = inBatches((entries: readonly Entry[]) => this.#putAll(entries), database.turns);
    this.#claim = inBatches((entries: readonly Entry[]) => this.#claimAll(entries), database.turns);
  }

  /** Undefined for no value; null for one that is damaged. */
  get(kind: string, key: string): Promise<unknown> {
    return this.#get({ kind, key });
  }

  /** Resolves when its batch is written; lives `ttlMs` from now. */
  put(kind: string, key: string, value: unknown, ttlMs: number): Promise<void> {
    return this.#put(this.#entry(kind, key, value, ttlMs));
  }

  /** One statement decides: of two processes that claim at once, one changes a row and the other none. */
  putIfAbsent(kind: string, key: string, value: unknown, ttlMs: number): Promise<boolean> {
    return this.#claim(this.#entry(kind, key, value, ttlMs));
  }

  async delete(kind: string, key: string): Promise<boolean> {
    const removed = await this.#database.first(
      endRow,
      `DELETE FROM registry WHERE kind = $kind AND key = $key RETURNING ends_at`,
      { $kind: kind, $key: key },
    );
    // What was past its end had been absent already.
    return removed !== undefined && removed.ends_at > this.#clock.now();
  }

  async #getAll(names: readonly Name[]): Promise<unknown[]> {
    const found = await this.#database.all(
      foundRow,
      `SELECT name.key AS place, registry.value AS value FROM registry
       JOIN json_each($names) AS name ON registry.kind = name.value->>'kind' AND registry.key = name.value->>'key' AND ends_at > $now`,
      { $names: asRows(names), $now: this.#clock.now() },
    );
    const values = new Map(found.map(({ place, value }) => [place, value]));
    return names.map((_, place) => values.get(place));
  }

  /** Of two with one key in a batch the later one stands. */
  async #putAll(entries: readonly Entry[]): Promise<undefined[]> {
    const last = new Map(entries.map((entry) => [nameOf(entry), entry]));
    await this.#database.changed(`${INSERT} RETURNING 1`, { $entries: asRows([...last.values()]) });
    return entries.map(() => undefined);
  }

  #claimAll(entries: readonly Entry[]): Promise<boolean[]> {
    return firstWins(entries, nameOf, async (firsts) => {
      const won = await this.#database.all(
        keyRow,
        `${INSERT} WHERE registry.ends_at <= $now RETURNING kind, key`,
        { $entries: asRows(firsts), $now: this.#clock.now() },
      );
      return won.map(nameOf);
    });
  }

  #entry(kind: string, key: string, value: unknown, ttlMs: number): Entry {
    return { kind, key, value: asJson(value), endsAt: this.#clock.now() + ttlMs };
  }
}

/** Kinds hold no line break. */
function nameOf({ kind, key }: Name): string {
  return `${kind}\n${key}`;
}

function asJson(value: unknown): string {
  return JSON.stringify(value ?? null);
}
