import { z } from 'zod';
import type { UsagePoint } from '../../domain/usage-point.ts';
import type { ReadingHistory } from '../ports.ts';
import { PREFIX, type RedisConnection } from './connection.ts';

/** What the script says. Made once: making a schema costs more than using it. */
const anything = z.unknown();

const HOUR_MS = 60 * 60 * 1000;

/** Nothing where the hour has a later point already; otherwise the hour's earlier one makes room, and so do those past their age. */
const APPEND = `
  local at, slot = tonumber(ARGV[1]), tonumber(ARGV[2])
  if redis.call('ZCOUNT', KEYS[1], '(' .. ARGV[1], slot + ${HOUR_MS - 1}) > 0 then return 0 end
  redis.call('ZREMRANGEBYSCORE', KEYS[1], slot, at)
  redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', at - tonumber(ARGV[3]))
  redis.call('ZADD', KEYS[1], at, ARGV[4])
  redis.call('PEXPIRE', KEYS[1], ARGV[3])
  return 1`;

const point: z.ZodType<UsagePoint> = z.object({
  at: z.number(),
  remainingMb: z.number(),
  totalMb: z.number(),
  status: z.string(),
});
/**
 * A point that cannot be read fails the whole question: nothing but a picture and a forecast waits
 * for it.
 */
const points = z.array(z.string().transform((text) => point.parse(JSON.parse(text))));

/** A sorted set of points by their instants for each eSIM, which ends with its last one's age. */
export class RedisReadingHistory implements ReadingHistory {
  readonly #redis: RedisConnection;
  readonly #keptMs: number;

  constructor(redis: RedisConnection, keptMs: number) {
    this.#redis = redis;
    this.#keptMs = keptMs;
  }

  /** The arguments are the instant, the beginning of its hour, the age to keep and the point. */
  async append(iccid: string, added: UsagePoint): Promise<void> {
    const slot = Math.floor(added.at / HOUR_MS) * HOUR_MS;
    const args = [added.at, slot, Math.max(1, this.#keptMs), JSON.stringify(added)];
    await this.#redis.script(anything, APPEND, [keyOf(iccid)], args);
  }

  async since(iccid: string, from: number, limit: number): Promise<UsagePoint[]> {
    const newest = await this.#redis.ask((redis) =>
      redis.zrevrangebyscore(keyOf(iccid), '+inf', from, 'LIMIT', 0, limit),
    );
    return points.parse(newest.reverse());
  }
}

function keyOf(iccid: string): string {
  return `${PREFIX}:history:${iccid}`;
}
