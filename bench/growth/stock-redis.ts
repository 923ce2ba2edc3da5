import { Redis } from 'ioredis';
import type { Outbox, OutboxJob } from '../../src/storage/ports.ts';
import { until } from '../../test/support/until.ts';

/** Of copies that one script makes: Redis answers nobody meanwhile. */
const BATCH = 10_000;
/** Promises that are given side by side. */
const SIDE_BY_SIDE = 500;
const REWRITE_PATIENCE_MS = 300_000;

/** Lua's numbers are too short for an ICCID, so only its last digits are counted. */
const COPY = `
  for _, key in ipairs(KEYS) do
    local value, left = redis.call('GET', key), redis.call('PTTL', key)
    local from, to = string.find(key, ARGV[1], 1, true)
    for index = tonumber(ARGV[2]), tonumber(ARGV[3]) do
      local iccid = string.sub(ARGV[1], 1, -8) .. string.format('%07d', index)
      redis.call('SET', string.sub(key, 1, from - 1) .. iccid .. string.sub(key, to + 1), value, 'PX', left)
    end
  end`;

/** Copies every value that the store has written about the eSIM `first` for those that follow it, until there are `count`. */
export async function copyReadingInRedis(storeUrl: string, first: string, count: number): Promise<void> {
  const redis = new Redis(storeUrl);
  try {
    const keys = await redis.keys(`*${first}*`);
    for (let from = 1; from < count; from += BATCH)
      await redis.eval(COPY, keys.length, ...keys, first, from, Math.min(count, from + BATCH) - 1);
  } finally {
    redis.disconnect();
  }
}

/** Through the port, since only BullMQ knows what it makes of a job; a hundred thousand are some half a minute. */
export async function enqueueJobs(outbox: Outbox, jobs: readonly OutboxJob[]): Promise<void> {
  for (let from = 0; from < jobs.length; from += SIDE_BY_SIDE)
    await Promise.all(jobs.slice(from, from + SIDE_BY_SIDE).map((job) => outbox.enqueue(job)));
}

/** Redis rewrites its file in the background once that has grown: nothing is to be measured beside it. */
export async function untilRewritten(storeUrl: string): Promise<void> {
  const redis = new Redis(storeUrl);
  try {
    const isQuiet = async () =>
      !/aof_rewrite_(in_progress|scheduled):1/.test(await redis.info('persistence'));
    await until('Redis has rewritten its file', isQuiet, REWRITE_PATIENCE_MS);
  } finally {
    redis.disconnect();
  }
}
