import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { receiveAlert } from '../../src/alerts/alert-jobs.ts';
import { createAlertRecords } from '../../src/alerts/alert-records.ts';
import { createAlertService } from '../../src/alerts/alert-service.ts';
import { startAlertWorker } from '../../src/alerts/alert-worker.ts';
import type { AlertEvent, AlertFace } from '../../src/domain/alert.ts';
import type { Consumer, Retention, Store } from '../../src/storage/ports.ts';
import { StoreError } from '../../src/storage/ports.ts';
import type { AlertBoard, AlertPress } from '../../src/usage/alert-board.ts';
import { captureLog } from '../support/log-capture.ts';
import { until } from '../support/until.ts';
import type { OpenUnderTest, StoreUnderTest } from './store-under-test.ts';

const STEP_MS = 100;

/** A channel that two processes write to. */
class Channel {
  readonly posts: { readonly handle: string; face: AlertFace; readonly thread: string[] }[] = [];
  /** Thrown away answers: the message is there, the caller does not know. */
  lose = 0;

  board(): AlertBoard {
    const retry = { kind: 'retry', error: 'lost' } as const;
    return {
      post: async (face, { handle, suspectedAt }) => {
        const known = this.posts.findIndex((post) => post.handle === handle);
        if (suspectedAt !== undefined && known >= 0) return { kind: 'ok', place: known };
        const place = this.posts.push({ handle, face, thread: [] }) - 1;
        return this.lose-- > 0 ? retry : { kind: 'ok', place };
      },
      edit: async (place, face) => {
        const post = this.posts[Number(place)];
        if (!post) return { kind: 'gone' };
        post.face = face;
        return { kind: 'ok', place };
      },
      tell: async (place, _face, entry, { suspectedAt }) => {
        const post = this.posts[Number(place)];
        if (!post) return { kind: 'gone' };
        if (suspectedAt === undefined || !post.thread.includes(entry.id)) post.thread.push(entry.id);
        return this.lose-- > 0 ? retry : { kind: 'ok', place };
      },
    };
  }
}

function lowData(percent: number): AlertEvent {
  const level = { kind: 'used', percent } as const;
  return { kind: 'low-data', iccid: '8910000000001000019', packageName: 'plan', level };
}

/** What the alert channel relies on, whatever the engine, with two processes on one store. */
export function describeAlerts(name: string, open: OpenUnderTest, retention: Retention): void {
  describe(`${name}: alerts`, () => {
    let under: StoreUnderTest;
    let stores: Store[];
    let workers: Consumer[];
    let channel: Channel;

    const start = ({ outbox, registry, gate }: Store) =>
      startAlertWorker({
        outbox,
        gate,
        records: createAlertRecords(registry, gate, under.clock),
        boards: [{ name: 'slack', board: channel.board() }],
        clock: under.clock,
        log: captureLog().log,
      });
    const receive = ({ registry, outbox }: Store, event: AlertEvent) =>
      receiveAlert({ registry, outbox, clock: under.clock }, event);
    const soon = (what: string, condition: () => boolean) =>
      until(what, async () => {
        await under.advance(STEP_MS);
        return condition();
      });
    const usageService = ({ registry, gate, outbox, snapshots }: Store) =>
      createAlertService({
        records: createAlertRecords(registry, gate, under.clock),
        outbox,
        snapshots,
        clock: under.clock,
      });

    beforeEach(async () => {
      under = await open(retention);
      stores = [under.store, await under.another()];
      channel = new Channel();
      workers = [];
    });
    afterEach(async () => {
      await Promise.all(workers.map((worker) => worker.stop(1_000)));
      await under.cleanUp();
    });

    test('21 deliveries to two processes are one event', async () => {
      workers = stores.map(start);
      const results = await Promise.all(
        Array.from({ length: 21 }, (_, index) => receive(stores[index % 2] ?? under.store, lowData(75))),
      );
      expect(results.filter((result) => result === 'added')).toHaveLength(1);
      await soon('the message', () => channel.posts.length > 0);
      await receive(under.store, lowData(90));
      await soon('the line', () => channel.posts[0]?.thread.length === 1);
      expect(channel.posts).toHaveLength(1);
    });

    test('an event that was only noted before the process died is queued by its repetition', async () => {
      const { registry, outbox } = under.store;
      const dying = {
        ...outbox,
        enqueue: () => Promise.reject(new StoreError('STORE_UNAVAILABLE', 'gone', 'start it')),
      };
      const { clock } = under;
      await expect(receiveAlert({ registry, outbox: dying, clock }, lowData(75))).rejects.toThrow(StoreError);
      expect(await receive(under.store, lowData(75))).toBe('added');
      expect(await receive(under.store, lowData(75))).toBe('duplicate');
    });

    test('two processes write one message and one thread, in the order of the warnings', async () => {
      for (const percent of [75, 80, 85, 90]) await receive(under.store, lowData(percent));
      workers = stores.map(start);
      await soon('everything', () => channel.posts[0]?.thread.length === 3);
      await soon('the newest face', () => channel.posts[0]?.face.used?.percent === 90);
      expect(channel.posts).toHaveLength(1);
      expect(new Set(channel.posts[0]?.thread).size).toBe(3);
    });

    test('a message whose answer was lost is looked for, by the other process too', async () => {
      channel.lose = 1;
      const [first, second] = stores;
      if (!first || !second) throw new Error('Two stores are needed');
      const worker = start(first);
      await receive(first, lowData(75));
      await soon('the message', () => channel.posts.length > 0);
      await worker.stop(1_000);
      workers = [start(second)];
      await receive(second, lowData(90));
      await soon('the newest face', () => channel.posts[0]?.face.used?.percent === 90);
      expect(channel.posts).toHaveLength(1);
    });

    test('a press on one process is drawn by whichever is alive, once', async () => {
      workers = stores.map(start);
      await receive(under.store, lowData(75));
      await soon('the message', () => channel.posts.length > 0);
      const handle = channel.posts[0]?.handle ?? '';
      const presses: AlertPress['kind'][] = [];
      for (const [index, store] of stores.entries())
        void usageService(store)
          .press(handle, 'take', { platform: 'slack', personId: `U${index}` }, `r${index}`)
          .then(({ kind }) => presses.push(kind));
      // One waits for the other's turn to end.
      await soon('both presses', () => presses.length === 2);
      expect(presses.sort()).toEqual(['changed', 'held']);
      await soon('who has it', () => channel.posts[0]?.face.claim !== undefined);
      // The same press answered again, after a crash: it does not give it back.
      const personId = channel.posts[0]?.face.claim?.personId ?? '';
      const press = async (who: string, requestId: string) => {
        const by = { platform: 'slack', personId: who };
        const came: AlertPress['kind'][] = [];
        void usageService(under.store)
          .press(handle, 'take', by, requestId)
          .then(({ kind }) => came.push(kind));
        await soon('the press', () => came.length > 0);
        return came[0];
      };
      expect(await press(personId, `r${personId.slice(1)}`)).toBe('changed');
      expect(await press('U9', 'r9')).toBe('held');
      expect(await press(personId, 'r-another')).toBe('changed');
      expect(await press('U9', 'r10')).toBe('changed');
      expect(
        await usageService(under.store).press('nobody', 'mute', { platform: 'slack', personId: 'U1' }, 'r1'),
      ).toEqual({
        kind: 'gone',
      });
    });
  });
}
