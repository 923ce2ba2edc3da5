import { afterEach, beforeEach, expect, it } from 'vitest';
import { DEFAULT_RETENTION } from '../../src/storage/retention.ts';
import { createSeal } from '../../src/storage/sealed/seal.ts';
import type { Question } from '../../src/usage/platform.ts';
import { questionJob, readQuestionJob } from '../../src/usage/question.ts';
import { createQuestionIntake } from '../../src/usage/question-intake.ts';
import { veilWith } from '../../src/usage/question-veil.ts';
import { startQuestionWorker } from '../../src/usage/question-worker.ts';
import { captureLog } from '../support/log-capture.ts';
import { openSqliteUnderTest } from '../support/sqlite-under-test.ts';
import { until } from '../support/until.ts';

const EMAIL = 'anna@example.com';
const veil = veilWith(createSeal([Buffer.alloc(32, 3)]));
const ask = { kind: 'text', text: EMAIL };

let under: Awaited<ReturnType<typeof openSqliteUnderTest>>;
beforeEach(async () => {
  under = await openSqliteUnderTest(DEFAULT_RETENTION);
});
afterEach(() => under.cleanUp());

const asked = (): Question => ({
  address: { platform: 'slack', asker: 'slack:T1:U1', messageKey: 'slack:1', routes: { dm: 'D1' } },
  requestId: '1',
  askedAt: under.clock.now(),
  ask,
});

it('what was asked stands covered in the store, and is read by whichever process answers it', async () => {
  const { store, clock, advance } = under;
  const parts = { outbox: store.outbox, registry: store.registry, clock, log: captureLog().log };
  const intake = createQuestionIntake({ ...parts, veil });
  const hold = await intake.accept(asked());
  await hold?.save({ address: { ...asked().address, routes: { dm: 'D2' } } });
  const kept = await store.outbox.find(hold?.jobId ?? '');
  expect(JSON.stringify(kept)).not.toContain(EMAIL);
  expect(JSON.stringify(kept)).toContain('D2');
  const heard: unknown[] = [];
  const worker = startQuestionWorker({
    ...parts,
    intake: { isHeld: () => false, isAnswered: () => false },
    veil: veilWith(createSeal([Buffer.alloc(32, 3)])),
    platforms: new Map([
      [
        'slack',
        {
          name: 'slack',
          start: async () => undefined,
          stop: async () => undefined,
          health: () => ({ ready: true, detail: '' }),
          mayReceive: async () => ({ kind: 'allowed' }),
          deliver: async () => ({ kind: 'retry', error: 'none' }),
          resume: async (question, context) => {
            heard.push(question.ask);
            await context.saveAddress(question.address);
            return { kind: 'delivered', route: 'edit' };
          },
        },
      ],
    ]),
  });
  await hold?.handOver();
  await until('it is answered', async () => {
    await advance(250);
    return heard.length > 0;
  });
  await worker.stop(0);
  expect(heard).toEqual([ask]);
});

it('a question of another secret cannot be read, and one from before there was a cover can', () => {
  const job = questionJob(asked(), 0, veilWith(createSeal([Buffer.alloc(32, 9)])));
  expect(readQuestionJob(job, veil)?.ask).toBeUndefined();
  expect(readQuestionJob(questionJob(asked(), 0), veil)?.ask).toEqual(ask);
});
