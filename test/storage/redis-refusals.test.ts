import { Redis } from 'ioredis';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { openStore } from '../../src/storage/open.ts';
import { captureLog } from '../support/log-capture.ts';
import { HAS_REDIS, type RedisServer, startRedis } from '../support/redis-server.ts';

let server: RedisServer;
const open = (url: string) => openStore(url, { clock: systemClock, log: captureLog().log });
const withLogin = (login: string) => server.url.replace('//', `//${login}@`);

/** Runs one command as the administrator. */
async function administer(...command: [string, ...string[]]): Promise<void> {
  const redis = new Redis(server.url);
  await redis.call(...command);
  redis.disconnect();
}

describe('an address of Redis that cannot be meant', () => {
  it.each(['redis://:p@ss@host:6379/0', 'redis://user:p#ss@host/0', 'redis://user:p@ss/word@host'])(
    'names the characters to encode: %s',
    async (url) => {
      await expect(open(url)).rejects.toMatchObject({ remedy: expect.stringContaining('%40') });
    },
  );
});

describe.skipIf(!HAS_REDIS)('a Redis that answers and refuses', () => {
  afterEach(() => server.stop());

  it('is told apart: the password that is missing, wrong, or not wanted', async () => {
    server = await startRedis();
    await expect(open(withLogin(':sesame'))).rejects.toMatchObject({
      code: 'STORE_REFUSED',
      remedy: expect.stringContaining('Take it out'),
    });
    await server.set('requirepass', 'sesame');
    await expect(open(server.url)).rejects.toMatchObject({
      code: 'STORE_REFUSED',
      message: expect.stringContaining('wants a password'),
    });
    await expect(open(withLogin(':wrong'))).rejects.toMatchObject({
      code: 'STORE_REFUSED',
      message: expect.stringContaining('refuses the user or password'),
    });
  });

  it('is told apart: which permission the user lacks, and the one that is proposed is enough', async () => {
    server = await startRedis();
    await administer('ACL', 'SETUSER', 'poor', 'on', '>pw', '~*', '&*', '+@all', '-get');
    const refused = await open(withLogin('poor:pw')).catch((error: unknown) => error);
    expect(refused).toMatchObject({
      code: 'STORE_REFUSED',
      message: expect.stringContaining("'get' command"),
      remedy: expect.stringContaining('ACL SETUSER'),
    });
    const remedy = refused instanceof Error && 'remedy' in refused ? String(refused.remedy) : '';
    const rules = remedy.split('<user> ')[1]?.split(' ') ?? [];
    await administer('ACL', 'SETUSER', 'enough', '>pw', ...rules);
    const store = await open(withLogin('enough:pw'));
    expect(await store.health()).toMatchObject({ ok: true });
    await store.outbox.enqueue({
      id: 'reply-1',
      type: 'reply',
      owner: 'U1',
      payload: 1,
      runAt: 0,
      deadline: 1,
    });
    expect((await store.outbox.find('reply-1'))?.payload).toBe(1);
    await store.prune();
    await store.close();
  });

  it('is told apart: a database that is not there, and a node of a cluster', async () => {
    server = await startRedis('--databases', '1');
    await expect(open(server.url.replace(/0$/, '5'))).rejects.toMatchObject({
      code: 'STORE_REFUSED',
      remedy: expect.stringContaining('/0'),
    });
    await server.stop();
    server = await startRedis('--cluster-enabled', 'yes');
    await expect(open(server.url)).rejects.toMatchObject({
      code: 'STORE_REFUSED',
      message: expect.stringContaining('cluster'),
    });
  });
});
