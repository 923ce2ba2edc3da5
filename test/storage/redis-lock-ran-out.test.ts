import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { openStore } from '../../src/storage/open.ts';
import type { Store } from '../../src/storage/ports.ts';
import { type ScriptedWorker, startWorker } from '../contract/scripted-worker.ts';
import { captureLog } from '../support/log-capture.ts';
import { HAS_REDIS, type RedisServer, startRedis } from '../support/redis-server.ts';
import { until } from '../support/until.ts';

const LONG_MS = 60_000;

/** As when Redis was away for longer than a lock lives, or its clock was corrected forwards. */
describe.skipIf(!HAS_REDIS)('a lock in Redis that ran out under a job that still runs', () => {
  let server: RedisServer;
  let store: Store;
  let worker: ScriptedWorker;
  let redis: Redis;
  beforeEach(async () => {
    server = await startRedis();
    store = await openStore(server.url, { clock: systemClock, log: captureLog().log });
    redis = new Redis(server.url);
    const now = Date.now();
    await store.outbox.enqueue({
      id: 'reply-1',
      type: 'reply',
      owner: 'U1',
      payload: 1,
      runAt: now,
      deadline: now + LONG_MS,
    });
    // So long that neither a renewal nor a check for stalled jobs comes by itself.
    worker = startWorker(store.outbox, systemClock, { visibilityMs: LONG_MS });
  });
  afterEach(async () => {
    worker.letGo();
    redis.disconnect();
    await store.close();
    await server.stop();
  });

  it('is taken again when nobody else has the job: it is done once, and no fault is told', async () => {
    const run = await worker.next();
    await redis.del('esim-usage:reply:reply-1:lock');
    await run.context.savePayload(2);
    await redis.del('esim-usage:reply:reply-1:lock');
    run.end({ kind: 'done' });
    await until('it ended', async () => (await store.outbox.find('reply-1')) === undefined);
    expect(worker.errors).toEqual([]);
    expect(worker.runs).toHaveLength(1);
    expect(run.context.signal.aborted).toBe(false);
  });

  it('is lost when somebody else has it', async () => {
    const run = await worker.next();
    await redis.set('esim-usage:reply:reply-1:lock', 'another:1');
    await expect(run.context.savePayload(2)).rejects.toMatchObject({ code: 'LEASE_LOST' });
    expect(run.context.signal.aborted).toBe(true);
  });
});
