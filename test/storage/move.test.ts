import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { moveStore } from '../../src/storage/move.ts';
import { openStore } from '../../src/storage/open.ts';
import type { Store } from '../../src/storage/ports.ts';
import { captureLog } from '../support/log-capture.ts';
import { HAS_REDIS, type RedisServer, startRedis } from '../support/redis-server.ts';
import { makeTemporaryPlace, type TemporaryPlace } from '../support/temporary-place.ts';
import { until } from '../support/until.ts';

const LONG_MS = 3_600_000;
const ICCID = '8910000000001000019';
const { log } = captureLog();
const keys = [randomBytes(32)];
let place: TemporaryPlace;
let redis: RedisServer | undefined;
const opened: Store[] = [];

const open = async (url: string) => {
  const store = await openStore(url, { clock: systemClock, log, keys });
  opened.push(store);
  return store;
};
const job = (number: number) => ({
  id: `reply-${number}`,
  type: 'reply',
  owner: 'U1',
  payload: { url: 'https://secret', number },
  runAt: Date.now() + LONG_MS + number,
  deadline: Date.now() + 2 * LONG_MS,
});

beforeEach(async () => {
  place = await makeTemporaryPlace();
  redis = HAS_REDIS ? await startRedis() : undefined;
});
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
  await redis?.stop();
  await place.remove();
});

const ENGINES = HAS_REDIS ? ['SQLite', 'Redis'] : ['SQLite'];
describe.each(ENGINES)('a SQLite store moved to %s', (engine) => {
  const source = () => `sqlite:${place.path('store.sqlite')}`;
  const target = () =>
    engine === 'Redis' && redis ? redis.url : `sqlite:${place.path('elsewhere', 'store.sqlite')}`;

  it('has everything that is worth keeping, still sealed, and nothing twice', async () => {
    const before = await open(source());
    const openAt = Date.now() + LONG_MS;
    const lead = await before.gate.tryAcquire('usage:1', LONG_MS);
    if (lead.state === 'leader') await before.gate.settle('usage:1', lead.token, openAt);
    await before.snapshots.put(ICCID, { kind: 'unknown-esim', asOf: 7 });
    await before.registry.put('note', 'a', { iccids: [ICCID] }, LONG_MS);
    await Promise.all(Array.from({ length: 1_100 }, (_, number) => before.outbox.enqueue(job(number))));
    const event = { at: Date.now(), asker: 'U1', place: 'C1', iccidMasked: '…0019', outcome: 'fresh' };
    await before.audit.append(event);
    const point = { at: Date.now(), remainingMb: 900, totalMb: 1_024, status: 'ACTIVE' };
    const hours = Array.from({ length: 700 }, (_, hour) => ({ ...point, at: point.at - hour * LONG_MS }));
    await Promise.all(hours.map((each) => before.history.append(ICCID, each)));
    await before.close();

    const moved = await moveStore(source(), target(), { clock: systemClock, log });
    expect(moved).toEqual({ window: 1, snapshot: 1, value: 1, audit: 1, point: 700, job: 1_100, known: 0 });
    const after = await open(target());
    expect(await after.gate.peek('usage:1')).toEqual({ state: 'closed', openAt });
    expect(await after.snapshots.get(ICCID)).toEqual({ kind: 'unknown-esim', asOf: 7 });
    expect(await after.registry.get('note', 'a')).toEqual({ iccids: [ICCID] });
    expect(await after.audit.recent({ limit: 9 })).toEqual([event]);
    const points = await after.history.since(ICCID, 0, 1_000);
    expect(points).toHaveLength(700);
    expect(points.at(-1)).toEqual(point);
    expect((await after.outbox.find('reply-1099'))?.payload).toEqual({
      url: 'https://secret',
      number: 1_099,
    });
    expect((await after.outbox.depth()).pending).toBe(1_100);
    const again = await moveStore(source(), target(), { clock: systemClock, log });
    expect(again).toMatchObject({ job: 0, window: 0, known: 1_101 });
  });

  it('is left alone while a bot works on it', async () => {
    const busy = await open(source());
    await busy.outbox.enqueue({ ...job(1), runAt: Date.now() });
    let letGo: () => void = () => undefined;
    let running = false;
    busy.outbox.consume(
      'reply',
      () => {
        running = true;
        return new Promise((resolve) => {
          letGo = () => resolve({ kind: 'done' });
        });
      },
      { concurrency: 1, visibilityMs: 10_000, backoff: { baseMs: 1, capMs: 1 }, onError: () => undefined },
    );
    await until('the job runs', () => running);
    await expect(moveStore(source(), target(), { clock: systemClock, log })).rejects.toMatchObject({
      code: 'STORE_IN_USE',
    });
    letGo();
  });
});
