import { z } from 'zod';
import type { Registry } from '../ports.ts';
import { PREFIX, type RedisConnection } from './connection.ts';

/** Throws for what is no JSON: a value of ours that was damaged must not look absent. */
const json = z.string().transform((text): unknown => JSON.parse(text));

/**
 * A key each, which Redis lets go at its end. Values are JSON; lives are in ms, by the server's clock. Throws `StoreError`
 * on an outage and never says "not there" for it: a claim would then be won twice.
 */
export class RedisRegistry implements Registry {
  readonly #redis: RedisConnection;

  constructor(redis: RedisConnection) {
    this.#redis = redis;
  }

  async get(kind: string, key: string): Promise<unknown> {
    const text = await this.#redis.ask((redis) => redis.get(keyOf(kind, key)));
    return text === null ? undefined : json.parse(text);
  }

  async put(kind: string, key: string, value: unknown, ttlMs: number): Promise<void> {
    await this.#redis.ask((redis) => redis.set(keyOf(kind, key), asJson(value), 'PX', lifeOf(ttlMs)));
  }

  /** `NX` makes it one step: of two processes that claim the same question one gets `OK`. */
  async putIfAbsent(kind: string, key: string, value: unknown, ttlMs: number): Promise<boolean> {
    const name = keyOf(kind, key);
    const set = await this.#redis.ask((redis) => redis.set(name, asJson(value), 'PX', lifeOf(ttlMs), 'NX'));
    return set === 'OK';
  }

  /** False for a key that is not there, or whose end has come. */
  async delete(kind: string, key: string): Promise<boolean> {
    return (await this.#redis.ask((redis) => redis.del(keyOf(kind, key)))) > 0;
  }
}

/** Redis refuses a life of 0. */
function lifeOf(ttlMs: number): number {
  return Math.max(1, Math.round(ttlMs));
}

function asJson(value: unknown): string {
  return JSON.stringify(value ?? null);
}

function keyOf(kind: string, key: string): string {
  return `${PREFIX}:registry:${kind}:${key}`;
}
