import { readFile, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { openStore } from '../../src/storage/open.ts';
import type { Store } from '../../src/storage/ports.ts';
import { captureLog } from '../support/log-capture.ts';
import { type StoreProcess, startProcess } from '../support/processes.ts';
import { makeTemporaryPlace, type TemporaryPlace } from '../support/temporary-place.ts';
import { untilElsewhere } from '../support/until.ts';

const JOBS = 200;

/** What several processes on one store rely on, whatever the engine. `openUrl` gives the URL of an empty store. */
export function describeProcesses(name: string, openUrl: (place: TemporaryPlace) => Promise<string>): void {
  describe(`${name}: several processes on one store`, () => {
    let place: TemporaryPlace;
    let url: string;
    let reportFile: string;
    let store: Store;
    let processes: StoreProcess[];

    beforeEach(async () => {
      place = await makeTemporaryPlace();
      url = await openUrl(place);
      reportFile = place.path('report');
      await writeFile(reportFile, '');
      store = await openStore(url, { clock: systemClock, log: captureLog().log });
      processes = [];
    });
    afterEach(async () => {
      await Promise.all(processes.map((one) => one.kill('SIGKILL')));
      await store.close();
      await place.remove();
    });

    async function start(role: string): Promise<StoreProcess> {
      const started = startProcess(role, url, reportFile);
      processes.push(started);
      expect(await started.opened).toBe('ready');
      return started;
    }
    async function reported(): Promise<string[]> {
      return (await readFile(reportFile, 'utf8')).split('\n').slice(0, -1);
    }
    async function enqueueJobs(): Promise<string[]> {
      const now = Date.now();
      const ids = Array.from({ length: JOBS }, (_, number) => `reply-${number}`);
      const common = { type: 'reply', owner: 'U1', payload: {}, runAt: now, deadline: now + 60_000 };
      await Promise.all(ids.map((id) => store.outbox.enqueue({ ...common, id })));
      return ids;
    }
    const allEnded = () =>
      untilElsewhere('every job ended', async () => (await store.outbox.pendingOf('U1')).length === 0);

    test('four of them asking at once get one leader per key', async () => {
      const four = await Promise.all(Array.from({ length: 4 }, () => start('gate')));
      for (const one of four) one.begin();
      await Promise.all(four.map((one) => one.ended));
      const lines = await reported();
      const leaders = lines.filter((line) => line.startsWith('leader '));
      expect(lines).toHaveLength(100);
      expect(new Set(leaders).size).toBe(25);
      expect(leaders).toHaveLength(25);
      expect(lines.filter((line) => line.startsWith('in-flight '))).toHaveLength(75);
    });

    test('four workers run every job exactly once while none of them dies', async () => {
      const ids = await enqueueJobs();
      const four = await Promise.all(Array.from({ length: 4 }, () => start('worker')));
      for (const one of four) one.begin();
      await allEnded();
      await Promise.all(four.map((one) => one.kill('SIGTERM')));
      expect((await reported()).sort()).toEqual(ids.map((id) => `${id} 1`).sort());
    });

    test('no job is lost when workers are killed in the middle of their work', async () => {
      const ids = await enqueueJobs();
      const survivor = start('worker');
      const victims: StoreProcess[] = [await start('worker'), await start('worker'), await start('worker')];
      let killed = 0;
      for (const victim of victims) {
        const before = (await reported()).length;
        victim.begin();
        await untilElsewhere(
          'the worker is in the middle of it',
          async () => (await reported()).length >= before + 20,
        );
        await victim.kill('SIGKILL');
        killed++;
      }
      (await survivor).begin();
      await allEnded();
      const sends = await reported();
      const sent = new Set(sends.map((line) => line.split(' ')[0]));
      expect(sends.filter((line) => line.startsWith('error'))).toEqual([]);
      expect(ids.filter((id) => !sent.has(id))).toEqual([]);
      // At least once: what was sent but not yet written down is sent again, five per dead worker at most.
      expect(sends.length - JOBS).toBeLessThanOrEqual(killed * 5);
      expect(await store.outbox.depth()).toMatchObject({ pending: 0, active: 0, dead: 0 });
    });

    test('every acknowledged job is there after its producer was killed', async () => {
      const producer = await start('producer');
      producer.begin();
      await untilElsewhere('a hundred jobs are acknowledged', async () => (await reported()).length >= 100);
      await producer.kill('SIGKILL');
      const acknowledged = await reported();
      const found = await Promise.all(acknowledged.map((id) => store.outbox.find(id)));
      expect(found.map((job) => job?.id)).toEqual(acknowledged);
    });
  });
}
