import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { Database } from 'sqlite3';
import { HAS_REDIS, startRedisIn } from '../../../test/support/redis-server.ts';

/** SQLite's own flag. */
const OPEN_READONLY = 0x1;

/** Of a whole run: as long as a house may go without a release. */
export const SOAK_DAYS = 21;

export type StoreEngine = 'sqlite' | 'redis';

/** How much a store holds. */
export interface StoreSize {
  /** Rows of all tables, or keys. */
  readonly entries: number;
  /** Of the file with its log; of Redis' memory. */
  readonly mb: number;
}

/** The store of a soak. */
export interface SoakStore {
  readonly url: string;
  size(): Promise<StoreSize>;
  close(): Promise<void>;
}

const MB = 1024 ** 2;
/** Debian's package `faketime`: Redis' own clock rules its keys, so it has to go by the calendar as well. */
const FAKETIME = '/usr/lib';

/** The library that turns a server's clock; undefined where it is not installed. */
function faketimeLibrary(): string | undefined {
  if (!existsSync(FAKETIME)) return undefined;
  return readdirSync(FAKETIME)
    .map((name) => join(FAKETIME, name, 'faketime', 'libfaketime.so.1'))
    .find((path) => existsSync(path));
}

/** What can be soaked on this machine. */
export function soakedEngines(): StoreEngine[] {
  return HAS_REDIS && faketimeLibrary() !== undefined ? ['sqlite', 'redis'] : ['sqlite'];
}

export function openSoakStore(engine: StoreEngine, folder: string, calendarPath: string): Promise<SoakStore> {
  return engine === 'sqlite' ? openSqliteFile(folder) : openRedisServer(calendarPath);
}

async function openSqliteFile(folder: string): Promise<SoakStore> {
  const path = join(folder, 'store.sqlite');
  return {
    url: `sqlite:${path}`,
    async size() {
      const bytes = [path, `${path}-wal`].map((file) => (existsSync(file) ? statSync(file).size : 0));
      return { entries: await countRows(path), mb: bytes.reduce((sum, some) => sum + some, 0) / MB };
    },
    close: async () => undefined,
  };
}

async function countRows(path: string): Promise<number> {
  const database = new Database(path, OPEN_READONLY);
  const all = <T>(sql: string) =>
    new Promise<T[]>((resolve, reject) => {
      database.all<T>(sql, (error, rows) => (error ? reject(error) : resolve(rows)));
    });
  try {
    let sum = 0;
    for (const { name } of await all<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table'"))
      for (const { rows } of await all<{ rows: number }>(`SELECT count(*) AS rows FROM "${name}"`))
        sum += rows;
    return sum;
  } finally {
    await new Promise<void>((resolve) => database.close(() => resolve()));
  }
}

async function openRedisServer(calendarPath: string): Promise<SoakStore> {
  const server = await startRedisIn(
    {
      // Redis' own allocator asks for the time before faketime can answer: the C library's stands before it.
      LD_PRELOAD: `${faketimeLibrary()} libc.so.6`,
      FAKETIME_TIMESTAMP_FILE: calendarPath,
      FAKETIME_NO_CACHE: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      DONT_FAKE_MONOTONIC: '1',
    },
    '--appendfsync',
    'everysec',
    '--hz',
    '100',
  );
  const redis = new Redis(server.url);
  return {
    url: server.url,
    async size() {
      const used = /used_memory:(\d+)/.exec(await redis.info('memory'))?.[1];
      return { entries: await redis.dbsize(), mb: Number(used) / MB };
    },
    async close() {
      redis.disconnect();
      await server.stop();
    },
  };
}
