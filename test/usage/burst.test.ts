import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findIccids, type Iccid } from '../../src/domain/iccid.ts';
import type { ReplyAddress } from '../../src/usage/platform.ts';
import type { Reply } from '../../src/usage/reply.ts';
import { type BotUnderTest, createWorld, endWorld, startBot, type World } from '../support/bot.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { untilLater } from '../support/passing-time.ts';
import { ScriptedPlatform } from '../support/scripted-platform.ts';

const PACE_MS = 250;
let clock: ManualClock;
let world: World;
let bots: BotUnderTest[];
let platforms: ScriptedPlatform[];

async function startBots(count: number): Promise<void> {
  world = await createWorld(clock, { companyLimit: 'enforced' });
  for (let index = 0; index < count; index++) {
    const platform = new ScriptedPlatform();
    platforms.push(platform);
    bots.push(await startBot({ clock, world, paceIntervalMs: PACE_MS, morePlatforms: () => [platform] }));
  }
}

beforeEach(() => {
  clock = new ManualClock();
  bots = [];
  platforms = [];
});
afterEach(async () => {
  world.simulator.release();
  for (const bot of bots) await bot.stop({ keep: true });
  await endWorld(world);
});

/** Asks for each by its own person, spread over the bots. */
function askAll(iccids: readonly Iccid[]): Promise<Reply>[] {
  return iccids.map((iccid, index) => {
    const address: ReplyAddress = {
      platform: 'terminal',
      asker: `terminal:${index}`,
      messageKey: `m${index}`,
      routes: null,
    };
    const bot = bots[index % bots.length] as BotUnderTest;
    return bot.app.usageService.lookup({ iccid, requestId: `r${index}`, place: 'test', address });
  });
}

const lapse = (what: string, isDone: () => boolean) => untilLater(clock, what, isDone);

function mostInASecond(times: readonly number[]): number {
  return Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + 1_000).length));
}

describe.each([1, 2])('20 eSIMs asked for at once with a slow token, by %i bot(s)', (count) => {
  it('leave at the pace that Airalo allows, and nobody is refused', async () => {
    await startBots(count);
    const iccids = world.simulator.addEsims(20).flatMap(findIccids);
    world.simulator.inject('token', { kind: 'hang' }, 1);
    const replies: Reply[] = [];
    for (const asked of askAll(iccids)) void asked.then((reply) => replies.push(reply));
    await lapse('the token request', () => world.simulator.hanging > 0);
    const askedAt = clock.now();
    await lapse('a slow token', () => clock.now() - askedAt >= 4_000);
    world.simulator.release();
    await lapse('all answers', () => replies.length === 20);
    expect(replies.filter(({ kind }) => kind !== 'fresh')).toEqual([]);
    const times = world.simulator.calls.map(({ at }) => at);
    expect(times).toHaveLength(20);
    expect(mostInASecond(times)).toBeLessThanOrEqual(5);
    expect(world.simulator.refusals).toBe(0);
    // A bot that has waited four seconds for another's token fetches its own.
    expect(world.simulator.tokenRequests).toBeLessThanOrEqual(count);
  });
});

describe.each([1, 2])('100 different eSIMs asked for in a moment, by %i bot(s)', (count) => {
  it('are each answered at the time that was told, and those who came first are first', async () => {
    await startBots(count);
    const iccids = world.simulator.addEsims(100).flatMap(findIccids);
    const replies = new Map<number, Reply>();
    askAll(iccids).forEach((asked, index) => {
      void asked.then((reply) => replies.set(index, reply));
    });
    await lapse('a word to everybody', () => replies.size === 100);
    const promised = new Map(
      [...replies].flatMap(([index, reply]) =>
        reply.kind === 'deferred' && reply.promise.kind === 'queued'
          ? [[`m${index}`, reply.promise.answerAt] as const]
          : [],
      ),
    );
    expect(promised.size).toBeGreaterThan(50);
    const delivered = new Map<string, number>();
    await lapse('every promise kept', () => {
      for (const platform of platforms)
        for (const { address } of platform.final())
          if (!delivered.has(address.messageKey)) delivered.set(address.messageKey, clock.now());
      return delivered.size === promised.size;
    });
    const lateness = [...promised].map(([key, at]) => (delivered.get(key) ?? 0) - at);
    expect(Math.max(...lateness)).toBeLessThan(5_000);
    expect(Math.min(...lateness)).toBeGreaterThanOrEqual(0);
    expect(mostInASecond(world.simulator.calls.map(({ at }) => at))).toBeLessThanOrEqual(5);
    expect(world.simulator.refusals).toBe(0);
    expect(world.simulator.calls).toHaveLength(100);
    // Nobody was told a second time.
    for (const platform of platforms)
      expect(platform.deliveries.filter(({ stage }) => stage === 'interim')).toEqual([]);
  });
});

describe('one eSIM asked for by many while the line is long', () => {
  it('has one place in it, and the reason that is told is the line', async () => {
    await startBots(1);
    const iccids = world.simulator.addEsims(80).flatMap(findIccids);
    const last = iccids.at(-1) as Iccid;
    const replies: Reply[] = [];
    for (const asked of askAll([...iccids, last, last, last]))
      void asked.then((reply) => replies.push(reply));
    await lapse('a word to everybody', () => replies.length === 83);
    const ofLast = replies.filter((reply) => reply.kind === 'deferred' && reply.iccid === last);
    expect(ofLast).toHaveLength(4);
    expect(new Set(ofLast.map((reply) => reply.kind === 'deferred' && reply.because))).toEqual(
      new Set(['busy']),
    );
    expect(new Set(ofLast.map((reply) => reply.kind === 'deferred' && reply.refreshableAt)).size).toBe(1);
    await lapse('every promise kept', () => world.simulator.calls.length === 80);
  });
});
