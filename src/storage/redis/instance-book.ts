import { z } from 'zod';
import type { Instance, InstanceAbout, InstanceBook } from '../presence.ts';
import { count, PREFIX, type RedisConnection } from './connection.ts';
import { freeLocksOf } from './dead-locks.ts';

/** A field for each instance. */
const BOOK = `${PREFIX}:instances`;
/** Longer than any lease; a struck-off id is never used again. */
const GONE_MS = 10 * 60_000;

/**
 * Writes the beat and returns how many came before it: 0 for an instance that is new, or was struck
 * off.
 */
const BEAT = `
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  local before = redis.call('HGET', KEYS[1], ARGV[1])
  local beats = before and cjson.decode(before).beats + 1 or 0
  redis.call('HSET', KEYS[1], ARGV[1], cjson.encode({beatAt = now, beats = beats, about = ARGV[2]}))
  return beats`;
/** The instant and all beats from one script, so that both are by one clock at one moment. */
const ALL = `
  local time = redis.call('TIME')
  return {time[1] * 1000 + math.floor(time[2] / 1000), redis.call('HGETALL', KEYS[1])}`;
/** The gate asks for this mark: see `call-gate.ts`. */
const STRIKE_OFF = `
  redis.call('SET', KEYS[2], '1', 'PX', ARGV[2])
  return redis.call('HDEL', KEYS[1], ARGV[1])`;

const aboutShape = z
  .string()
  .transform((text): unknown => JSON.parse(text))
  .pipe(z.object({ sealsWith: z.string().optional(), workers: z.array(z.string()).optional() }));
/** What another version wrote and this one cannot read counts as nobody. */
const beat = z
  .string()
  .transform((text): unknown => JSON.parse(text))
  .pipe(z.object({ beatAt: z.number(), beats: z.number(), about: aboutShape }));
const everybody = z.tuple([z.number(), z.array(z.string())]);

/** Where the mark of a dead instance stands. */
export function goneKeyOf(id: string): string {
  return `${PREFIX}:gone:${id}`;
}

/** One hash of all, by the server's clock. Striking off frees the leases of the gate at once, and the locks of BullMQ right after. */
export class RedisInstanceBook implements InstanceBook {
  readonly #redis: RedisConnection;

  constructor(redis: RedisConnection) {
    this.#redis = redis;
  }

  /** True when the instance was known already. */
  async beat(id: string, about: InstanceAbout): Promise<boolean> {
    return (await this.#redis.script(count, BEAT, [BOOK], [id, JSON.stringify(about)])) > 0;
  }

  async all(): Promise<{ now: number; instances: Instance[] }> {
    const [now, fields] = await this.#redis.script(everybody, ALL, [BOOK], []);
    const instances: Instance[] = [];
    for (let index = 0; index + 1 < fields.length; index += 2) {
      const id = fields[index] ?? '';
      const read = beat.safeParse(fields[index + 1]);
      // One that another version wrote counts as nobody: it has leases that run out by themselves.
      if (read.success) instances.push({ id, ...read.data });
    }
    return { now, instances };
  }

  async strikeOff({ id, about }: Instance): Promise<void> {
    // The locks first: should this process die between the two, the next looker does both again.
    await freeLocksOf(this.#redis, about.workers ?? []);
    await this.#redis.script(count, STRIKE_OFF, [BOOK, goneKeyOf(id)], [id, GONE_MS]);
  }

  /** By the instance itself: when it leaves in order, and when it goes on under another id. */
  async remove(id: string): Promise<void> {
    await this.#redis.ask((redis) => redis.hdel(BOOK, id));
  }
}
