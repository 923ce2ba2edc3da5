import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OutboxJob } from '../../src/storage/ports.ts';
import { DEFAULT_RETENTION } from '../../src/storage/retention.ts';
import type { Question } from '../../src/usage/platform.ts';
import { QUESTION } from '../../src/usage/question.ts';
import { createQuestionIntake, type QuestionIntake } from '../../src/usage/question-intake.ts';
import { startWorker } from '../contract/scripted-worker.ts';
import { captureLog } from '../support/log-capture.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { openSqliteUnderTest } from '../support/sqlite-under-test.ts';
import { until } from '../support/until.ts';

type Under = Awaited<ReturnType<typeof openSqliteUnderTest>>;
let under: Under;
let intake: QuestionIntake;

function question(id: string): Question {
  const address = { platform: 'slack', asker: 'slack:T1:U1', messageKey: `slack:${id}`, routes: {} } as const;
  return { address, requestId: id, askedAt: under.clock.now(), ask: { kind: 'help' } };
}
async function accepted(id: string) {
  const hold = await intake.accept(question(id));
  if (!hold) throw new Error('Known already');
  return hold;
}
const inProcess = ({ store, clock }: Under) =>
  createQuestionIntake({ outbox: store.outbox, registry: store.registry, clock, log: captureLog().log });

beforeEach(async () => {
  under = await openSqliteUnderTest(DEFAULT_RETENTION);
  intake = inProcess(under);
});
afterEach(() => under.cleanUp());

describe('a question that is taken in', () => {
  it('is taken once, by this process or by another one, also when it has ended', async () => {
    const hold = await accepted('one');
    expect(await intake.accept(question('one'))).toBeUndefined();
    const other = inProcess({ ...under, store: await under.another() });
    expect(await other.accept(question('one'))).toBeUndefined();
    await hold.done();
    expect(await intake.accept(question('one'))).toBeUndefined();
    expect(intake.isHeld(hold.jobId)).toBe(false);
  });

  it('stays with the process that works on it, however long that takes', async () => {
    const hold = await accepted('long');
    const worker = startWorker((await under.another()).outbox, under.clock, { type: QUESTION });
    for (let second = 1; second <= 12; second++) {
      await under.advance(1_000);
      // Its renewal is through, however slow the disk is.
      await until('it is held on', async () => {
        const runAt = (await under.store.outbox.find(hold.jobId))?.runAt ?? 0;
        return runAt > under.clock.now() + 1_500;
      });
    }
    expect(worker.runs).toEqual([]);
    expect(await hold.ours()).toBe(true);
    await hold.done();
    await worker.consumer.stop(0);
  });

  it('is handed over at once, or not before an instant', async () => {
    const worker = startWorker(under.store.outbox, under.clock, { type: QUESTION });
    const [now, later] = [await accepted('now'), await accepted('later')];
    expect(await later.handOver(under.clock.now() + 30_000)).toBe(true);
    expect(await now.handOver()).toBe(true);
    expect((await worker.next()).job.id).toBe(now.jobId);
    await under.advance(29_000);
    expect(worker.runs).toHaveLength(1);
    await under.advance(1_500);
    expect((await worker.next()).job.id).toBe(later.jobId);
    worker.letGo();
    await worker.consumer.stop(1_000);
  });

  it('is not answered by a process that slept while another one has taken it', async () => {
    // Its own time stands still meanwhile: nothing of it runs.
    const asleep = new ManualClock();
    intake = inProcess({ ...under, clock: asleep });
    const hold = await accepted('slept');
    const worker = startWorker((await under.another()).outbox, under.clock, { type: QUESTION });
    await under.advance(4_000);
    expect((await worker.next()).job.id).toBe(hold.jobId);
    asleep.advance(4_000);
    expect(await hold.ours()).toBe(false);
    worker.letGo();
    await worker.consumer.stop(1_000);
  });

  it('is taken all the same while the store is away, once in this process', async () => {
    await under.store.close();
    const away = createQuestionIntake({
      outbox: under.store.outbox,
      registry: { putIfAbsent: async () => true },
      clock: under.clock,
      log: captureLog().log,
    });
    const hold = await away.accept(question('away'));
    expect(await hold?.ours()).toBe(true);
    expect(await hold?.handOver()).toBe(false);
  });

  describe('while the store is slow', () => {
    const WAIT_MS = 1_500;
    let letGo: () => void;
    let slow: QuestionIntake;

    beforeEach(() => {
      const { outbox, registry } = under.store;
      const open = new Promise<void>((resolve) => {
        letGo = resolve;
      });
      const late = {
        enqueue: async (job: OutboxJob) => {
          await open;
          return outbox.enqueue(job);
        },
        postpone: outbox.postpone.bind(outbox),
        finish: outbox.finish.bind(outbox),
      };
      slow = createQuestionIntake({ outbox: late, registry, clock: under.clock, log: captureLog().log });
    });

    /** Taken although it is not written down yet. */
    async function acknowledged(id: string) {
      const taking = slow.accept(question(id), WAIT_MS);
      await under.advance(WAIT_MS);
      const hold = await taking;
      if (!hold) throw new Error('Known already');
      return hold;
    }

    it('is taken before it is durable, and ended once it is', async () => {
      const hold = await acknowledged('slow');
      expect(await slow.accept(question('slow'), WAIT_MS)).toBeUndefined();
      const done = hold.done();
      expect(await under.store.outbox.find(hold.jobId)).toBeUndefined();
      letGo();
      await done;
      expect(await under.store.outbox.find(hold.jobId)).toBeUndefined();
      expect(await intake.accept(question('slow'))).toBeUndefined();
    });

    it('is left to the process that had it first, whose job stays', async () => {
      const hold = await acknowledged('raced');
      const first = await accepted('raced');
      const ours = hold.ours();
      letGo();
      expect(await ours).toBe(false);
      await hold.done();
      expect(await under.store.outbox.find(first.jobId)).toBeDefined();
      await first.done();
    });

    it('is answered all the same where the store does not take it in the end', async () => {
      const hold = await acknowledged('refused');
      await under.store.close();
      letGo();
      expect(await hold.ours()).toBe(true);
      await hold.done();
      expect(await hold.handOver()).toBe(false);
      // The store may have it all the same, and give it to a worker later.
      expect(slow.isAnswered(hold.jobId)).toBe(true);
    });
  });
});
