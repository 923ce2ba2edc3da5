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
 * A lock that ran out although its job still runs, as when Redis was away for longer than the lock lives, is taken again as long as
 * nobody else has the job: it is not to be done twice for that.
 */
const REGAIN = `
  local lock = redis.call('GET', ARGV[1] .. ARGV[2] .. ':lock')
  if lock and lock ~= ARGV[3] then return 0 end
  local active = false
  for _, id in ipairs(redis.call('LRANGE', ARGV[1] .. 'active', 0, -1)) do
    if id == ARGV[2] then active = true end
  end
  if not active then return 0 end
  redis.call('SET', ARGV[1] .. ARGV[2] .. ':lock', ARGV[3], 'PX', ARGV[4])
  redis.call('SREM', ARGV[1] .. 'stalled', ARGV[2])
  return 1`;

/**
 * Frees whatever these workers held; who checks for stalled jobs next takes it. Throws
 * `StoreError`; whoever looks for the dead next does it again.
 */
export async function freeLocksOf(redis: RedisConnection, workers: readonly string[]): Promise<void> {
  if (workers.length === 0) return;
  const types = await redis.ask((client) => client.smembers(TYPES));
  for (const type of types) await redis.script(count, FREE, [], [`${PREFIX}:${type}:`, ...workers]);
}

/** What a lock is about. */
export interface JobLock {
  readonly type: string;
  readonly jobId: string;
  /** Of the run: BullMQ writes it into the lock. */
  readonly token: string;
  /** For how long the lock lives from now. */
  readonly lockMs: number;
}

/** True when the job is still this worker's, with a lock that lives on. */
export async function regainLock(
  redis: RedisConnection,
  { type, jobId, token, lockMs }: JobLock,
): Promise<boolean> {
  return (await redis.script(count, REGAIN, [], [`${PREFIX}:${type}:`, jobId, token, lockMs])) === 1;
}
