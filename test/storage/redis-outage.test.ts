import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { openStore } from '../../src/storage/open.ts';
import { type Store, StoreError } from '../../src/storage/ports.ts';
import { captureLog } from '../support/log-capture.ts';
import { HAS_REDIS, type RedisServer, startRedis } from '../support/redis-server.ts';
import { until } from '../support/until.ts';

const LONG_MS = 60_000;
const ICCID = '8910000000001000019';
let server: RedisServer;
let store: Store | undefined;

const open = async (url = server.url) => {
  store = await openStore(url, { clock: systemClock, log: captureLog().log });
  return store;
};
const job = (id: string, runAt = Date.now()) => ({
  id,
  type: 'reply',
  owner: 'U1',
  payload: { for: id },
  runAt,
  deadline: Date.now() + LONG_MS,
});

describe.skipIf(!HAS_REDIS)('Redis that is away', () => {
  afterEach(async () => {
    await store?.close();
    store = undefined;
    await server.stop();
  });

  it('is told at the start, with the remedy and without the URL', async () => {
    server = await startRedis();
    await server.set('requirepass', 'sesame');
    const refused = await open().catch((error: unknown) => error);
    expect(refused).toMatchObject({
      code: 'STORE_REFUSED',
      remedy: expect.stringContaining('redis://:password'),
    });
    const secret = server.url.replace('//', '//:sesame@');
    await server.crash();
    const away = await open(secret).catch((error: unknown) => error);
    expect(away).toMatchObject({ code: 'STORE_UNAVAILABLE', remedy: expect.stringContaining('STORE_URL') });
    if (away instanceof StoreError) expect(`${away.message} ${away.remedy}`).not.toContain('sesame');
    await expect(open('redis://user:p@ss/word@host')).rejects.toBeInstanceOf(StoreError);
  });

  it('makes every question fail as an outage, never as "not there", and all works again by itself', async () => {
    server = await startRedis();
    const { snapshots, gate, pace, outbox, registry, audit, health } = await open();
    await snapshots.put(ICCID, { kind: 'unknown-esim', asOf: 1 });
    await registry.put('note', 'a', 'kept', LONG_MS);
    await outbox.enqueue(job('reply-before', Date.now() + LONG_MS));
    await server.crash();
    const event = { at: 1, asker: 'U1', place: 'C1', iccidMasked: '…0019', outcome: 'fresh' };
    for (const question of [
      () => snapshots.get(ICCID),
      () => snapshots.put(ICCID, { kind: 'unknown-esim', asOf: 2 }),
      () => gate.tryAcquire('key', LONG_MS),
      () => pace.reserve('airalo', 1, 1),
      () => outbox.enqueue(job('reply-during')),
      () => outbox.pendingOf('U1'),
      () => outbox.cancel('reply-before'),
      () => outbox.depth(),
      () => registry.get('note', 'a'),
      () => registry.putIfAbsent('note', 'b', 1, LONG_MS),
      () => audit.append(event),
      () => audit.recent({ limit: 1 }),
    ])
      await expect(question()).rejects.toBeInstanceOf(StoreError);
    expect(await health()).toMatchObject({
      ok: false,
      warnings: [{ remedy: expect.stringContaining('STORE_URL') }],
    });
    await server.start();
    await until('it is back', async () => (await health()).ok);
    expect(await until('the cache is back', () => snapshots.get(ICCID).catch(() => undefined))).toEqual({
      kind: 'unknown-esim',
      asOf: 1,
    });
    expect(await registry.get('note', 'a')).toBe('kept');
    expect((await outbox.pendingOf('U1')).map(({ id }) => id)).toEqual(['reply-before']);
  });

  it('costs a worker nothing but time: what was due meanwhile runs once', async () => {
    server = await startRedis();
    const { outbox } = await open();
    const ran: string[] = [];
    outbox.consume(
      'reply',
      async ({ id }) => {
        ran.push(id);
        return { kind: 'done' };
      },
      { concurrency: 4, visibilityMs: 1_000, backoff: { baseMs: 10, capMs: 20 }, onError: () => undefined },
    );
    await outbox.enqueue(job('reply-first'));
    await until('the first ran', () => ran.length === 1);
    await outbox.enqueue(job('reply-due', Date.now() + 300));
    await server.crash();
    await server.start();
    await until('the second ran', () => ran.includes('reply-due'));
    await until('both ended', async () => (await outbox.depth().catch(() => undefined))?.active === 0);
    expect(ran).toEqual(['reply-first', 'reply-due']);
  });

  it('is warned of when it would lose promises', async () => {
    server = await startRedis('--appendonly', 'no', '--maxmemory-policy', 'allkeys-lru');
    expect((await (await open()).health()).warnings).toEqual([
      expect.objectContaining({ remedy: 'Set appendonly yes' }),
      { what: expect.stringContaining('allkeys-lru'), remedy: 'Set maxmemory-policy noeviction' },
    ]);
  });

  it('that has no memory left says so', async () => {
    server = await startRedis();
    const { outbox } = await open();
    await server.set('maxmemory', '1');
    await expect(outbox.enqueue(job('reply-1'))).rejects.toMatchObject({ code: 'STORE_FULL' });
    await server.set('maxmemory', '0');
    expect(await outbox.enqueue(job('reply-1'))).toBe('added');
  });
});
