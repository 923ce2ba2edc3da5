import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { JobIdError } from '../../src/storage/job-id.ts';
import { LeaseLostError } from '../../src/storage/lease-lost.ts';
import type { OutboxJob, Store } from '../../src/storage/ports.ts';
import { until } from '../support/until.ts';
import { type ScriptedWorker, startWorker, VISIBILITY_MS } from './scripted-worker.ts';
import type { StoreUnderTest } from './store-under-test.ts';

const LONG_MS = 60 * 60 * 1000;
const SHORT_MS = 400;

/** Durable, at least once, one worker at a time. */
export function describeOutbox(name: string, open: () => Promise<StoreUnderTest>): void {
  describe(`${name}: outbox`, () => {
    let under: StoreUnderTest;
    let workers: ScriptedWorker[];
    beforeEach(async () => {
      workers = [];
      under = await open();
    });
    afterEach(async () => {
      for (const worker of workers) worker.letGo();
      await under.cleanUp();
    });

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
    function work(
      store: Store = under.store,
      options: Parameters<typeof startWorker>[2] = {},
    ): ScriptedWorker {
      const worker = startWorker(store.outbox, under.clock, options);
      workers.push(worker);
      return worker;
    }
    const gone = (id: string, store = under.store) =>
      until(`job ${id} ended`, async () => (await store.outbox.find(id)) === undefined);

    test('takes an id once, while it is pending and after it is done', async () => {
      const { outbox } = under.store;
      const first = job('reply-1');
      expect(await outbox.enqueue(first)).toBe('added');
      expect(await outbox.enqueue({ ...first, payload: 'other' })).toBe('duplicate');
      expect(await outbox.find('reply-1')).toEqual(first);
      (await work().next()).end({ kind: 'done' });
      await gone('reply-1');
      expect(await outbox.enqueue(first)).toBe('duplicate');
    });

    test('takes one of two with the same id that come side by side, among others', async () => {
      const { outbox } = under.store;
      const ids = ['reply-1', 'reply-2', 'reply-1', 'reply-3'];
      const said = await Promise.all(ids.map((id) => outbox.enqueue(job(id))));
      expect(said.toSorted()).toEqual(['added', 'added', 'added', 'duplicate']);
      expect(await outbox.depth()).toMatchObject({ pending: 3 });
      const one = job('reply-4');
      const twice = await Promise.all([outbox.enqueue(one), outbox.enqueue(one)]);
      expect(twice.toSorted()).toEqual(['added', 'duplicate']);
    });

    test('refuses an id that not every engine could keep', async () => {
      for (const id of ['', '8910000000001000019', 'a:b', 'a b', 'x'.repeat(101)])
        await expect(under.store.outbox.enqueue(job(id))).rejects.toBeInstanceOf(JobIdError);
    });

    test('runs what was acknowledged before a restart', async () => {
      const kept = job('reply-1', { payload: { routes: ['a', { b: null }], text: 'ü' } });
      await under.store.outbox.enqueue(kept);
      const reopened = await under.reopen();
      expect(await reopened.outbox.find('reply-1')).toEqual(kept);
      const run = await work(reopened).next();
      expect(run.job).toEqual(kept);
      expect(run.context.attempt).toBe(1);
    });

    test('wakes an idle worker of the same process at once', async () => {
      const worker = work();
      await under.store.outbox.depth();
      await under.store.outbox.enqueue(job('reply-1'));
      expect((await worker.next()).job.id).toBe('reply-1');
    });

    test('finds what another process enqueued', async () => {
      const worker = work();
      await (await under.another()).outbox.enqueue(job('reply-1'));
      await under.advance(1_200);
      expect((await worker.next()).job.id).toBe('reply-1');
    });

    test('runs nothing before its time, then the earliest first', async () => {
      const { store, clock } = under;
      const start = clock.now();
      const runAts = { 'reply-c': start + 900, 'reply-a': start + SHORT_MS, 'reply-b': start + 650 };
      for (const [id, runAt] of Object.entries(runAts)) await store.outbox.enqueue(job(id, { runAt }));
      const worker = work(store, { concurrency: 1, answer: async () => ({ kind: 'done' }) });
      await under.advance(1_200);
      const runs = [await worker.next(), await worker.next(), await worker.next()];
      expect(runs.map((run) => run.job.id)).toEqual(['reply-a', 'reply-b', 'reply-c']);
      for (const run of runs) expect(run.startedAt).toBeGreaterThanOrEqual(run.job.runAt);
    });

    test('gives a worker its own type only, and no more at once than it wants', async () => {
      for (const id of ['reply-1', 'reply-2', 'reply-3']) await under.store.outbox.enqueue(job(id));
      await under.store.outbox.enqueue(job('other-1', { type: 'other' }));
      const worker = work(under.store, { concurrency: 2 });
      const first = await worker.next();
      await worker.next();
      await under.advance(SHORT_MS);
      expect(worker.runs).toHaveLength(2);
      first.end({ kind: 'done' });
      await worker.next();
      expect(worker.runs.map((run) => run.job.type)).toEqual(['reply', 'reply', 'reply']);
    });

    test('never lets two workers hold one job', async () => {
      const ids = Array.from({ length: 60 }, (_, number) => `reply-${number}`);
      await Promise.all(ids.map((id) => under.store.outbox.enqueue(job(id))));
      const held = new Set<string>();
      let clashes = 0;
      const answer: NonNullable<Parameters<typeof startWorker>[2]>['answer'] = async ({ job: { id } }) => {
        if (held.has(id)) clashes++;
        held.add(id);
        await nextTurn();
        held.delete(id);
        return { kind: 'done' };
      };
      const both = [work(under.store, { answer }), work(await under.another(), { answer })];
      await until('all ended', async () => (await under.store.outbox.pendingOf('U1')).length === 0);
      expect(clashes).toBe(0);
      expect(both.flatMap((worker) => worker.runs.map((run) => run.job.id)).sort()).toEqual(ids.sort());
    });

    test('keeps the lease of a worker that takes longer than the visibility timeout', async () => {
      await under.store.outbox.enqueue(job('reply-1'));
      const slow = work();
      const run = await slow.next();
      const rival = work(await under.another());
      await under.advance(VISIBILITY_MS * 2.2);
      expect(rival.runs).toHaveLength(0);
      expect(run.context.signal.aborted).toBe(false);
      run.end({ kind: 'done' });
      await gone('reply-1');
      expect(slow.runs).toHaveLength(1);
    });

    test('keeps the leases of many that run at once, and ends those that end at once each in its own way', async () => {
      const ids = Array.from({ length: 120 }, (_, number) => `reply-${number}`);
      await Promise.all(ids.map((id) => under.store.outbox.enqueue(job(id))));
      const worker = work(under.store, { concurrency: ids.length });
      await until('all run', () => worker.runs.length === ids.length);
      const rival = work(await under.another());
      await under.advance(VISIBILITY_MS * 1.5);
      const later = under.clock.now() + LONG_MS;
      worker.runs.forEach((run, index) => {
        if (index % 4 === 0) run.end({ kind: 'done' });
        else if (index % 4 === 1) run.end({ kind: 'dead', reason: `no route ${index}` });
        else if (index % 4 === 2) run.end({ kind: 'defer', runAt: later });
        else run.end({ kind: 'retry', error: 'away', notBefore: later });
      });
      await until('all ended', async () => (await under.store.outbox.depth()).active === 0);
      expect(await under.store.outbox.depth()).toMatchObject({ pending: 60, dead: 30 });
      const dead = await under.store.outbox.dead(100);
      expect(new Set(dead.map(({ reason }) => reason)).size).toBe(30);
      expect(dead.every(({ id, payload }) => Object(payload).for === id)).toBe(true);
      expect(rival.runs).toHaveLength(0);
      expect(worker.runs.filter(({ context }) => context.signal.aborted)).toEqual([]);
      expect(worker.errors).toEqual([]);
    });

    test('returns the job of a worker that died, as a further attempt', async () => {
      await under.store.outbox.enqueue(job('reply-1'));
      const dying = work();
      const run = await dying.next();
      await dying.consumer.stop(0);
      expect(run.context.signal.aborted).toBe(true);
      const heir = work(await under.another());
      await under.advance(VISIBILITY_MS + 200);
      const again = await heir.next();
      expect(again.job).toEqual(run.job);
      expect(again.context.attempt).toBe(2);
    });

    test('lets a worker that lost its lease neither save nor end the job', async () => {
      await under.store.outbox.enqueue(job('reply-1'));
      const dying = work();
      const run = await dying.next();
      await dying.consumer.stop(0);
      const other = await under.another();
      const heir = work(other);
      await under.advance(VISIBILITY_MS + 200);
      const again = await heir.next();
      await expect(run.context.savePayload({ stale: true })).rejects.toBeInstanceOf(LeaseLostError);
      run.end({ kind: 'done' });
      await until('the late outcome was refused', () =>
        dying.errors.some(({ error, jobId }) => error instanceof LeaseLostError && jobId === 'reply-1'),
      );
      expect((await other.outbox.find('reply-1'))?.payload).toEqual({ for: 'reply-1' });
      again.end({ kind: 'done' });
      await gone('reply-1');
    });

    test('counts no attempt for a job that is put off, and moves its time', async () => {
      await under.store.outbox.enqueue(job('reply-1'));
      const worker = work();
      const runAt = under.clock.now() + SHORT_MS;
      (await worker.next()).end({ kind: 'defer', runAt });
      await until('it was put off', async () => (await under.store.outbox.find('reply-1'))?.runAt === runAt);
      await under.advance(SHORT_MS + 100);
      const again = await worker.next();
      expect(again.startedAt).toBeGreaterThanOrEqual(runAt);
      expect(again.job.runAt).toBe(runAt);
      expect(again.context.attempt).toBe(1);
    });

    test('counts an attempt for a retry, waits for its time, and leaves the promised one as it was', async () => {
      const promised = job('reply-1');
      await under.store.outbox.enqueue(promised);
      const worker = work();
      const first = await worker.next();
      const notBefore = under.clock.now() + SHORT_MS;
      first.end({ kind: 'retry', error: 'HTTP 503', notBefore });
      // On a slow machine its time may have come before it is seen to rest.
      const idle = async () => (await under.store.outbox.depth()).active === 0;
      await until('it is put off', async () => worker.runs.length === 2 || (await idle()));
      await under.advance(SHORT_MS + 100);
      const again = await worker.next();
      expect(again.startedAt).toBeGreaterThanOrEqual(notBefore);
      expect(again.context.attempt).toBe(2);
      expect(again.job).toEqual(promised);
    });

    test('treats a handler that throws as a retry, and tells of it', async () => {
      await under.store.outbox.enqueue(job('reply-1'));
      const worker = work();
      const mishap = new Error('boom');
      (await worker.next()).fail(mishap);
      await until('it was told of', () => worker.errors.some(({ error }) => error === mishap));
      expect(worker.errors).toContainEqual({ error: mishap, jobId: 'reply-1' });
      // Its backoff is so short that in real time it may be running again already.
      const idle = async () => (await under.store.outbox.depth()).active === 0;
      await until('it is written down', async () => worker.runs.length === 2 || (await idle()));
      await under.advance(SHORT_MS);
      expect((await worker.next()).context.attempt).toBe(2);
    });

    test('hands over a job past its deadline instead of dropping it', async () => {
      const late = under.clock.now() - 1_000;
      await under.store.outbox.enqueue(job('reply-1', { runAt: late - 1_000, deadline: late }));
      expect((await work().next()).job.deadline).toBe(late);
    });

    test('keeps a payload saved while running for the next attempt', async () => {
      await under.store.outbox.enqueue(job('reply-1'));
      const worker = work();
      const run = await worker.next();
      await run.context.savePayload({ route: 'channel' });
      expect((await under.store.outbox.find('reply-1'))?.payload).toEqual({ route: 'channel' });
      run.end({ kind: 'retry', error: 'HTTP 500', notBefore: under.clock.now() + SHORT_MS });
      await until('it is not running', async () => (await under.store.outbox.depth()).active === 0);
      await under.advance(SHORT_MS + 100);
      expect((await worker.next()).job.payload).toEqual({ route: 'channel' });
    });
  });
}
