import { z } from 'zod';
import type { AuditEvent, AuditLog, AuditQuery } from '../ports.ts';
import { done, PREFIX, type RedisConnection } from './connection.ts';

/** The stream of everybody; those of the askers have their id behind it. */
const ALL = `${PREFIX}:audit`;
/** Of one person: more than anybody is shown. */
const KEPT_FOR_ASKER = 100;

/** `~` lets Redis cut whole blocks, which is cheaper; some more than that many may stay. */
const APPEND = `
  redis.call('XADD', KEYS[1], '*', 'event', ARGV[1])
  redis.call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[2], '*', 'event', ARGV[1])
  return redis.call('PEXPIRE', KEYS[2], ARGV[3])`;

/** Redis gives an entry as its id and a flat list of names and values; ours has one field. */
const entry = z.tuple([z.string(), z.array(z.string())]).transform(([, fields]): unknown => {
  const text = fields[1];
  return text === undefined ? undefined : JSON.parse(text);
});
/** What is read was written by us, perhaps by a later version: other fields are dropped. */
const event = z.object({
  at: z.number(),
  asker: z.string(),
  place: z.string(),
  iccidMasked: z.string(),
  esimHash: z.string().exactOptional(),
  outcome: z.string(),
});
const serverTime = z.tuple([z.coerce.number(), z.coerce.number()]);
const entries = z.array(entry.pipe(event));

/** One stream of everything, trimmed by age, and a short one for each asker, which ends with its last entry's age. */
export class RedisAuditLog implements AuditLog {
  readonly #redis: RedisConnection;
  readonly #keptMs: number;

  constructor(redis: RedisConnection, keptMs: number) {
    this.#redis = redis;
    this.#keptMs = keptMs;
  }

  /** Both streams in one script: an entry is in both or in neither. */
  async append(added: AuditEvent): Promise<void> {
    const keys = [ALL, keyOf(added.asker)];
    await this.#redis.script(done, APPEND, keys, [JSON.stringify(added), KEPT_FOR_ASKER, this.#keptMs]);
  }

  async recent({ asker, since, limit }: AuditQuery): Promise<AuditEvent[]> {
    const key = asker === undefined ? ALL : keyOf(asker);
    // The ids of a stream are the server's milliseconds, so an instant is a place in it.
    const from = since === undefined ? '-' : String(since);
    const rows = await this.#redis.ask((redis) => redis.xrevrange(key, '+', from, 'COUNT', limit));
    return entries.parse(rows);
  }

  /** Removes what is past its age; the streams of the askers end by themselves. */
  async prune(): Promise<number> {
    return this.#redis.ask(async (redis) => {
      const [seconds, microseconds] = serverTime.parse(await redis.time());
      const now = seconds * 1000 + Math.floor(microseconds / 1000);
      return redis.xtrim(ALL, 'MINID', Math.max(0, now - this.#keptMs));
    });
  }
}

function keyOf(asker: string): string {
  return `${ALL}:${asker}`;
}
