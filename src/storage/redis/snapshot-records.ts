import Keyv from 'keyv';
import type { Log } from '../../log.ts';
import { type SnapshotRecords, UNREADABLE } from '../engine.ts';
import { PREFIX, type RedisConnection } from './connection.ts';

const NAMESPACE = `${PREFIX}-snapshots`;
/** Before each name. */
export const SNAPSHOT_KEYS = `${NAMESPACE}::`;

/**
 * The cache over the connection that everything else uses. Keyv's own adapter for Redis brings a client whose commands have no time limit once
 * they are sent (@redis/client 5.12): on a connection that falls silent a lookup waited for as long as that lasted (measured, 8 s and 40 s).
 */
export function createSnapshotRecords(
  redis: RedisConnection,
  keptMs: number,
  log: Log,
): RedisSnapshotRecords {
  const keyv = new Keyv({
    store: storeIn(redis),
    // The store's own, which `RedisStoredRows` reads too.
    useKeyPrefix: false,
    // Keyv's default turns an outage into "not there", which would have Airalo asked again.
    throwOnErrors: true,
  });
  // Every error is thrown to the caller as well; without a listener it would end the process.
  keyv.on('error', (error: unknown) => log.debug({ err: error }, 'The snapshot cache reports an error'));
  return new RedisSnapshotRecords(keyv, keptMs);
}

/** What Keyv wants of a store: text by key, each with its life. */
function storeIn(redis: RedisConnection) {
  const keyOf = (name: string) => SNAPSHOT_KEYS + name;
  return {
    get: (name: string) => redis.ask(async (client) => (await client.get(keyOf(name))) ?? undefined),
    set: (name: string, text: string, ttlMs: number) =>
      redis.ask((client) => client.set(keyOf(name), text, 'PX', ttlMs)),
    delete: async (name: string) => (await redis.ask((client) => client.del(keyOf(name)))) > 0,
    /** Not asked for: readings go by themselves at the end of their lives. */
    clear: async () => undefined,
  };
}

/** Readings by name; every failure is a `StoreError`. */
export class RedisSnapshotRecords implements SnapshotRecords {
  readonly #keyv: Keyv<unknown>;
  readonly #keptMs: number;

  constructor(keyv: Keyv<unknown>, keptMs: number) {
    this.#keyv = keyv;
    this.#keptMs = keptMs;
  }

  get(name: string): Promise<unknown> {
    return this.#keyv.get(name).catch((error: unknown) => {
      // One damaged value must cost one reading, not every lookup of that eSIM.
      if (error instanceof SyntaxError) return UNREADABLE;
      throw error;
    });
  }

  /** Redis lets a reading go by itself at the end of its life. */
  async put(name: string, value: unknown): Promise<void> {
    // A life of 0 would mean "for ever" to Keyv.
    await this.#keyv.set(name, value, Math.max(1, this.#keptMs));
  }

  async delete(name: string): Promise<void> {
    await this.#keyv.delete(name);
  }
}
