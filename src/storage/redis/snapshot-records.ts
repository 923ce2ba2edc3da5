import KeyvRedis, { createClient } from '@keyv/redis';
import Keyv from 'keyv';
import type { Log } from '../../log.ts';
import { type SnapshotRecords, UNREADABLE } from '../engine.ts';
import { PREFIX } from './connection.ts';
import { asStoreError } from './faults.ts';

/** Within the two seconds in which every call to the store answers or fails. */
const CONNECT_MS = 1_500;
const RECONNECT_MOST_MS = 1_000;
const NAMESPACE = `${PREFIX}-snapshots`;
/** Before each name, as Keyv's adapter writes it. */
export const SNAPSHOT_KEYS = `${NAMESPACE}::`;

/** Rejects with `StoreError` when Redis does not answer. */
export async function openSnapshotRecords(
  storeUrl: string,
  keptMs: number,
  log: Log,
): Promise<RedisSnapshotRecords> {
  const client = createClient({
    url: storeUrl,
    // Measured: with the adapter's defaults a `get` during an outage waits for ever, and every lookup with it.
    disableOfflineQueue: true,
    socket: {
      connectTimeout: CONNECT_MS,
      reconnectStrategy: (times: number) => Math.min(times * 100, RECONNECT_MOST_MS),
    },
  });
  const store = new KeyvRedis(client, { connectionTimeout: CONNECT_MS, throwOnErrors: true });
  const keyv = new Keyv({
    store,
    namespace: NAMESPACE,
    // Both layers would put the namespace before the key.
    useKeyPrefix: false,
    // Keyv's default turns an outage into "not there", which would have Airalo asked again.
    throwOnErrors: true,
  });
  // Every error is thrown to the caller as well; without a listener it would end the process.
  keyv.on('error', (error: unknown) => log.debug({ err: error }, 'The snapshot cache reports an error'));
  const cache = new RedisSnapshotRecords(keyv, keptMs);
  // Connects: many questions at once would find a client that is still offline.
  try {
    await cache.get('opened');
    return cache;
  } catch (error) {
    // It would try again for ever, and keep the process alive.
    client.destroy();
    throw error;
  }
}

/** Keyv over a client of its own, which fails at once when Redis is away: the adapter's default would wait for ever. */
export class RedisSnapshotRecords implements SnapshotRecords {
  readonly #keyv: Keyv<unknown>;
  readonly #keptMs: number;

  constructor(keyv: Keyv<unknown>, keptMs: number) {
    this.#keyv = keyv;
    this.#keptMs = keptMs;
  }

  get(name: string): Promise<unknown> {
    return this.#ask(() =>
      this.#keyv.get(name).catch((error: unknown) => {
        // One damaged value must cost one reading, not every lookup of that eSIM.
        if (error instanceof SyntaxError) return UNREADABLE;
        throw error;
      }),
    );
  }

  /** Redis lets a reading go by itself at the end of its life. */
  async put(name: string, value: unknown): Promise<void> {
    // A life of 0 would mean "for ever" to Keyv.
    await this.#ask(() => this.#keyv.set(name, value, Math.max(1, this.#keptMs)));
  }

  async delete(name: string): Promise<void> {
    await this.#ask(() => this.#keyv.delete(name));
  }

  async close(): Promise<void> {
    await this.#ask(() => this.#keyv.disconnect());
  }

  /** Keyv throws what its client throws; callers know `StoreError` alone. */
  async #ask<T>(question: () => Promise<T>): Promise<T> {
    try {
      return await question();
    } catch (error) {
      throw asStoreError(error);
    }
  }
}
