import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { openStore } from '../../src/storage/open.ts';
import type { Store } from '../../src/storage/ports.ts';
import { type ScriptedWorker, startWorker } from '../contract/scripted-worker.ts';
import { captureLog } from '../support/log-capture.ts';
import { HAS_REDIS, type RedisServer, startRedis } from '../support/redis-server.ts';
import { until } from '../support/until.ts';

const PREFIX = 'esim-usage';
const LONG_MS = 60_000;

/** A queue in Redis is BullMQ's: another version of the bot, or a person with BullMQ's own tools, may have been at it. */
describe.skipIf(!HAS_REDIS)('a queue in Redis that others have worked on', () => {
  let server: RedisServer;
  let store: Store;
  let redis: Redis;
  let worker: ScriptedWorker | undefined;
  beforeEach(async () => {
    server = await startRedis();
    store = await openStore(server.url, { clock: systemClock, log: captureLog().log });
    redis = new Redis(server.url);
  });
  afterEach(async () => {
    worker?.letGo();
    redis.disconnect();
    await store.close();
    await server.stop();
  });

  const enqueue = (id: string, runAt = Date.now()) =>
    store.outbox.enqueue({
      id,
      type: 'reply',
      owner: 'U1',
      payload: { for: id, list: [], deep: { none: null } },
      runAt,
      deadline: Date.now() + LONG_MS,
    });
  const keyOf = (id: string) => `${PREFIX}:reply:${id}`;
  const startsWork = () => {
    worker = startWorker(store.outbox, systemClock);
    return worker;
  };

  it('takes a job for its own that it has added once more, since the first answer was lost', async () => {
    await enqueue('reply-1', Date.now() + LONG_MS);
    // What ioredis sends again after a lost connection is the very same script.
    const monitor = await redis.monitor();
    const scripts: string[][] = [];
    monitor.on('monitor', (_time, args: string[]) => scripts.push(args));
    expect(await enqueue('reply-2', Date.now() + LONG_MS)).toBe('added');
    const isAdding = (args: string[]) => args[0] === 'eval' && args.includes('reply-2');
    const seen = await until('the script was seen', () => scripts.find(isAdding));
    monitor.disconnect();
    // MONITOR shows the ends of lines so.
    const args = seen.slice(1).map((arg) => arg.replaceAll('\\n', '\n'));
    expect(await redis.call('eval', ...args)).toEqual(['reply-2']);
    expect(await store.outbox.depth()).toMatchObject({ pending: 2 });
    expect(await enqueue('reply-2')).toBe('duplicate');
  });

  it("stands where BullMQ's own tools find it, as they would have put it there", async () => {
    const runAt = Date.now() + LONG_MS;
    await enqueue('reply-1', runAt);
    const queue = new Queue('reply', { connection: { url: server.url }, prefix: PREFIX });
    const [job] = await queue.getDelayed();
    expect(job?.toJSON()).toMatchObject({ id: 'reply-1', name: 'reply', data: { owner: 'U1', runAt } });
    expect(job?.opts).toMatchObject({ removeOnComplete: false, backoff: { type: 'fixed', delay: 1_000 } });
    expect(Math.abs((job?.timestamp ?? 0) + (job?.delay ?? 0) - runAt)).toBeLessThan(5);
    await store.outbox.postpone('reply-1', runAt + LONG_MS);
    await job?.promote();
    expect(await queue.getWaitingCount()).toBe(1);
    await queue.close();
    expect((await startsWork().next()).job.id).toBe('reply-1');
  });

  it('makes a dead letter of a job that cannot be read, and runs the others', async () => {
    await enqueue('reply-1', Date.now() - 10);
    await enqueue('reply-2');
    await redis.hset(keyOf('reply-1'), 'data', '{oops');
    expect((await startsWork().next()).job.id).toBe('reply-2');
    await until('it is dead', async () => (await store.outbox.depth()).dead === 1);
    expect(await redis.hget(keyOf('reply-1'), 'failedReason')).toBe('The stored job cannot be read');
  });

  it('does not do again what an earlier version had done and could not say', async () => {
    await enqueue('reply-1', Date.now() - 10);
    await enqueue('reply-2');
    const data = JSON.parse((await redis.hget(keyOf('reply-1'), 'data')) ?? '');
    await redis.hset(keyOf('reply-1'), 'data', JSON.stringify({ ...data, payload: null, done: true }));
    const { next, runs } = startsWork();
    (await next()).end({ kind: 'done' });
    await until('both ended', async () => (await redis.zcard(`${PREFIX}:reply:completed`)) === 2);
    expect(runs.map(({ job }) => job.id)).toEqual(['reply-2']);
  });

  it('takes what a worker of BullMQ left among the active, and gives the payload back as it was', async () => {
    await enqueue('reply-1', Date.now() + LONG_MS);
    await redis.zrem(`${PREFIX}:reply:delayed`, 'reply-1');
    await redis.lpush(`${PREFIX}:reply:active`, 'reply-1');
    const run = await startsWork().next();
    expect(run.job.payload).toEqual({ for: 'reply-1', list: [], deep: { none: null } });
  });

  it('stays one that BullMQ can read: ended jobs are completed, put off ones delayed, dead ones failed', async () => {
    for (const id of ['reply-1', 'reply-2', 'reply-3']) await enqueue(id);
    const { next } = startsWork();
    const runs = [await next(), await next(), await next()];
    const later = Date.now() + LONG_MS;
    runs[0]?.end({ kind: 'done' });
    runs[1]?.end({ kind: 'defer', runAt: later });
    runs[2]?.end({ kind: 'dead', reason: 'no route' });
    const queue = new Queue('reply', { connection: redis, prefix: PREFIX });
    const counts = () => queue.getJobCounts('completed', 'delayed', 'failed', 'active');
    await until('all ended', async () => (await counts()).active === 0);
    expect(await counts()).toMatchObject({ completed: 1, delayed: 1, failed: 1 });
    const [failed] = await queue.getFailed();
    expect(failed).toMatchObject({ id: runs[2]?.job.id, failedReason: 'no route' });
    const [delayed] = await queue.getDelayed();
    expect(delayed?.id).toBe(runs[1]?.job.id);
    expect(await redis.keys(`${PREFIX}:reply:*:lock`)).toEqual([]);
    await queue.close();
  });
});
