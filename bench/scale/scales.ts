import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { Database } from 'sqlite3';
import type { Engine } from '../growth/stocked-store.ts';

/** What a store holds and has been asked so far. */
export interface Weight {
  readonly bytes: number;
  /** Commands that a process has sent to Redis; 0 for a file. */
  readonly commands: number;
  /** Those that its scripts have run beside them. */
  readonly inScripts: number;
}

/** A look at a store from outside, while a bot works on it. */
export interface Scales {
  weigh(): Promise<Weight>;
  close(): Promise<void>;
}

/** What is asked without a question, signs of life and the like, is counted for so long. */
export const IDLE_MS = 4_000;

export function openScales(engine: Engine, storeUrl: string): Promise<Scales> {
  return engine === 'SQLite' ? ofFile(storeUrl.replace('sqlite:', '')) : ofRedis(storeUrl);
}

/** Pages that are in use, those that still stand in the log among them. */
async function ofFile(path: string): Promise<Scales> {
  const database = new Database(path);
  const pragma = (name: string) =>
    new Promise<number>((resolve, reject) => {
      database.all<Record<string, number>>(`PRAGMA ${name}`, (error, rows) =>
        error ? reject(error) : resolve(Object.values(rows[0] ?? {})[0] ?? 0),
      );
    });
  return {
    async weigh() {
      const pages = (await pragma('page_count')) - (await pragma('freelist_count'));
      return { bytes: pages * (await pragma('page_size')), commands: 0, inScripts: 0 };
    },
    close: () => new Promise((resolve) => database.close(() => resolve())),
  };
}

/** Redis' own word of its memory, and every command as it passes: `MONITOR` tells those of scripts apart. */
async function ofRedis(url: string): Promise<Scales> {
  const redis = new Redis(url);
  const watching = new Redis(url);
  const monitor = await watching.monitor();
  let [commands, inScripts] = [0, 0];
  monitor.on('monitor', (_at: string, _args: readonly string[], source: string) => {
    if (source === 'lua') inScripts++;
    else commands++;
  });
  return {
    async weigh() {
      const memory = await redis.info('memory');
      // What is on its way here still.
      await pause(100);
      return { bytes: Number(/used_memory_dataset:(\d+)/.exec(memory)?.[1]), commands, inScripts };
    },
    async close() {
      monitor.disconnect();
      watching.disconnect();
      redis.disconnect();
    },
  };
}
