/**
 * What a worker does to a queue of BullMQ's (6.7), many jobs in one script: its own worker takes, renews and ends them one by one, which was
 * three quarters of what ten thousand answers at once cost. The keys and fields are BullMQ's, so that its lists, counts and changes of a job
 * go on as they are, and a process of an earlier version works beside. `ARGV[1]` is what stands before each key of the queue.
 */

/** Sets `held`: whether the job is still under this lock. One that ran out, as when Redis was away for longer than it lives, holds as long as nobody else has the job. */
const IS_HELD = `
  local active
  local function isHeld(id, token)
    local lock = redis.call('GET', ARGV[1] .. id .. ':lock')
    if lock then return lock == token end
    if not active then
      active = {}
      for _, one in ipairs(redis.call('LRANGE', ARGV[1] .. 'active', 0, -1)) do active[one] = true end
    end
    return active[id] == true
  end
  local function lock(id, token, ms)
    redis.call('SET', ARGV[1] .. id .. ':lock', token, 'PX', ms)
    redis.call('SREM', ARGV[1] .. 'stalled', id)
  end`;

/**
 * ARGV: the instant, the worker's id, the number of its next lock, the life of a lock in ms, how many at most, 1 to look first for jobs whose
 * lock is gone, and the ids of its own running jobs. Returns the instant at which the next one is due, then id, lock, data and starts of each.
 */
export const CLAIM = `
  local queue, now, limit = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[6])
  if ARGV[7] == '1' then
    local own = {}
    for index = 8, #ARGV do own[ARGV[index]] = true end
    for _, id in ipairs(redis.call('LRANGE', queue .. 'active', 0, -1)) do
      if not own[id] and redis.call('EXISTS', queue .. id .. ':lock') == 0 then
        redis.call('LREM', queue .. 'active', 1, id)
        redis.call('SREM', queue .. 'stalled', id)
        redis.call('RPUSH', queue .. 'wait', id)
      end
    end
  end
  local ids = {}
  while #ids < limit do
    local id = redis.call('RPOP', queue .. 'wait')
    if not id then break end
    ids[#ids + 1] = id
  end
  if #ids < limit then
    local due = redis.call('ZRANGEBYSCORE', queue .. 'delayed', 0, (now + 1) * 4096 - 1, 'LIMIT', 0, limit - #ids)
    if #due > 0 then redis.call('ZREM', queue .. 'delayed', unpack(due)) end
    for _, id in ipairs(due) do ids[#ids + 1] = id end
  end
  local answer = {''}
  for index, id in ipairs(ids) do
    local data = redis.call('HGET', queue .. id, 'data')
    if data then
      local token = ARGV[3] .. ':' .. (tonumber(ARGV[4]) + index)
      redis.call('LPUSH', queue .. 'active', id)
      redis.call('SET', queue .. id .. ':lock', token, 'PX', ARGV[5])
      redis.call('HSET', queue .. id, 'processedOn', ARGV[2], 'delay', 0)
      local starts = redis.call('HINCRBY', queue .. id, 'ats', 1)
      for _, value in ipairs({id, token, data, tostring(starts)}) do answer[#answer + 1] = value end
    end
  end
  local next = redis.call('ZRANGE', queue .. 'delayed', 0, 0, 'WITHSCORES')
  if next[2] then answer[1] = string.format('%.0f', math.floor(tonumber(next[2]) / 4096)) end
  return answer`;

/** ARGV: the life of a lock in ms, then id and lock of each. Returns those ids whose lock lives on. */
export const RENEW = `${IS_HELD}
  local held = {}
  for index = 3, #ARGV, 2 do
    if isHeld(ARGV[index], ARGV[index + 1]) then
      lock(ARGV[index], ARGV[index + 1], ARGV[2])
      held[#held + 1] = ARGV[index]
    end
  end
  return held`;

/** ARGV: the life of a lock in ms, id, lock and new data. Returns 1 when it is written. */
export const SAVE = `${IS_HELD}
  if not isHeld(ARGV[3], ARGV[4]) or redis.call('EXISTS', ARGV[1] .. ARGV[3]) == 0 then return 0 end
  lock(ARGV[3], ARGV[4], ARGV[2])
  redis.call('HSET', ARGV[1] .. ARGV[3], 'data', ARGV[5])
  return 1`;

/**
 * ARGV: of each job its id, lock, end, new data, and what belongs to the end: the instant at which a `delayed` one is due again, or the reason of
 * one that has `failed`. Returns the ids of those that are written; under a lock that is lost nothing is.
 */
export const END = `${IS_HELD}
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  local queue, ended, delayed = ARGV[1], {}, false
  for index = 2, #ARGV, 5 do
    local id, kind, belongs = ARGV[index], ARGV[index + 2], ARGV[index + 4]
    local job = queue .. id
    if isHeld(id, ARGV[index + 1]) and redis.call('EXISTS', job) == 1 then
      redis.call('LREM', queue .. 'active', -1, id)
      redis.call('DEL', job .. ':lock')
      redis.call('SREM', queue .. 'stalled', id)
      redis.call('HSET', job, 'data', ARGV[index + 3])
      if kind == 'delayed' then
        redis.call('ZADD', queue .. 'delayed', string.format('%.0f', tonumber(belongs) * 4096), id)
        redis.call('HSET', job, 'delay', string.format('%.0f', math.max(0, tonumber(belongs) - now)))
        delayed = true
      else
        redis.call('HINCRBY', job, 'atm', 1)
        redis.call('HSET', job, 'finishedOn', now)
        if kind == 'failed' then redis.call('HSET', job, 'failedReason', belongs)
        else redis.call('HSET', job, 'returnvalue', 'null') end
        redis.call('ZADD', queue .. kind, now, id)
      end
      ended[#ended + 1] = id
    end
  end
  if delayed then
    local next = redis.call('ZRANGE', queue .. 'delayed', 0, 0, 'WITHSCORES')
    redis.call('ZADD', queue .. 'marker', string.format('%.0f', math.floor(tonumber(next[2]) / 4096)), '1')
  end
  return ended`;
