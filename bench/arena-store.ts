import { join } from 'node:path';
import { Redis } from 'ioredis';
import { startRedis } from '../test/support/redis-server.ts';
import type { Contender } from './contenders/all.ts';

/** Where the processes of one contender keep what they share: a file, or a Redis of its own. Empty at first. */
export interface ArenaStore {
  /** For `STORE_URL`. */
  readonly url: string;
  /** Lets what is kept for a time grow older by this. */
  turn(ms: number): Promise<void>;
  close(): Promise<void>;
}

/** A worker keeps the lock of the job it works on by real timers; all other lives are part of the calendar. */
const SHORTEN_LIVES = `
  for _, key in ipairs(redis.call('KEYS', '*')) do
    local left = redis.call('PTTL', key)
    if left > 0 and string.sub(key, -5) ~= ':lock' then redis.call('PEXPIRE', key, left - ARGV[1]) end
  end`;

export async function openArenaStore({ store }: Contender, folder: string): Promise<ArenaStore> {
  if (store === 'Redis') return openRedis();
  // A file knows no time but that of the processes.
  const nothing = async () => undefined;
  return { url: `sqlite:${join(folder, 'store.sqlite')}`, turn: nothing, close: nothing };
}

async function openRedis(): Promise<ArenaStore> {
  const server = await startRedis();
  const redis = new Redis(server.url);
  return {
    url: server.url,
    turn: async (ms) => void (await redis.eval(SHORTEN_LIVES, 0, Math.round(ms))),
    async close() {
      redis.disconnect();
      await server.stop();
    },
  };
}
