import { once } from 'node:events';
import { appendFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { systemClock } from '../../src/clock.ts';
import { createLog } from '../../src/log.ts';
import { openStore } from '../../src/storage/open.ts';
import type { Store } from '../../src/storage/ports.ts';
import { StoreError } from '../../src/storage/ports.ts';

/**
 * A process of its own on a shared store, for the tests of contention and of kill -9. Arguments: the role, the store's
 * URL, a file to report into. Reports `ready` on standard output, begins at a line on standard input, and reports `done`.
 */
const [role = '', storeUrl = '', reportFile = '', rights = 'as started'] = process.argv.slice(2);
const NOBODY = 65_534;
const GATE_KEYS = 25;
const LEASE_MS = 60_000;
/** The life of a job in a worker that is killed: long enough to die in. */
const WORK_MS = 15;
/** Not to run out on a busy machine; that a holder has died is known sooner. */
const VISIBILITY_MS = 10_000;

const report = (line: string) => appendFileSync(reportFile, `${line}\n`);
const say = (line: string) => process.stdout.write(`${line}\n`);

const roles: Record<string, (store: Store) => Promise<void>> = {
  /** Asks for every key at once and reports the ones it leads. */
  async gate({ gate }) {
    const keys = Array.from({ length: GATE_KEYS }, (_, number) => `key-${number}`);
    const decisions = await Promise.all(
      keys.map(async (key) => ({ key, ...(await gate.tryAcquire(key, LEASE_MS)) })),
    );
    for (const { key, state } of decisions) report(`${state} ${key}`);
  },
  /** Enqueues for ever, and reports what was acknowledged. */
  async producer({ outbox }) {
    for (let number = 0; ; number++) {
      const now = Date.now();
      const id = `reply-${process.pid}-${number}`;
      await outbox.enqueue({
        id,
        type: 'reply',
        owner: 'U1',
        payload: {},
        runAt: now,
        deadline: now + LEASE_MS,
      });
      report(id);
    }
  },
  /**
   * Holds a job and a window for a minute, whatever happens, and reports what becomes of them when it has lost them: what a process does
   * that was stopped for a while.
   */
  async holder(store) {
    const lease = await store.gate.tryAcquire('key-held', LEASE_MS);
    report(`${lease.state} key-held`);
    store.outbox.consume(
      'reply',
      async (job, { attempt, signal, savePayload }) => {
        report(`held ${job.id} ${attempt}`);
        if (!signal.aborted) await once(signal, 'abort');
        if (lease.state === 'leader')
          report(`settled ${await store.gate.settle('key-held', lease.token, Date.now() + LEASE_MS)}`);
        await savePayload({ by: 'the late' }).catch((error: Error) => report(`unsaved ${error.name}`));
        return { kind: 'done' };
      },
      {
        concurrency: 1,
        visibilityMs: LEASE_MS,
        backoff: { baseMs: 10, capMs: 100 },
        onError: (error) => report(`error ${error instanceof Error ? error.name : String(error)}`),
      },
    );
    await new Promise((resolve) => process.once('SIGTERM', resolve));
  },
  /** Works until it is told to end, or killed; reports each send, as the other company's server would see it. */
  async worker(store) {
    store.outbox.consume(
      'reply',
      async (job, { attempt }) => {
        report(`${job.id} ${attempt}`);
        await systemClock.sleep(WORK_MS);
        return { kind: 'done' };
      },
      {
        concurrency: 5,
        visibilityMs: VISIBILITY_MS,
        backoff: { baseMs: 10, capMs: 100 },
        onError: (error) => report(`error ${String(error)}`),
      },
    );
    await new Promise((resolve) => process.once('SIGTERM', resolve));
  },
};

/** Takes root's power over file modes away. The engine is loaded first: nobody may not be able to read it any more. */
async function dropRights(): Promise<void> {
  await import('../../src/storage/sqlite/sqlite-store.ts');
  if (process.getuid?.() !== 0) return;
  process.setgid?.(NOBODY);
  process.setuid?.(NOBODY);
}

async function main(): Promise<void> {
  if (rights === 'unprivileged') await dropRights();
  const store = await openStore(storeUrl, { clock: systemClock, log: createLog('silent') });
  say('ready');
  for await (const _ of createInterface({ input: process.stdin })) break;
  await roles[role]?.(store);
  await store.close();
  say('done');
  process.exit(0);
}

main().catch((error: unknown) => {
  say(error instanceof StoreError ? `failed ${error.code}` : `failed ${String(error)}`);
  process.exit(1);
});
