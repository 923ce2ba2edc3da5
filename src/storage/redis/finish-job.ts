import { count, PREFIX, type RedisConnection } from './connection.ts';
import { TYPES } from './dead-locks.ts';

/**
 * A job that nobody runs goes from the delayed, or the waiting, to the completed as BullMQ (6.7) itself would put it there, its payload wiped.
 * BullMQ can do that for a running job alone: each question that was answered on the spot would be run once more for nothing.
 */
const FINISH = `
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  for _, type in ipairs(redis.call('SMEMBERS', KEYS[1])) do
    local queue = ARGV[1] .. type .. ':'
    local data = redis.call('HGET', queue .. ARGV[2], 'data')
    if data then
      local held = redis.call('ZREM', queue .. 'delayed', ARGV[2])
      if held == 0 then held = redis.call('LREM', queue .. 'wait', 1, ARGV[2]) end
      if held == 0 then return 0 end
      local record = cjson.decode(data)
      record.payload = cjson.null
      record.done = true
      redis.call('HSET', queue .. ARGV[2], 'data', cjson.encode(record), 'finishedOn', now, 'returnvalue', 'null')
      redis.call('ZADD', queue .. 'completed', now, ARGV[2])
      return 1
    end
  end
  return 0`;

/** True once it is done; false for a job that is not pending, or is running. Throws `StoreError`. */
export async function finishJob(redis: RedisConnection, id: string): Promise<boolean> {
  return (await redis.script(count, FINISH, [TYPES], [`${PREFIX}:`, id])) === 1;
}
