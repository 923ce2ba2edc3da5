import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findIccids, type Iccid } from '../../src/domain/iccid.ts';
import type { WatchCondition } from '../../src/domain/watch.ts';
import type { ReplyAddress } from '../../src/usage/platform.ts';
import { createWatches, type Watches } from '../../src/usage/watches.ts';
import { type BotUnderTest, startBot } from '../support/bot.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { untilLater } from '../support/passing-time.ts';
import { ScriptedPlatform } from '../support/scripted-platform.ts';
import { until } from '../support/until.ts';

const HOUR_MS = 60 * 60 * 1000;
const [ACTIVE] = findIccids('8910000000001000019') as [Iccid];
const [PLENTY] = findIccids('8910000000001000035') as [Iccid];

let clock: ManualClock;
let platform: ScriptedPlatform;
let bot: BotUnderTest;
let watches: Watches;

const addressOf = (asker: string): ReplyAddress => ({
  platform: 'terminal',
  asker,
  messageKey: `terminal:${asker}`,
  routes: null,
});
/** For the channel, whoever asks. */
const setHere = (iccid: Iccid, condition: WatchCondition, asker = 'terminal:anna') =>
  watches.set({ iccid, condition, address: addressOf(asker), channelId: 'C1', requestId: randomUUID() });
const set = (
  iccid: Iccid,
  condition: WatchCondition,
  asker = 'terminal:anna',
  requestId: string = randomUUID(),
) => watches.set({ iccid, condition, address: addressOf(asker), requestId });

/** Only while nothing is under way, and never past a lease at once: what is at work would lose it to another process. */
const passTimeUntil = (what: string, condition: () => boolean, stepMs = 5_000) =>
  untilLater(clock, what, condition, stepMs);
const waits = (count: number) => until(`${count} looks`, async () => bot.simulator.calls.length >= count);
/** Until every watch has been looked at and is put off. */
const settled = () =>
  untilLater(clock, 'every look has ended', async () => {
    const { active, oldestDueMs } = await bot.app.store.outbox.depth();
    return active === 0 && oldestDueMs === 0;
  });

beforeEach(async () => {
  clock = new ManualClock();
  platform = new ScriptedPlatform();
  bot = await startBot({ clock, morePlatforms: () => [platform] });
  watches = createWatches({ ...bot.app.store, clock });
});
afterEach(() => bot.stop());

describe('a watch', () => {
  it('tells once, with the reading, when the threshold is reached, and is gone', async () => {
    await set(ACTIVE, '25');
    await passTimeUntil('the word', () => platform.deliveries.length > 0);
    expect(platform.deliveries).toMatchObject([
      { reply: { kind: 'watched', condition: '25', event: 'met', last: { reading: { status: {} } } } },
    ]);
    expect(await watches.listOf('terminal:anna')).toEqual([]);
    for (let hours = 0; hours < 24; hours += 4) {
      clock.advance(4 * HOUR_MS);
      await settled();
    }
    expect(platform.deliveries).toHaveLength(1);
  });

  it('is not told again by another process after a restart, nor by one beside it', async () => {
    await set(ACTIVE, '25');
    await clock.during(bot.stop({ keep: true }));
    const [first, second] = [new ScriptedPlatform(), new ScriptedPlatform()];
    bot = await startBot({ clock, world: bot.world, morePlatforms: () => [first] });
    const beside = await startBot({ clock, world: bot.world, morePlatforms: () => [second] });
    // It may have been told before the stop as well.
    const told = () => [platform, first, second].flatMap(({ deliveries }) => deliveries);
    await passTimeUntil('the word', () => told().length > 0);
    await settled();
    await clock.during(beside.stop({ keep: true }));
    expect(told()).toHaveLength(1);
  });

  it('is set once by a question that is answered again after a crash, also when it has told by then', async () => {
    expect((await set(ACTIVE, '25', 'terminal:anna', 'r-crashed')).kind).toBe('set');
    await passTimeUntil('the word', () => platform.deliveries.length > 0);
    await settled();
    expect((await set(ACTIVE, '25', 'terminal:anna', 'r-crashed')).kind).toBe('set');
    expect(await watches.listOf('terminal:anna')).toEqual([]);
    clock.advance(HOUR_MS);
    await settled();
    expect(platform.deliveries).toHaveLength(1);
    expect((await set(PLENTY, '10', 'terminal:anna', 'r-later')).kind).toBe('set');
    expect((await set(PLENTY, '10', 'terminal:anna', 'r-later')).kind).toBe('set');
    expect((await set(PLENTY, '10')).kind).toBe('known');
    expect(await watches.listOf('terminal:anna')).toHaveLength(1);
  });

  it('is left to a process that has its platform, and is not a day late for that', async () => {
    await clock.during(bot.stop({ keep: true }));
    bot = await startBot({ clock, world: bot.world });
    watches = createWatches({ ...bot.app.store, clock });
    await set(ACTIVE, '25');
    await settled();
    const [{ nextLookAt = 0 } = {}] = await watches.listOf('terminal:anna');
    expect(nextLookAt - clock.now()).toBeLessThanOrEqual(60_000);
    await clock.during(bot.stop({ keep: true }));
    bot = await startBot({ clock, world: bot.world, morePlatforms: () => [platform] });
    await passTimeUntil('the word', () => platform.deliveries.length > 0);
  });

  it('asks Airalo no more often than its distance from the threshold needs', async () => {
    await set(PLENTY, '25');
    await waits(1);
    await settled();
    clock.advance(2 * HOUR_MS - 60_000);
    await settled();
    expect(bot.simulator.calls).toHaveLength(1);
    const [{ nextLookAt = 0 } = {}] = await watches.listOf('terminal:anna');
    clock.advance(nextLookAt - clock.now());
    await passTimeUntil('the second look', () => bot.simulator.calls.length === 2);
    expect(bot.simulator.refusals).toBe(0);
  });

  it('keeps together with all others within the budget of reads', async () => {
    const many = bot.simulator.addEsims(30).flatMap(findIccids);
    for (const iccid of many) await set(iccid, '5');
    const before = clock.now();
    await passTimeUntil('a look at each', () => bot.simulator.calls.length >= 30, 1_000);
    // Twelve a minute, the first at once.
    expect(clock.now() - before).toBeGreaterThanOrEqual(29 * 5_000);
    expect(bot.simulator.refusals).toBe(0);
  });

  it('takes the reading a person has just had, and asks nothing', async () => {
    await bot.app.usageService.lookup({ iccid: PLENTY, requestId: 'r', place: 'dm' });
    await set(PLENTY, '10');
    await until('the look', async () => {
      const [watch] = await watches.listOf('terminal:anna');
      return watch !== undefined && watch.nextLookAt > clock.now();
    });
    expect(bot.simulator.calls).toHaveLength(1);
  });

  it('is served at once by what a webhook says, though the reading lags behind it', async () => {
    await set(PLENTY, '10');
    await waits(1);
    await settled();
    await watches.heard(PLENTY, { percentLeft: 9 });
    await until('the word', () => platform.deliveries.length === 1);
    expect(platform.deliveries[0]?.reply).toMatchObject({ kind: 'watched', event: 'met', condition: '10' });
    expect(bot.simulator.calls).toHaveLength(1);
  });

  it('set after a webhook does not count it: it may have been of the package before', async () => {
    await set(PLENTY, '5', 'terminal:ben');
    await waits(1);
    await settled();
    await watches.heard(PLENTY, { percentLeft: 9 });
    clock.advance(1_000);
    await set(PLENTY, '10');
    await settled();
    expect(platform.deliveries).toEqual([]);
    expect(await watches.listOf('terminal:anna')).toHaveLength(1);
  });

  it('ends with a word when Airalo does not know the eSIM', async () => {
    const [stranger] = findIccids('8944000000000000017') as [Iccid];
    await set(stranger, '25');
    await passTimeUntil('the word', () => platform.deliveries.length > 0);
    expect(platform.deliveries[0]?.reply).toMatchObject({ kind: 'watched', event: 'unknown-esim' });
  });

  it('says nothing to somebody who may not look up any more', async () => {
    await set(ACTIVE, '25');
    platform.access = { kind: 'refused', need: { kind: 'full-member' } };
    await passTimeUntil('the end of it', () => bot.log.lines('may not look up any more').length > 0);
    expect(platform.deliveries).toEqual([]);
  });

  it('is sent again when the platform is down', async () => {
    await set(ACTIVE, '25');
    platform.outcomes.push({ kind: 'retry', error: 'HTTP 503' });
    await passTimeUntil('the second try', () => platform.deliveries.length === 2);
    expect(platform.deliveries.map(({ attempt }) => attempt)).toEqual([1, 2]);
  });
});

describe('watches of several people', () => {
  it('are not held up by one whose platform hangs', async () => {
    let release: () => void = () => undefined;
    platform.hold = new Promise((resolve) => {
      release = resolve;
    });
    await set(ACTIVE, '25');
    await passTimeUntil('the word that hangs', () => platform.deliveries.length === 1);
    await set(ACTIVE, '25', 'terminal:ben');
    await passTimeUntil('the word to the other', () => platform.deliveries.length === 2);
    release();
    await settled();
    expect(platform.deliveries.map(({ address }) => address.asker)).toEqual([
      'terminal:anna',
      'terminal:ben',
    ]);
  });
});

describe('a watch for a channel', () => {
  it('is one more than the same for a person, and one for all who ask for it there', async () => {
    expect(await set(PLENTY, '10')).toMatchObject({ kind: 'set' });
    expect(await setHere(PLENTY, '10')).toMatchObject({ kind: 'set', watch: { channelId: 'C1' } });
    expect(await setHere(PLENTY, '10', 'terminal:ben')).toMatchObject({ kind: 'known' });
    expect(await watches.listOf('terminal:ben')).toEqual([]);
    expect(await watches.listOf('terminal:anna')).toHaveLength(2);
  });

  it('can be set by another once it was stopped', async () => {
    const outcome = await setHere(PLENTY, '10');
    await settled();
    await watches.stop(outcome.kind === 'set' ? outcome.watch.id : '', 'terminal:anna');
    expect(await setHere(PLENTY, '10', 'terminal:ben')).toMatchObject({ kind: 'set' });
  });
});

describe('the watches of a person', () => {
  it('are theirs to list and to stop', async () => {
    const outcome = await set(PLENTY, '10');
    const id = outcome.kind === 'set' ? outcome.watch.id : '';
    expect(await watches.stop(id, 'terminal:ben')).toBe(false);
    expect(await watches.listOf('terminal:ben')).toEqual([]);
    await settled();
    expect(await watches.stop(id, 'terminal:anna')).toBe(true);
    expect(await watches.listOf('terminal:anna')).toEqual([]);
  });

  it('are stopped also in the middle of a look', async () => {
    bot.simulator.inject(PLENTY, { kind: 'hang' });
    const outcome = await set(PLENTY, '10');
    await until('the look has begun', async () => (await bot.app.store.outbox.depth()).active === 1);
    expect(await watches.stop(outcome.kind === 'set' ? outcome.watch.id : '', 'terminal:anna')).toBe(true);
    expect(await watches.listOf('terminal:anna')).toEqual([]);
    // Set again at once, it is another one, and not ended by that stop.
    expect(await set(PLENTY, '10')).toMatchObject({ kind: 'set' });
    await until('the end of the first', async () => {
      clock.advance(500);
      return (await bot.app.store.outbox.depth()).active === 0;
    });
    expect(await watches.listOf('terminal:anna')).toHaveLength(1);
    expect(platform.deliveries).toEqual([]);
  });

  it('are one when two processes set the same in the same instant', async () => {
    const twin = createWatches({ ...bot.app.store, clock });
    const wanted = { iccid: PLENTY, condition: '10', address: addressOf('terminal:anna') } as const;
    const both = Promise.all([
      watches.set({ ...wanted, requestId: 'r1' }),
      twin.set({ ...wanted, requestId: 'r2' }),
    ]);
    let done = false;
    void both.finally(() => {
      done = true;
    });
    await until('both have answered', () => {
      clock.advance(10);
      return done;
    });
    expect((await both).map(({ kind }) => kind).toSorted()).toEqual(['known', 'set']);
    expect(await watches.listOf('terminal:anna')).toHaveLength(1);
  });

  it('are set once for an eSIM and a condition, and fifty at the most', async () => {
    expect(await set(PLENTY, '10')).toMatchObject({ kind: 'set' });
    expect(await set(PLENTY, '10')).toMatchObject({ kind: 'known' });
    const many = bot.simulator.addEsims(50).flatMap(findIccids);
    for (const iccid of many.slice(1)) await set(iccid, '5');
    expect(await set(many[0] ?? PLENTY, '5')).toEqual({ kind: 'too-many', most: 50 });
  });
});
