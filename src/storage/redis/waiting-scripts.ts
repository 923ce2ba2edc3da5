/**
 * What is done to jobs that nobody runs, many in one script: BullMQ's own ways (6.7) take a job five commands and three round trips, and each
 * question that is being worked on is one. The keys and fields are BullMQ's, as in `job-scripts.ts`. `KEYS[1]` is the set of the types there are,
 * `ARGV[1]` what stands before the name of each queue.
 */

const NOW = `
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)`;

/** A process of an earlier version waits by the marker. */
const DELAY = `${NOW}
  local touched = {}
  local function mark()
    for queue in pairs(touched) do
      local next = redis.call('ZRANGE', queue .. 'delayed', 0, 0, 'WITHSCORES')
      redis.call('ZADD', queue .. 'marker', string.format('%.0f', math.floor(tonumber(next[2]) / 4096)), '1')
    end
  end
  local function put(queue, id, at)
    redis.call('ZADD', queue .. 'delayed', string.format('%.0f', tonumber(at) * 4096), id)
    touched[queue] = true
  end
  local function delayTo(at) return string.format('%.0f', math.max(0, tonumber(at) - now)) end`;

/**
 * ARGV: BullMQ's options, then of each job its type, id, data, instant, nonce, the key of its owner's index, and how long that is kept in ms. Returns
 * the ids of those that are there by this very call: a call may be repeated whose answer was lost, and finds its own nonce then.
 */
export const ADD = `${DELAY}
  local added = {}
  for index = 3, #ARGV, 7 do
    local type, id, data, at, nonce, owner, keptMs = unpack(ARGV, index, index + 6)
    local queue = ARGV[1] .. type .. ':'
    local stored = redis.call('HGET', queue .. id, 'data')
    if not stored then
      redis.call('SADD', KEYS[1], type)
      redis.call('ZADD', owner, 'NX', at, id)
      redis.call('PEXPIRE', owner, keptMs)
      redis.call('HSET', queue .. id, 'name', type, 'data', data, 'opts', ARGV[2], 'timestamp', now, 'delay', delayTo(at), 'priority', 0)
      put(queue, id, at)
      added[#added + 1] = id
    elseif string.find(stored, nonce, 1, true) then
      added[#added + 1] = id
    end
  end
  mark()
  return added`;

/**
 * ARGV: of each job its id, its new instant, and its new payload as JSON, or nothing for the one it has. Returns id and type of those that are
 * moved. The record is changed as a text, for it is written in one order (see `JobRecord`): Redis' own JSON makes an object of an empty list.
 */
export const POSTPONE = `${DELAY}
  local types, moved = redis.call('SMEMBERS', KEYS[1]), {}
  for index = 2, #ARGV, 3 do
    local id, at, payload = ARGV[index], ARGV[index + 1], ARGV[index + 2]
    for _, type in ipairs(types) do
      local queue = ARGV[1] .. type .. ':'
      local data = redis.call('ZSCORE', queue .. 'delayed', id) and redis.call('HGET', queue .. id, 'data')
      local head, tail = string.match(data or '', '^(.*),"runAt":[^,]+,"dueAt":[^,]+(,"deadline":[^,]+,"uncounted":[^,]+,"done":false})$')
      if head then
        if payload ~= '' then head = string.match(head, '^(.-),"payload":') .. ',"payload":' .. payload end
        local changed = head .. ',"runAt":' .. at .. ',"dueAt":' .. at .. tail
        redis.call('HSET', queue .. id, 'data', changed, 'delay', delayTo(at))
        put(queue, id, at)
        moved[#moved + 1] = id
        moved[#moved + 1] = type
      end
    end
  end
  mark()
  return moved`;

/**
 * ARGV: ids. From the delayed, or the waiting, to the completed as BullMQ would put a running job there, its payload wiped. Returns the ids of those
 * that were pending, and that nobody ran.
 */
export const FINISH = `${NOW}
  local types, finished = redis.call('SMEMBERS', KEYS[1]), {}
  for index = 2, #ARGV do
    local id = ARGV[index]
    for _, type in ipairs(types) do
      local queue = ARGV[1] .. type .. ':'
      local data = redis.call('HGET', queue .. id, 'data')
      if data and (redis.call('ZREM', queue .. 'delayed', id) == 1 or redis.call('LREM', queue .. 'wait', 1, id) == 1) then
        local record = cjson.decode(data)
        record.payload = cjson.null
        record.done = true
        redis.call('HSET', queue .. id, 'data', cjson.encode(record), 'finishedOn', now, 'returnvalue', 'null')
        redis.call('ZADD', queue .. 'completed', now, id)
        finished[#finished + 1] = id
      end
    end
  end
  return finished`;
