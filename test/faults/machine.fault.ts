import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { openStore } from '../../src/storage/open.ts';
import { deferredReplyJob } from '../../src/usage/deferred-reply.ts';
import type { Reply } from '../../src/usage/reply.ts';
import { toIccid } from '../support/arbitraries.ts';
import { startBoard } from '../support/board.ts';
import { type BotUnderTest, createWorld, endWorld, envOf, startBot, type World } from '../support/bot.ts';
import { startBotProcess } from '../support/bot-processes.ts';
import { runCommand } from '../support/command.ts';
import { captureLog } from '../support/log-capture.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { ScriptedPlatform } from '../support/scripted-platform.ts';
import { until } from '../support/until.ts';
import { report, wordsOf } from './fault-row.ts';

const ICCID = '8910000000001000019';
const HOUR_MS = 3_600_000;
let folder: string;
let world: World;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'esim-faults-'));
});
afterEach(async () => {
  await endWorld(world);
  await rm(folder, { recursive: true, force: true });
});

function ask(bot: BotUnderTest, iccid: string, messageKey: string): Promise<Reply> {
  const address = { platform: 'terminal', asker: 'terminal:a', messageKey, routes: null } as const;
  return bot.app.usageService.lookup({ iccid: toIccid(iccid), address, requestId: 'r', place: 'test' });
}

/** A disk of one megabyte. Undefined where this account may not mount one. */
function smallDisk(): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

describe('the disk', () => {
  it('is full', async (context) => {
    world = await createWorld(systemClock);
    if (!smallDisk()) return context.skip('needs the right to mount');
    const bot = await startBot({
      clock: systemClock,
      world,
      env: { STORE_URL: `sqlite:${folder}/s.sqlite` },
    });
    try {
      const [used = ''] = world.simulator.addEsims(1);
      world.simulator.useUpWindow(used);
      const filler = join(folder, 'filler');
      await writeFile(filler, Buffer.alloc(2 * 1024 * 1024)).catch(() => undefined);
      const answered = await ask(bot, ICCID, 'terminal:a');
      expect(answered.kind).toBe('fresh');
      const refused = await ask(bot, used, 'terminal:b');
      expect(refused).toMatchObject({ kind: 'deferred', promise: { kind: 'none', why: 'not-durable' } });
      await truncate(filler, 0);
      const promised = await until('a promise', async () => {
        const reply = await ask(bot, used, 'terminal:c');
        return reply.kind === 'deferred' && reply.promise.kind === 'queued' && reply;
      });
      expect(promised.kind).toBe('deferred');
      expect(world.simulator.calls).toHaveLength(2);
      report(context, {
        saw: `the card; where Airalo asks to wait: ${wordsOf(refused)}`,
        kept: 'all from before; nothing was promised that could not be kept',
        recovery: 'by itself with the first free space; no call too many',
      });
    } finally {
      await bot.stop({ keep: true });
      execFileSync('umount', ['-l', folder]);
    }
  });

  it('is read-only at the start', async (context) => {
    world = await createWorld(systemClock);
    if (!smallDisk()) return context.skip('needs the right to mount');
    try {
      execFileSync('mount', ['-o', 'remount,ro', folder]);
      const env = { ...envOf(world), STORE_URL: `sqlite:${folder}/s.sqlite` };
      const { code, err } = await runCommand(['usage', ICCID], world.folder, env);
      expect(code).toBe(1);
      report(context, {
        saw: 'nothing: the bot does not start',
        kept: 'all',
        recovery: `exit 1: ${lastLine(err, folder)}`,
      });
    } finally {
      execFileSync('umount', ['-l', folder]);
    }
  });

  it('has damaged the store file', async (context) => {
    world = await createWorld(systemClock);
    const path = join(folder, 's.sqlite');
    const env = { ...envOf(world), STORE_URL: `sqlite:${path}` };
    await runCommand(['usage', ICCID], world.folder, env);
    await writeFile(path, Buffer.alloc((await stat(path)).size, 7));
    await rm(`${path}-wal`, { force: true });
    const { code, err } = await runCommand(['usage', ICCID], world.folder, env);
    expect(code).toBe(1);
    expect((await readFile(path))[0]).toBe(7);
    report(context, {
      saw: 'nothing: the bot does not start',
      kept: 'the file, as it is',
      recovery: `exit 1: ${lastLine(err, folder)}`,
    });
  });
});

describe('the clock', () => {
  for (const [name, jumpMs] of [
    ['jumps a day ahead', 24 * HOUR_MS],
    ['jumps an hour back', -HOUR_MS],
  ] as const)
    it(name, async (context) => {
      const clock = new ManualClock();
      world = await createWorld(clock);
      const platform = new ScriptedPlatform();
      const bot = await startBot({ clock, world, morePlatforms: () => [platform] });
      const [used = ''] = world.simulator.addEsims(1);
      world.simulator.useUpWindow(used);
      expect(await ask(bot, used, 'terminal:a')).toMatchObject({ promise: { kind: 'queued' } });
      expect((await ask(bot, ICCID, 'terminal:b')).kind).toBe('fresh');
      clock.advance(jumpMs);
      const after = await ask(bot, ICCID, 'terminal:b');
      let waited = 0;
      await until(
        'the end of the promise',
        async () => {
          const { active } = await bot.app.store.outbox.depth();
          clock.advance(active > 0 ? 20 : 60_000);
          waited += 60_000;
          return platform.final().length > 0;
        },
        60_000,
      );
      const last = platform.final()[0]?.reply;
      if (!last) throw new Error('No end');
      expect(world.simulator.refusals).toBe(1);
      await bot.stop({ keep: true });
      report(context, {
        saw: `${after.kind === 'fresh' ? 'a new reading' : 'the last reading'}; the promise ended with: ${wordsOf(last, clock.now())}`,
        kept: 'the promise and the window; Airalo was not asked too early',
        recovery: jumpMs > 0 ? 'at once' : 'by itself, when the clock has caught up',
      });
      expect(waited).toBeGreaterThan(0);
    });
});

describe('the process', () => {
  it('stands still for 12 s, longer than a lease, while it has a promise to keep', async (context) => {
    world = await createWorld(systemClock, { windowMs: 3_000 });
    const platform = new ScriptedPlatform();
    const env = { AIRALO_USAGE_WINDOW_SECONDS: '3' };
    const bot = await startBot({ clock: systemClock, world, env, morePlatforms: () => [platform] });
    const [used = ''] = world.simulator.addEsims(1);
    world.simulator.useUpWindow(used);
    await ask(bot, used, 'terminal:a');
    const dueAt = Date.now() + 3_000;
    // Nothing else runs in this process meanwhile, not even its timers.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 12_000);
    await until('the answer', () => platform.final().length > 0);
    const lateS = Math.round((Date.now() - dueAt) / 1000);
    await bot.stop({ keep: true });
    expect(platform.final()).toHaveLength(1);
    report(context, { saw: `the answer, ${lateS} s late, once`, kept: 'the promise', recovery: 'by itself' });
  });

  it('is killed with 10 000 answers due', async (context) => {
    world = await createWorld(systemClock, { windowMs: 1_000 });
    const board = await startBoard();
    const iccids = world.simulator.addEsims(500);
    const env = envOf(world);
    const store = await openStore(env.STORE_URL ?? '', { clock: systemClock, log: captureLog().log });
    const now = systemClock.now();
    for (let first = 0; first < 10_000; first += 500)
      await Promise.all(
        iccids.map((iccid, index) => {
          const messageKey = `terminal:m${first + index}`;
          const address = { platform: 'terminal', asker: 'terminal:a', messageKey, routes: null } as const;
          const request = { iccid: toIccid(iccid), address, requestId: messageKey, place: 'test' };
          return store.outbox.enqueue(
            deferredReplyJob(request, { askedAt: now, newerThan: 0, answerAt: now }),
          );
        }),
      );
    await store.close();
    const settings = { ...env, BOARD_URL: board.url, AIRALO_USAGE_WINDOW_SECONDS: '1' };
    const first = await startBotProcess(settings);
    await until('some answers', () => board.shown.size > 3_000, 120_000);
    await first.kill();
    const atDeath = board.shown.size;
    const second = await startBotProcess(settings);
    const startedAt = Date.now();
    await until('all answers', () => board.shown.size === 10_000, 180_000);
    const tookMs = Date.now() - startedAt;
    const repeated = [...board.shown.values()].filter((texts) => texts.length > 1).length;
    await second.kill();
    await board.close();
    report(context, {
      saw: `each answer in its own message; ${repeated} of them were written a second time with the same words`,
      kept: `10000 of 10000 (killed after ${atDeath})`,
      recovery: `by itself: the rest within ${Math.round(tookMs / 1000)} s of the start`,
    });
  });
});

/** The last line of what an operator reads, without this machine's paths. */
function lastLine(text: string, place: string): string {
  return (text.trim().split('\n').at(-1) ?? '').replaceAll(place, '<folder>');
}
