import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JobOutcome, OutboxJob, Retention } from '../../src/storage/ports.ts';
import { until } from '../support/until.ts';
import { type ScriptedWorker, startWorker } from './scripted-worker.ts';
import type { OpenUnderTest, StoreUnderTest } from './store-under-test.ts';

const LONG_MS = 60 * 60 * 1000;
const SHORT_MS = 400;

/** Lists, dead letters, cancelling, stopping and pruning. */
export function describeOutboxCare(name: string, open: OpenUnderTest, retention: Retention): void {
  let under: StoreUnderTest;
  let workers: ScriptedWorker[];
  const each = (kept: Retention) => {
    beforeEach(async () => {
      workers = [];
      under = await open(kept);
    });
    afterEach(async () => {
      for (const worker of workers) worker.letGo();
      await under.cleanUp();
    });
  };
  function job(id: string, change: Partial<OutboxJob> = {}): OutboxJob {
    const now = under.clock.now();
    return {
      id,
      type: 'reply',
      owner: 'U1',
      payload: { for: id },
      runAt: now,
      deadline: now + LONG_MS,
      ...change,
    };
  }
  function work(): ScriptedWorker {
    const worker = startWorker(under.store.outbox, under.clock);
    workers.push(worker);
    return worker;
  }
  /** Enqueues, runs once with this outcome, and stops the worker. */
  async function runOnce(id: string, outcome: JobOutcome): Promise<void> {
    await under.store.outbox.enqueue(job(id));
    const worker = work();
    (await worker.next()).end(outcome);
    await worker.consumer.stop(LONG_MS);
  }

  describe(`${name}: outbox care`, () => {
    each(retention);

    test('lists what is pending for one owner, running included, earliest first', async () => {
      const { outbox } = under.store;
      const now = under.clock.now();
      const later = job('reply-later', { runAt: now + 2 * LONG_MS });
      const sooner = job('reply-sooner', { runAt: now + LONG_MS });
      const due = job('reply-due');
      for (const one of [later, due, sooner]) await outbox.enqueue(one);
      await outbox.enqueue(job('reply-foreign', { owner: 'U2', runAt: now + LONG_MS }));
      const run = await work().next();
      expect(await outbox.pendingOf('U1')).toEqual([due, sooner, later]);
      run.end({ kind: 'done' });
      await until('it ended', async () => (await outbox.find('reply-due')) === undefined);
      expect(await outbox.pendingOf('U1')).toEqual([sooner, later]);
      expect(await outbox.pendingOf('U3')).toEqual([]);
    });

    test('lists at most a hundred', async () => {
      const runAt = under.clock.now() + LONG_MS;
      const jobs = Array.from({ length: 103 }, (_, number) =>
        job(`reply-${number}`, { runAt: runAt + number }),
      );
      await Promise.all(jobs.map((one) => under.store.outbox.enqueue(one)));
      const listed = await under.store.outbox.pendingOf('U1');
      expect(listed.map(({ id }) => id)).toEqual(
        Array.from({ length: 100 }, (_, number) => `reply-${number}`),
      );
    });

    test('counts what is pending, running and dead, and how long the oldest waits', async () => {
      const { store, clock } = under;
      expect(await store.outbox.depth()).toEqual({ pending: 0, active: 0, dead: 0, oldestDueMs: 0 });
      await runOnce('reply-dead', { kind: 'dead', reason: 'no route' });
      await store.outbox.enqueue(job('other-1', { type: 'other', runAt: clock.now() - 5_000 }));
      await store.outbox.enqueue(job('other-2', { type: 'other', runAt: clock.now() + LONG_MS }));
      await store.outbox.enqueue(job('reply-1'));
      await work().next();
      const depth = await store.outbox.depth();
      expect(depth).toMatchObject({ pending: 2, active: 1, dead: 1 });
      expect(depth.oldestDueMs).toBeGreaterThanOrEqual(5_000);
      expect(depth.oldestDueMs).toBeLessThan(60_000);
    });

    test('keeps a dead letter with its payload, reason and attempts, newest first', async () => {
      const { outbox } = under.store;
      await runOnce('reply-1', { kind: 'dead', reason: 'no route left' });
      await under.advance(50);
      await runOnce('reply-2', { kind: 'dead', reason: 'deadline passed' });
      const dead = await outbox.dead(10);
      expect(dead).toMatchObject([
        { id: 'reply-2', reason: 'deadline passed', attempts: 1, payload: { for: 'reply-2' } },
        { id: 'reply-1', reason: 'no route left', attempts: 1, owner: 'U1', type: 'reply' },
      ]);
      expect(dead[0]?.diedAt).toBeLessThanOrEqual(under.clock.now());
      expect(await outbox.dead(1)).toHaveLength(1);
      expect(await outbox.find('reply-1')).toBeUndefined();
      expect(await outbox.pendingOf('U1')).toEqual([]);
      expect(await outbox.enqueue(job('reply-1'))).toBe('duplicate');
    });

    test('runs a dead letter again when redriven, with its payload and a new deadline', async () => {
      const { outbox } = under.store;
      await runOnce('reply-1', { kind: 'dead', reason: 'no route left' });
      const deadline = under.clock.now() + 2 * LONG_MS;
      expect(await outbox.redrive('reply-1', deadline)).toBe(true);
      expect(await outbox.redrive('reply-1', deadline)).toBe(false);
      expect(await outbox.redrive('reply-none', deadline)).toBe(false);
      expect(await outbox.dead(10)).toEqual([]);
      const run = await work().next();
      expect(run.job).toMatchObject({ id: 'reply-1', deadline, payload: { for: 'reply-1' } });
      expect(run.context.attempt).toBe(1);
    });

    test('drops a dead letter, and nothing else', async () => {
      const { outbox } = under.store;
      await runOnce('reply-1', { kind: 'dead', reason: 'no route left' });
      await outbox.enqueue(job('reply-2', { runAt: under.clock.now() + LONG_MS }));
      expect(await outbox.drop('reply-2')).toBe(false);
      expect(await outbox.drop('reply-1')).toBe(true);
      expect(await outbox.drop('reply-1')).toBe(false);
      expect(await outbox.dead(10)).toEqual([]);
      expect(await outbox.find('reply-2')).toBeDefined();
    });

    test('makes a pending job due earlier, never later, and only a pending one', async () => {
      const { outbox } = under.store;
      const now = under.clock.now();
      await outbox.enqueue(job('reply-1', { runAt: now + LONG_MS, deadline: now + 2 * LONG_MS }));
      expect(await outbox.hasten('reply-1', now + 2 * LONG_MS)).toBe(true);
      expect((await outbox.find('reply-1'))?.runAt).toBe(now + LONG_MS);
      const worker = work();
      expect(await outbox.hasten('reply-1', now)).toBe(true);
      const run = await worker.next();
      expect(run.job).toMatchObject({ id: 'reply-1', runAt: now, payload: { for: 'reply-1' } });
      expect(await outbox.hasten('reply-1', now)).toBe(false);
      run.end({ kind: 'done' });
      await until('it ended', async () => (await outbox.find('reply-1')) === undefined);
      expect(await outbox.hasten('reply-1', now)).toBe(false);
      expect(await outbox.hasten('reply-none', now)).toBe(false);
    });

    test('never runs a cancelled job', async () => {
      const { outbox } = under.store;
      await outbox.enqueue(job('reply-1', { runAt: under.clock.now() + SHORT_MS }));
      expect(await outbox.cancel('reply-1')).toBe(true);
      expect(await outbox.cancel('reply-1')).toBe(false);
      expect(await outbox.find('reply-1')).toBeUndefined();
      const worker = work();
      await under.advance(SHORT_MS + 200);
      await outbox.enqueue(job('reply-2'));
      expect((await worker.next()).job.id).toBe('reply-2');
    });

    test('does not cancel what runs, is done, is dead or was never there', async () => {
      const { outbox } = under.store;
      await runOnce('reply-dead', { kind: 'dead', reason: 'no route left' });
      await outbox.enqueue(job('reply-1'));
      const run = await work().next();
      for (const id of ['reply-1', 'reply-dead', 'reply-none']) expect(await outbox.cancel(id)).toBe(false);
      run.end({ kind: 'done' });
      await until('it ended', async () => (await outbox.find('reply-1')) === undefined);
      expect(await outbox.cancel('reply-1')).toBe(false);
      expect(await outbox.dead(10)).toHaveLength(1);
    });

    test('takes nothing more once stopped, and waits for what runs', async () => {
      const { outbox } = under.store;
      await outbox.enqueue(job('reply-1'));
      const worker = work();
      const run = await worker.next();
      let stopped = false;
      const stopping = worker.consumer.stop(LONG_MS).then(() => {
        stopped = true;
      });
      await outbox.enqueue(job('reply-2'));
      await under.advance(SHORT_MS);
      expect([stopped, run.context.signal.aborted, worker.runs.length]).toEqual([false, false, 1]);
      run.end({ kind: 'done' });
      await stopping;
      expect(await outbox.find('reply-1')).toBeUndefined();
      expect(await outbox.find('reply-2')).toBeDefined();
    });

    test('writes down how a running job ended before the store is closed', async () => {
      await under.store.outbox.enqueue(job('reply-1'));
      const run = await work().next();
      const closing = under.store.close();
      run.end({ kind: 'done' });
      await closing;
      const reopened = await under.reopen();
      expect(await reopened.outbox.find('reply-1')).toBeUndefined();
      expect(await reopened.outbox.enqueue(job('reply-1'))).toBe('duplicate');
    });
  });

  describe(`${name}: pruning`, () => {
    each({
      snapshotMs: SHORT_MS,
      doneJobMs: SHORT_MS,
      deadJobMs: 3 * SHORT_MS,
      auditMs: SHORT_MS,
      historyMs: SHORT_MS,
    });

    test('removes what is past its age and keeps the rest', async () => {
      const { store, clock } = under;
      const iccid = '8910000000001000019';
      await store.snapshots.put(iccid, { kind: 'unknown-esim', asOf: clock.now() });
      await store.registry.put('claim', 'one', true, SHORT_MS);
      await store.audit.append({
        at: clock.now(),
        asker: 'U1',
        place: 'C1',
        iccidMasked: '…0019',
        outcome: 'fresh',
      });
      await store.outbox.enqueue(job('reply-later', { runAt: clock.now() + LONG_MS }));
      await runOnce('reply-done', { kind: 'done' });
      await runOnce('reply-dead', { kind: 'dead', reason: 'no route left' });
      await under.advance(SHORT_MS + 100);
      expect(await store.prune()).toBeGreaterThanOrEqual(0);
      expect(await store.snapshots.get(iccid)).toBeUndefined();
      expect(await store.audit.recent({ limit: 10 })).toEqual([]);
      expect(await store.outbox.dead(10)).toHaveLength(1);
      expect(await store.outbox.find('reply-later')).toBeDefined();
      expect(await store.outbox.enqueue(job('reply-done', { runAt: clock.now() + LONG_MS }))).toBe('added');
      await under.advance(2 * SHORT_MS + 100);
      await store.prune();
      expect(await store.outbox.dead(10)).toEqual([]);
    });
  });
}
