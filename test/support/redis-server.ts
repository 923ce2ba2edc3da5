import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { textIn } from './files-text.ts';
import { until } from './until.ts';

export interface RedisServer {
  /** Of its database 0. */
  readonly url: string;
  /** SIGKILL. */
  crash(): Promise<void>;
  /** Starts it again on the same port and files. */
  start(): Promise<void>;
  /** Changes one of its settings while it runs. */
  set(setting: string, value: string): Promise<void>;
  /** What stands in its append-only file, rewritten first, so that it is what the server holds now. */
  files(): Promise<string>;
  /** Forgets everything. */
  empty(): Promise<void>;
  stop(): Promise<void>;
}

/** Whether this machine has Debian's `redis-server`; what needs one is skipped elsewhere, and CI installs it. */
export const HAS_REDIS = (() => {
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'ignore' });
    return true;
  } catch (error) {
    if (process.env.REQUIRE_REDIS) throw error;
    return false;
  }
})();

/** A real Redis of the test's own, with files of its own. */
export function startRedis(...settings: string[]): Promise<RedisServer> {
  return startRedisIn({}, ...settings);
}

/** The same with variables of its process' environment. */
export async function startRedisIn(
  env: Readonly<Record<string, string>>,
  ...settings: string[]
): Promise<RedisServer> {
  const directory = await mkdtemp(join(tmpdir(), 'esim-redis-'));
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}/0`;
  const persistent = ['--appendonly', 'yes', '--appendfsync', 'always'];
  const args = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--dir',
    directory,
    '--save',
    '',
    ...persistent,
    ...settings,
  ];
  let child: ChildProcess | undefined;

  async function start(): Promise<void> {
    const server = spawn('redis-server', args, { stdio: 'ignore', env: { ...process.env, ...env } });
    child = server;
    // It would outlive a process that ends by an error.
    const end = () => server.kill('SIGKILL');
    process.once('exit', end);
    server.once('exit', () => process.off('exit', end));
    const probe = new Redis(url, { retryStrategy: () => 20, maxRetriesPerRequest: null });
    probe.on('error', () => undefined);
    await until('Redis answers', async () => (await probe.ping()) === 'PONG');
    probe.disconnect();
  }
  async function crash(): Promise<void> {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }
  async function ask(question: (redis: Redis) => Promise<unknown>): Promise<void> {
    const redis = new Redis(url);
    await question(redis);
    redis.disconnect();
  }
  await start();
  return {
    url,
    start,
    crash,
    set: (setting, value) => ask((redis) => redis.config('SET', setting, value)),
    async files() {
      await ask(async (redis) => {
        const idle = async () => /aof_rewrite_in_progress:0/.test(await redis.info('persistence'));
        await until('no rewriting is under way', idle);
        await redis.bgrewriteaof();
        await until('the file is rewritten', idle);
      });
      return textIn(directory);
    },
    empty: () => ask((redis) => redis.flushall()),
    async stop() {
      await crash();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return address !== null && typeof address === 'object' ? address.port : 0;
}
