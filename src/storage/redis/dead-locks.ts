import { count, PREFIX, type RedisConnection } from './connection.ts';

/** The types of jobs there are: BullMQ has no list of its queues. */
export const TYPES = `${PREFIX}:outbox-types`;

/**
 * BullMQ (6.7) gives a job back when it stands among the active and the `stalled` without a lock. Its lock is `<worker id>:<number>`, so
 * those of dead workers are told from the others; `stalled-check` keeps the next check from being put off.
 */
const FREE = `
  local dead = {}
  for index = 2, #ARGV do dead[ARGV[index]] = true end
  local freed = 0
  for _, id in ipairs(redis.call('LRANGE', ARGV[1] .. 'active', 0, -1)) do
    local lock = redis.call('GET', ARGV[1] .. id .. ':lock')
    if lock and dead[string.match(lock, '^(.*):%d+$')] then
      redis.call('DEL', ARGV[1] .. id .. ':lock')
      redis.call('SADD', ARGV[1] .. 'stalled', id)
      freed = freed + 1
    end
  end
  if freed > 0 then redis.call('DEL', ARGV[1] .. 'stalled-check') end
  return freed`;

/**
 * Frees whatever these workers held; who checks for stalled jobs next takes it. Throws
 * `StoreError`; whoever looks for the dead next does it again.
 */
export async function freeLocksOf(redis: RedisConnection, workers: readonly string[]): Promise<void> {
  if (workers.length === 0) return;
  const types = await redis.ask((client) => client.smembers(TYPES));
  for (const type of types) await redis.script(count, FREE, [], [`${PREFIX}:${type}:`, ...workers]);
}
