import { readFile, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { openStore } from '../../src/storage/open.ts';
import type { Store } from '../../src/storage/ports.ts';
import { captureLog } from '../support/log-capture.ts';
import { type StoreProcess, startProcess } from '../support/processes.ts';
import { makeTemporaryPlace, type TemporaryPlace } from '../support/temporary-place.ts';
import { untilElsewhere } from '../support/until.ts';
import { type ScriptedWorker, startWorker } from './scripted-worker.ts';

/** Much shorter than the minute for which the dead one's leases would have run. */
const PATIENCE_MS = 30_000;
const LEASE_MS = 60_000;

/** What happens to the leases of a process that dies or stands still. `openUrl` gives the URL of an empty store. */
export function describeTakeover(name: string, openUrl: (place: TemporaryPlace) => Promise<string>): void {
  describe(`${name}: takeover`, () => {
    let place: TemporaryPlace;
    let url: string;
    let reportFile: string;
    let opened: Store[];
    let workers: ScriptedWorker[];
    let holder: StoreProcess;

    beforeEach(async () => {
      place = await makeTemporaryPlace();
      url = await openUrl(place);
      reportFile = place.path('report');
      await writeFile(reportFile, '');
      opened = [];
      workers = [];
      holder = startProcess('holder', url, reportFile);
      expect(await holder.opened).toBe('ready');
    });
    afterEach(async () => {
      for (const worker of workers) worker.letGo();
      holder.pause('SIGCONT');
      await holder.kill('SIGKILL');
      for (const store of opened) await store.close();
      await place.remove();
    });

    const report = async () => (await readFile(reportFile, 'utf8')).split('\n').slice(0, -1);
    const reported = (line: string) =>
      untilElsewhere(`it reports "${line}"`, async () => (await report()).includes(line), PATIENCE_MS);
    async function open(): Promise<Store> {
      const store = await openStore(url, { clock: systemClock, log: captureLog().log });
      opened.push(store);
      return store;
    }
    async function letItHold(store: Store): Promise<void> {
      const now = Date.now();
      await store.outbox.enqueue({
        id: 'reply-1',
        type: 'reply',
        owner: 'U1',
        payload: { by: 'the asker' },
        runAt: now,
        deadline: now + LEASE_MS,
      });
      holder.begin();
      await reported('held reply-1 1');
    }
    function work(store: Store): ScriptedWorker {
      const worker = startWorker(store.outbox, systemClock, { visibilityMs: LEASE_MS });
      workers.push(worker);
      return worker;
    }
    const leads = (store: Store) =>
      untilElsewhere(
        'the window can be had',
        async () => (await store.gate.tryAcquire('key-held', LEASE_MS)).state === 'leader',
        PATIENCE_MS,
      );

    test('what a killed process held is free long before its leases would have ended', async () => {
      const store = await open();
      await letItHold(store);
      const worker = work(store);
      expect((await store.gate.peek('key-held')).state).toBe('in-flight');
      await holder.kill('SIGKILL');
      const run = await worker.next();
      expect(run).toMatchObject({ job: { id: 'reply-1' }, context: { attempt: 2 } });
      await leads(store);
      run.end({ kind: 'done' });
    });

    test('a process that is started after the death of all others finds their leases free', async () => {
      const store = await open();
      await letItHold(store);
      await store.close();
      await holder.kill('SIGKILL');
      const after = await open();
      expect((await work(after).next()).context.attempt).toBe(2);
      await leads(after);
    });

    test('a process that stood still learns that it has lost everything, and changes nothing', async () => {
      const store = await open();
      await letItHold(store);
      const worker = work(store);
      holder.pause('SIGSTOP');
      const run = await worker.next();
      await leads(store);
      holder.pause('SIGCONT');
      await reported('settled false');
      await reported('unsaved LeaseLostError');
      expect((await store.outbox.find('reply-1'))?.payload).toEqual({ by: 'the asker' });
      expect((await store.gate.peek('key-held')).state).toBe('in-flight');
      run.end({ kind: 'done' });
      await untilElsewhere('it ended', async () => (await store.outbox.find('reply-1')) === undefined);
    });
  });
}
