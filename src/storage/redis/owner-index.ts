import type { OutboxJob } from '../ports.ts';
import { done, PREFIX, type RedisConnection } from './connection.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** `NX` leaves the entry of a job that is there already as it is; the life of the whole set is set anew, so that the latest job decides it. */
const ADD = `
  redis.call('ZADD', KEYS[1], 'NX', ARGV[1], ARGV[2])
  return redis.call('PEXPIRE', KEYS[1], ARGV[3])`;

/**
 * Whose jobs there are: a sorted set of ids by their instants for each owner. Entries of ended jobs are removed when they are
 * met, and a set that nobody adds to ends by itself.
 */
export class OwnerIndex {
  readonly #redis: RedisConnection;

  constructor(redis: RedisConnection) {
    this.#redis = redis;
  }

  /** A script, not a transaction: ioredis builds each of those from all of BullMQ's commands, a quarter of a millisecond long. */
  async add({ id, owner, runAt, deadline }: OutboxJob): Promise<void> {
    await this.#redis.script(done, ADD, [ownerKey(owner)], [runAt, id, keptMsOf({ deadline })]);
  }

  /** Gives an entry its new instant; `XX` makes none for a job that has been removed meanwhile. */
  async move({ id, owner, runAt }: OutboxJob): Promise<void> {
    await this.#redis.client.zadd(ownerKey(owner), 'XX', runAt, id);
  }

  /** Earliest first. */
  idsOf(owner: string): Promise<string[]> {
    return this.#redis.client.zrange(ownerKey(owner), '0', '-1');
  }

  /** Those that are not there are no fault. */
  async remove(owner: string, ids: readonly string[]): Promise<void> {
    await this.#redis.client.zrem(ownerKey(owner), ...ids);
  }
}

/** A week past the last deadline: by then its jobs have ended and are pruned. */
export function keptMsOf({ deadline }: Pick<OutboxJob, 'deadline'>): number {
  return Math.round(Math.max(0, deadline - Date.now()) + 7 * DAY_MS);
}

/** Of the set of somebody's jobs. */
export function ownerKey(owner: string): string {
  return `${PREFIX}:owner:${owner}`;
}
