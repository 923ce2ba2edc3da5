import { afterEach, beforeEach, expect, it } from 'vitest';
import { DEFAULT_RETENTION } from '../../src/storage/retention.ts';
import { questionJob } from '../../src/usage/question.ts';
import { startQuestionWorker } from '../../src/usage/question-worker.ts';
import { captureLog } from '../support/log-capture.ts';
import { openSqliteUnderTest } from '../support/sqlite-under-test.ts';
import { until } from '../support/until.ts';

/** Within so long of the end of any outage, however long it was, the bot is back. */
const BACK_WITHIN_MS = 15_000;
const TRIES = 30;

let under: Awaited<ReturnType<typeof openSqliteUnderTest>>;
beforeEach(async () => {
  under = await openSqliteUnderTest(DEFAULT_RETENTION);
});
afterEach(() => under.cleanUp());

it('a question that cannot be answered is tried again every few seconds, however long the platform is away', async () => {
  const { store, clock, advance } = under;
  const triedAt: number[] = [];
  const worker = startQuestionWorker({
    outbox: store.outbox,
    intake: { isHeld: () => false, isAnswered: () => false },
    platforms: new Map([
      [
        'slack',
        {
          name: 'slack',
          start: async () => undefined,
          stop: async () => undefined,
          health: () => ({ ready: false, detail: 'away' }),
          mayReceive: async () => ({ kind: 'allowed' }),
          deliver: async () => ({ kind: 'retry', error: 'HTTP 503' }),
          resume: async () => {
            triedAt.push(clock.now());
            return { kind: 'retry', error: 'HTTP 503' };
          },
        },
      ],
    ]),
    clock,
    log: captureLog().log,
  });
  const address = { platform: 'slack', asker: 'slack:T1:U1', messageKey: 'slack:1', routes: {} } as const;
  const asked = { address, requestId: '1', askedAt: clock.now(), ask: { kind: 'help' } };
  await store.outbox.enqueue(questionJob(asked, clock.now()));
  await until('it is tried often', async () => {
    if (triedAt.length >= TRIES) return true;
    const { active } = await store.outbox.depth();
    await advance(active > 0 ? 20 : 250);
    return false;
  });
  await worker.stop(0);
  const waits = triedAt.slice(1).map((at, index) => at - (triedAt[index] ?? at));
  expect(Math.max(...waits)).toBeLessThanOrEqual(BACK_WITHIN_MS);
});

it('a question that this process has answered while the store was away is ended, not answered again', async () => {
  under = await openSqliteUnderTest(DEFAULT_RETENTION);
  const { store, clock, advance } = under;
  const worker = startQuestionWorker({
    outbox: store.outbox,
    intake: { isHeld: () => false, isAnswered: () => true },
    platforms: new Map(),
    clock,
    log: captureLog().log,
  });
  const address = { platform: 'slack', asker: 'slack:T1:U1', messageKey: 'slack:1', routes: {} } as const;
  const job = questionJob(
    { address, requestId: '1', askedAt: clock.now(), ask: { kind: 'help' } },
    clock.now(),
  );
  await store.outbox.enqueue(job);
  await until('it is ended', async () => {
    await advance(250);
    return (await store.outbox.find(job.id)) === undefined;
  });
  expect(await store.outbox.depth()).toMatchObject({ dead: 0 });
  await worker.stop(0);
});
