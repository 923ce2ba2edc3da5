import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import { BEYOND_BELIEF_MS } from '../beyond-belief.ts';
import type { CallPace, PaceDecision } from '../ports.ts';
import { PREFIX, type RedisConnection } from './connection.ts';
import { byOurClock } from './skew.ts';

/** The instant, and now; by the server's clock. */
const answer = z.tuple([z.enum(['slot', 'busy']), z.number(), z.number()]);

/** Books from the instant at which the key is free next, by the server's clock. */
const RESERVE = `
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  local free = tonumber(redis.call('GET', KEYS[1]) or 0)
  if free > now + tonumber(ARGV[1]) + tonumber(ARGV[2]) + ${BEYOND_BELIEF_MS} then free = 0 end
  if free > now + tonumber(ARGV[2]) then return {'busy', free, now} end
  local start = math.max(free, now)
  local nextFree = start + tonumber(ARGV[1])
  redis.call('SET', KEYS[1], string.format('%.0f', nextFree), 'PX', math.max(1, nextFree - now))
  return {'slot', start, now}`;

/** One key for each pace, by the server's clock. */
export class RedisCallPace implements CallPace {
  readonly #redis: RedisConnection;

  readonly #clock: Clock;

  constructor(redis: RedisConnection, clock: Clock) {
    this.#redis = redis;
    this.#clock = clock;
  }

  /** `busy` books nothing; `freeAt` is when a slot would begin, by our clock. */
  async reserve(key: string, intervalMs: number, maxWaitMs: number): Promise<PaceDecision> {
    const args = [Math.round(intervalMs), Math.round(maxWaitMs)];
    const [kind, at, serverNow] = await this.#redis.script(answer, RESERVE, [`${PREFIX}:pace:${key}`], args);
    const instant = byOurClock(at, serverNow, this.#clock.now());
    return kind === 'slot' ? { kind, startAt: instant } : { kind, freeAt: instant };
  }
}
