import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { OutboxJob } from '../../src/storage/ports.ts';
import { until } from '../support/until.ts';
import { type ScriptedWorker, startWorker } from './scripted-worker.ts';
import type { StoreUnderTest } from './store-under-test.ts';

const LONG_MS = 60 * 60 * 1000;

/** What a process holds without a lease: a job that it works on itself, and that falls due when it dies. */
export function describeOutboxHold(name: string, open: () => Promise<StoreUnderTest>): void {
  describe(`${name}: a job held ahead of its time`, () => {
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
    const job = (id: string, dueInMs: number): OutboxJob => {
      const now = under.clock.now();
      const payload = { for: id };
      return { id, type: 'reply', owner: 'U1', payload, runAt: now + dueInMs, deadline: now + LONG_MS };
    };
    function work(): ScriptedWorker {
      const worker = startWorker(under.store.outbox, under.clock);
      workers.push(worker);
      return worker;
    }

    test('is moved ahead again and again, with another payload where one is given', async () => {
      const { outbox } = under.store;
      await outbox.enqueue(job('question-1', LONG_MS));
      const runAt = under.clock.now() + 2 * LONG_MS;
      expect(await outbox.postpone('question-1', runAt, { for: 'somebody' })).toBe(true);
      expect(await outbox.find('question-1')).toMatchObject({ runAt, payload: { for: 'somebody' } });
      expect(await outbox.postpone('question-1', runAt + 1)).toBe(true);
      expect(await outbox.find('question-1')).toMatchObject({
        runAt: runAt + 1,
        payload: { for: 'somebody' },
      });
    });

    test('keeps its payload to the letter, whatever stands in it', async () => {
      const { outbox } = under.store;
      const tricky = (mark: string) => ({
        text: `${mark} 100 %d "runAt":1,"payload":{"a":1},"deadline":2 \\ \n ✓`,
        list: [],
        nothing: {},
        deep: [{ runAt: 1, dueAt: 2, deadline: 3, uncounted: 4, done: false }, [[]], null],
        payload: { runAt: 1 },
        number: 1_764_434_567_890.5,
      });
      await outbox.enqueue({ ...job('question-1', LONG_MS), owner: 'U"1",\\', payload: tricky('old') });
      const runAt = under.clock.now() + 2 * LONG_MS;
      await outbox.postpone('question-1', runAt);
      expect((await outbox.find('question-1'))?.payload).toEqual(tricky('old'));
      await outbox.postpone('question-1', runAt + 1, tricky('new'));
      expect(await outbox.find('question-1')).toMatchObject({
        owner: 'U"1",\\',
        runAt: runAt + 1,
        payload: tricky('new'),
      });
    });

    test('many at once are added, moved and ended each for itself', async () => {
      const { outbox } = under.store;
      const ids = ['question-1', 'question-2', 'question-3'];
      const added = await Promise.all([...ids, 'question-1'].map((id) => outbox.enqueue(job(id, LONG_MS))));
      expect(added).toEqual(['added', 'added', 'added', 'duplicate']);
      const runAt = under.clock.now() + 2 * LONG_MS;
      const moved = await Promise.all([...ids, 'question-4'].map((id) => outbox.postpone(id, runAt)));
      expect(moved).toEqual([true, true, true, false]);
      const ended = await Promise.all(['question-1', 'question-3'].map((id) => outbox.finish(id)));
      expect(ended).toEqual([true, true]);
      expect(await outbox.find('question-2')).toMatchObject({ payload: { for: 'question-2' } });
    });

    test('runs at once when it is handed over', async () => {
      const { outbox } = under.store;
      const worker = work();
      await outbox.enqueue(job('question-1', LONG_MS));
      expect(await outbox.postpone('question-1', under.clock.now())).toBe(true);
      expect((await worker.next()).job).toMatchObject({ id: 'question-1', payload: { for: 'question-1' } });
    });

    test('ends without having run, and its id stays known', async () => {
      const { outbox } = under.store;
      const held = job('question-1', 200);
      await outbox.enqueue(held);
      expect(await outbox.finish('question-1')).toBe(true);
      expect(await outbox.find('question-1')).toBeUndefined();
      expect(await outbox.finish('question-1')).toBe(false);
      expect(await outbox.postpone('question-1', under.clock.now())).toBe(false);
      expect(await outbox.enqueue(held)).toBe('duplicate');
      const worker = work();
      await outbox.enqueue(job('question-2', 400));
      await under.advance(500);
      expect((await worker.next()).job.id).toBe('question-2');
      expect(worker.runs).toHaveLength(1);
    });

    test('is not taken away from a worker that runs it', async () => {
      const { outbox } = under.store;
      const worker = work();
      await outbox.enqueue(job('question-1', 0));
      const run = await worker.next();
      expect(await outbox.postpone('question-1', under.clock.now() + LONG_MS)).toBe(false);
      expect(await outbox.finish('question-1')).toBe(false);
      run.end({ kind: 'done' });
      await until('its end', async () => (await outbox.find('question-1')) === undefined);
    });
  });
}
