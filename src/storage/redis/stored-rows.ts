import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { RowChange, RowPlace, SnapshotRecords, StoredRow, StoredRows } from '../engine.ts';
import { PREFIX, type RedisConnection } from './connection.ts';
import { TYPES } from './dead-locks.ts';
import { SNAPSHOT_KEYS } from './snapshot-records.ts';

/** A hint to Redis of how much to look at in one step, during which it answers nobody else. */
const SCAN_COUNT = 500;

/** Under another key, with another text, for as long as it had left; nothing when it was changed since it was read. */
const MOVE_VALUE = `
  if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
  redis.call('SET', KEYS[2], ARGV[2], 'PX', math.max(1, redis.call('PTTL', KEYS[1])))
  if KEYS[1] ~= KEYS[2] then redis.call('DEL', KEYS[1]) end
  return 1`;
/** Of two windows under one name the longer one stands. */
const MOVE_KEY = `
  if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
  if redis.call('PTTL', KEYS[2]) > redis.call('PTTL', KEYS[1]) then return redis.call('DEL', KEYS[1]) end
  redis.call('RENAME', KEYS[1], KEYS[2])
  return 1`;
/**
 * BullMQ keeps a job as a hash; only its `data` is ours. Nothing when it was changed since it was
 * read.
 */
const CHANGE_DATA = `
  if redis.call('HGET', KEYS[1], 'data') ~= ARGV[1] then return 0 end
  redis.call('HSET', KEYS[1], 'data', ARGV[2])
  return 1`;

const number = z.number();
/** What BullMQ keeps of a job of ours; the rest of it is left as it is. */
const jobData = z.object({ payload: z.unknown() }).loose();

/** The keys of the bot, found by `SCAN`; those of BullMQ's jobs by their data. */
export class RedisStoredRows implements StoredRows {
  readonly #redis: RedisConnection;
  readonly #snapshots: SnapshotRecords;

  constructor(redis: RedisConnection, snapshots: SnapshotRecords) {
    this.#redis = redis;
    this.#snapshots = snapshots;
  }

  async *pages(places: readonly RowPlace[]): AsyncGenerator<StoredRow[]> {
    for (const place of places) yield* this.#pagesOf(place);
  }

  /** BullMQ's locks and sets share the prefix with its jobs; asked by type, only hashes come. */
  async *#pagesOf(place: RowPlace): AsyncGenerator<StoredRow[]> {
    switch (place) {
      case 'gate':
        for await (const names of this.#names(`${PREFIX}:gate:`)) yield await this.#windows(names);
        return;
      case 'history':
        for await (const names of this.#names(`${PREFIX}:history:`))
          yield names.map((name) => ({ place, of: '', name }));
        return;
      case 'snapshot':
        for await (const names of this.#names(SNAPSHOT_KEYS))
          yield await Promise.all(
            names.map(async (name) => ({ place, of: '', name, value: await this.#snapshots.get(name) })),
          );
        return;
      case 'registry':
        for await (const names of this.#names(`${PREFIX}:registry:`)) yield await this.#values(names);
        return;
      case 'outbox':
        for (const type of await this.#redis.ask((redis) => redis.smembers(TYPES)))
          for await (const ids of this.#names(`${PREFIX}:${type}:`, 'hash'))
            yield await this.#jobs(type, ids);
        return;
      default:
        return place satisfies never;
    }
  }

  /** Side by side: each is one script, and none depends on another. */
  async change(changes: readonly RowChange[]): Promise<void> {
    await Promise.all(changes.map((change) => this.#change(change)));
  }

  async remove(rows: readonly StoredRow[]): Promise<void> {
    for (const row of rows) {
      if (row.place === 'snapshot') await this.#snapshots.delete(row.name);
      // A job is known in several sets: BullMQ removes it, through the outbox.
      else if (row.place !== 'outbox') await this.#redis.ask((redis) => redis.del(keyOf(row, row.name)));
    }
  }

  /** What the append-only file still holds of before goes with its rewriting; where that is forbidden, with the next one. */
  async scrub(): Promise<void> {
    await this.#redis.ask((redis) => redis.bgrewriteaof()).catch(() => undefined);
  }

  async #change({ row, name, value }: RowChange): Promise<void> {
    switch (row.place) {
      case 'snapshot':
        if (value !== undefined && value !== null) await this.#snapshots.put(name, value);
        if (name !== row.name) await this.#snapshots.delete(row.name);
        return;
      case 'gate':
      case 'history':
        await this.#redis.script(number, MOVE_KEY, [keyOf(row, row.name), keyOf(row, name)], []);
        return;
      case 'registry': {
        const texts = [row.text ?? '', JSON.stringify(value ?? null)];
        await this.#redis.script(number, MOVE_VALUE, [keyOf(row, row.name), keyOf(row, name)], texts);
        return;
      }
      case 'outbox': {
        const data = jobData.parse(JSON.parse(row.text ?? '{}'));
        const texts = [row.text ?? '', JSON.stringify({ ...data, payload: value })];
        await this.#redis.script(number, CHANGE_DATA, [keyOf(row, row.name)], texts);
        return;
      }
      default:
        return row.place satisfies never;
    }
  }

  /** What stands behind `prefix`, some hundred at a time; a name may come twice. */
  async *#names(prefix: string, type = ''): AsyncGenerator<string[]> {
    const ofType = type === '' ? [] : (['TYPE', type] as const);
    let cursor = '0';
    do {
      const scan = (redis: Redis) =>
        redis.call('SCAN', cursor, 'MATCH', `${globFree(prefix)}*`, 'COUNT', SCAN_COUNT, ...ofType);
      const [next, keys] = z.tuple([z.string(), z.array(z.string())]).parse(await this.#redis.ask(scan));
      if (keys.length > 0) yield keys.map((key) => key.slice(prefix.length));
      cursor = next;
    } while (cursor !== '0');
  }

  /** Leases come without an instant: they end by themselves within seconds. */
  async #windows(names: readonly string[]): Promise<StoredRow[]> {
    const texts = await this.#redis.ask((redis) => redis.mget(names.map((name) => `${PREFIX}:gate:${name}`)));
    return names.map((name, index) => {
      const openAt = /^closed (\d+)/.exec(texts[index] ?? '')?.[1];
      return { place: 'gate', of: '', name, ...(openAt === undefined ? {} : { openAt: Number(openAt) }) };
    });
  }

  async #values(names: readonly string[]): Promise<StoredRow[]> {
    const texts = await this.#redis.ask((redis) =>
      redis.mget(names.map((name) => `${PREFIX}:registry:${name}`)),
    );
    return names.flatMap((full, index): StoredRow[] => {
      const text = texts[index];
      // Kinds hold no colon; keys may.
      const colon = full.indexOf(':');
      if (text === null || text === undefined) return [];
      return [
        {
          place: 'registry',
          of: full.slice(0, colon),
          name: full.slice(colon + 1),
          value: parsed(text),
          text,
        },
      ];
    });
  }

  /** Jobs without a payload, which are done, are left out. */
  async #jobs(type: string, ids: readonly string[]): Promise<StoredRow[]> {
    const found = await Promise.all(
      ids.map((id) => this.#redis.ask((redis) => redis.hget(`${PREFIX}:${type}:${id}`, 'data'))),
    );
    return ids.flatMap((name, index): StoredRow[] => {
      const text = found[index];
      const data = text ? jobData.safeParse(parsed(text)).data : undefined;
      if (!text || data?.payload === undefined || data.payload === null) return [];
      return [{ place: 'outbox', of: type, name, value: data.payload, text }];
    });
  }
}

function keyOf({ place, of }: StoredRow, name: string): string {
  if (place === 'registry') return `${PREFIX}:registry:${of}:${name}`;
  return place === 'outbox' ? `${PREFIX}:${of}:${name}` : `${PREFIX}:${place}:${name}`;
}

/** Null for what is damaged. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Literally, in a pattern of Redis. */
function globFree(text: string): string {
  return text.replace(/[[\]*?\\^]/g, '\\$&');
}
