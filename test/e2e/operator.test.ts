import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { readConfig } from '../../src/config.ts';
import { openStore } from '../../src/storage/open.ts';
import { deferredReplyJob } from '../../src/usage/deferred-reply.ts';
import { toIccid } from '../support/arbitraries.ts';
import { createWorld, endWorld, envOf, type World } from '../support/bot.ts';
import { runCommand } from '../support/command.ts';
import { captureLog } from '../support/log-capture.ts';
import { untilElsewhere } from '../support/until.ts';

const ICCID = '8910000000001000019';
const KEY = randomBytes(32).toString('base64');
let world: World;

beforeEach(async () => {
  world = await createWorld(systemClock);
});
afterEach(() => endWorld(world));

const env = () => ({ ...envOf(world), STORE_KEY: KEY });
const run = (...args: string[]) => runCommand(args, world.folder, env());

/** A promise that has found nobody: its id. */
async function deadLetter(): Promise<string> {
  const { storeUrl, storeKeys } = readConfig(env());
  const store = await openStore(storeUrl, { clock: systemClock, log: captureLog().log, keys: storeKeys });
  const address = {
    platform: 'slack',
    asker: 'slack:T1:U1',
    messageKey: 'slack:m',
    routes: { url: 'https://secret' },
  } as const;
  const request = { iccid: toIccid(ICCID), address, requestId: 'r', place: 'C1' };
  const now = systemClock.now();
  const job = deferredReplyJob(request, { askedAt: now, newerThan: 0, answerAt: now });
  await store.outbox.enqueue(job);
  const consumer = store.outbox.consume(job.type, async () => ({ kind: 'dead', reason: 'no route left' }), {
    concurrency: 1,
    visibilityMs: 10_000,
    backoff: { baseMs: 1, capMs: 1 },
    onError: () => undefined,
  });
  await untilElsewhere('it is dead', async () => (await store.outbox.dead(1)).length === 1);
  await consumer.stop(1_000);
  await store.close();
  return job.id;
}

describe('the operator', () => {
  it('sees dead letters without secrets, tries one again, and removes it', async () => {
    const id = await deadLetter();
    const listed = await run('outbox', 'list');
    expect(listed).toMatchObject({ code: 0, err: '' });
    expect(listed.out).toMatch(new RegExp(`${id} +…0019 +slack:T1:U1 +1 .* no route left`));
    expect(listed.out).not.toMatch(/secret|8910000000001000019/);
    expect(await run('outbox', 'drop', 'reply-none')).toMatchObject({ code: 4 });
    expect(await run('outbox', 'retry', id)).toMatchObject({ code: 0, out: `${id} is tried again\n` });
    expect((await run('outbox', 'list')).out).toBe('0 dead letters, 1 answers pending, 0 being sent\n');
    expect(await run('outbox', 'drop', id)).toMatchObject({ code: 4 });
    expect(await run('outbox')).toMatchObject({ code: 2, err: expect.stringContaining('retry <id>') });
  });

  it('reads who asked what, as a table and as CSV, with a hash that only the key explains', async () => {
    await run('usage', ICCID);
    const table = await run('audit');
    expect(table.out).toMatch(/operator +terminal +…0019 +[0-9a-f]{16} +fresh/);
    const rows = (await run('audit', '--since', '1h', '--csv')).out.split('\r\n');
    expect(rows[0]).toBe('at,asker,place,esim,hash,outcome');
    expect(rows).toHaveLength(3);
    expect(table.out).not.toContain(ICCID);
    expect(await run('audit', '--since', 'yesterday')).toMatchObject({ code: 2 });
  });
});
