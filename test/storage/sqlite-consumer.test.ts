import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { LeaseLostError } from '../../src/storage/lease-lost.ts';
import { type OutboxJob, StoreError } from '../../src/storage/ports.ts';
import { DEFAULT_RETENTION } from '../../src/storage/retention.ts';
import { openDatabase, type SqliteDatabase } from '../../src/storage/sqlite/database.ts';
import { type ScriptedWorker, startWorker, VISIBILITY_MS } from '../contract/scripted-worker.ts';
import type { StoreUnderTest } from '../contract/store-under-test.ts';
import { openSqliteUnderTest } from '../support/sqlite-under-test.ts';
import { until } from '../support/until.ts';

const LONG_MS = 60 * 60 * 1000;
const anything = z.unknown();

describe('SQLite: consumer in trouble', () => {
  let under: StoreUnderTest;
  let beside: SqliteDatabase;
  let worker: ScriptedWorker | undefined;

  beforeEach(async () => {
    const opened = await openSqliteUnderTest(DEFAULT_RETENTION);
    under = opened;
    beside = await openDatabase(opened.path);
  });
  afterEach(async () => {
    worker?.letGo();
    worker = undefined;
    await beside.close();
    await under.cleanUp();
  });

  function job(id: string): OutboxJob {
    const now = under.clock.now();
    return { id, type: 'reply', owner: 'U1', payload: { for: id }, runAt: now, deadline: now + LONG_MS };
  }
  function work(): ScriptedWorker {
    worker = startWorker(under.store.outbox, under.clock);
    return worker;
  }
  const breakOutbox = () => beside.all(anything, 'ALTER TABLE outbox RENAME TO away');
  const mendOutbox = () => beside.all(anything, 'ALTER TABLE away RENAME TO outbox');
  const ended = (id: string) =>
    until(`${id} ended`, async () => {
      await under.advance(300);
      return (await under.store.outbox.find(id)) === undefined;
    });

  test('goes on by itself after an outage of the store, and tells of it', async () => {
    const { errors, next } = work();
    await breakOutbox();
    await under.advance(3_000);
    expect(errors.length).toBeGreaterThan(0);
    expect(errors.every(({ error, jobId }) => error instanceof StoreError && jobId === undefined)).toBe(true);
    await expect(under.store.outbox.enqueue(job('reply-1'))).rejects.toBeInstanceOf(StoreError);
    await mendOutbox();
    await under.store.outbox.enqueue(job('reply-1'));
    expect((await next()).job.id).toBe('reply-1');
  });

  test('asks less and less often while the outage lasts', async () => {
    const { errors } = work();
    await breakOutbox();
    await under.advance(60_000);
    expect(errors.length).toBeGreaterThan(8);
    expect(errors.length).toBeLessThan(25);
  });

  test('writes down what was done during an outage once it is over, and does not do it again', async () => {
    await under.store.outbox.enqueue(job('reply-1'));
    const { next, runs } = work();
    const run = await next();
    await breakOutbox();
    run.end({ kind: 'done' });
    await under.advance(VISIBILITY_MS / 2);
    await mendOutbox();
    await ended('reply-1');
    expect(runs).toHaveLength(1);
  });

  test('tells a handler whose lease somebody else took', async () => {
    await under.store.outbox.enqueue(job('reply-1'));
    const { next, errors } = work();
    const run = await next();
    await beside.changed(`UPDATE outbox SET holder = 'somebody else' RETURNING 1`);
    await under.advance(VISIBILITY_MS / 2);
    await until('the signal came', () => run.context.signal.aborted);
    expect(run.context.signal.reason).toBeInstanceOf(LeaseLostError);
    run.end({ kind: 'done' });
    await until('the outcome was refused', () => errors.some(({ error }) => error instanceof LeaseLostError));
    expect(await under.store.outbox.find('reply-1')).toBeDefined();
  });

  test('does not take its own job a second time when it was late to renew the lease', async () => {
    await under.store.outbox.enqueue(job('reply-1'));
    const { next, runs } = work();
    const run = await next();
    await beside.changed(`UPDATE outbox SET due_at = 0 RETURNING 1`);
    await under.store.outbox.enqueue(job('reply-2'));
    expect((await next()).job.id).toBe('reply-2');
    await under.advance(2 * VISIBILITY_MS);
    expect(runs).toHaveLength(2);
    expect(run.context.signal.aborted).toBe(false);
    run.end({ kind: 'done' });
    await ended('reply-1');
  });

  test('hands back untouched what it had just taken when it is stopped', async () => {
    await under.store.outbox.enqueue(job('reply-1'));
    const stopped = work();
    await stopped.consumer.stop(LONG_MS);
    expect(stopped.runs).toHaveLength(0);
    const run = await work().next();
    expect(run.context.attempt).toBe(1);
  });

  test('runs the other jobs beside one whose payload is damaged', async () => {
    for (const id of ['reply-1', 'reply-2']) await under.store.outbox.enqueue(job(id));
    await beside.changed(`UPDATE outbox SET payload = '{oops' WHERE id = 'reply-1' RETURNING 1`);
    const { next } = work();
    const payloads = [(await next()).job, (await next()).job].map(({ id, payload }) => [id, payload]);
    expect(Object.fromEntries(payloads)).toEqual({ 'reply-1': null, 'reply-2': { for: 'reply-2' } });
  });

  test('wipes the payload of a done and a cancelled job and keeps that of a dead one', async () => {
    const row = z.object({ id: z.string(), state: z.string(), payload: z.string().nullable() });
    for (const id of ['reply-1', 'reply-2']) await under.store.outbox.enqueue(job(id));
    await under.store.outbox.enqueue({ ...job('reply-3'), runAt: under.clock.now() + LONG_MS });
    const { next, consumer } = work();
    (await next()).end({ kind: 'done' });
    (await next()).end({ kind: 'dead', reason: 'no route' });
    await consumer.stop(LONG_MS);
    await under.store.outbox.cancel('reply-3');
    expect(await beside.all(row, 'SELECT id, state, payload FROM outbox ORDER BY id')).toEqual([
      { id: 'reply-1', state: 'done', payload: null },
      { id: 'reply-2', state: 'dead', payload: '{"for":"reply-2"}' },
      { id: 'reply-3', state: 'cancelled', payload: null },
    ]);
  });
});
