import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findIccids, type Iccid } from '../../src/domain/iccid.ts';
import type { AccessDecision } from '../../src/usage/access.ts';
import type { DigestReport } from '../../src/usage/digest-report.ts';
import { createDigests, type Digests } from '../../src/usage/digests.ts';
import { createEsimDirectory } from '../../src/usage/esim-directory.ts';
import type { DeliveryContext, DeliveryOutcome, Platform, ReplyAddress } from '../../src/usage/platform.ts';
import { type BotUnderTest, startBot } from '../support/bot.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { untilLater, untilStill } from '../support/passing-time.ts';
import { ScriptedPlatform } from '../support/scripted-platform.ts';
import { until } from '../support/until.ts';

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;
const [ACTIVE] = findIccids('8910000000001000019') as [Iccid];
const [USED_UP] = findIccids('8910000000001000050') as [Iccid];
const [WAITING] = findIccids('8910000000001000043') as [Iccid];
const NO_ORDERS = { data: [], meta: { message: 'success', total: 0 } };
const ANNA = 'terminal:anna';

/** Takes digests as well, and says what the test wants next. */
class DigestPlatform extends ScriptedPlatform {
  readonly reports: { report: DigestReport; jobId: string; address: ReplyAddress; at: number }[] = [];
  readonly answers: DeliveryOutcome[] = [];
  readonly clock: ManualClock;
  constructor(clock: ManualClock) {
    super();
    this.clock = clock;
  }
  readonly report = async (address: ReplyAddress, report: DigestReport, { jobId }: DeliveryContext) => {
    this.reports.push({ report, jobId, address, at: this.clock.now() });
    await this.hold;
    return this.answers.shift() ?? ({ kind: 'delivered', route: 'channel' } as const);
  };
}

/** Another platform beside it, which only counts. */
class PagePlatform implements Platform {
  readonly name = 'page';
  reports = 0;
  async start(): Promise<void> {}
  async stop(): Promise<void> {}
  health() {
    return { ready: true, detail: 'scripted' };
  }
  async mayReceive(): Promise<AccessDecision> {
    return { kind: 'allowed' };
  }
  async deliver(): Promise<DeliveryOutcome> {
    return { kind: 'delivered', route: 'edit' };
  }
  async report(): Promise<DeliveryOutcome> {
    this.reports += 1;
    return { kind: 'delivered', route: 'channel' };
  }
}

let clock: ManualClock;
let platform: DigestPlatform;
let bot: BotUnderTest;
let digests: Digests;

const addressOf = (messageKey: string): ReplyAddress => ({
  platform: 'terminal',
  asker: ANNA,
  messageKey,
  routes: null,
});
const CHANNEL = addressOf('terminal:channel');
const PERSON = addressOf('terminal:person');
/** Two hours from now, by a clock in UTC. */
function inTwoHours() {
  const due = new Date(Math.ceil((clock.now() + 2 * HOUR_MS) / 60_000) * 60_000);
  const time = { hour: due.getUTCHours(), minute: due.getUTCMinutes() };
  return { days: [1, 2, 3, 4, 5, 6, 7], time, zone: 'UTC' };
}
let dueAt = 0;
const set = async (channelId = 'C1', requestId: string = randomUUID()) => {
  const result = await digests.set({
    schedule: inTwoHours(),
    address: CHANNEL,
    channelId,
    person: PERSON,
    requestId,
  });
  if (result.kind !== 'too-many') {
    dueAt = result.digest.nextAt;
    await digests.takePlace(ANNA, result.digest.id);
  }
  return result;
};
const name = async (...iccids: Iccid[]) => {
  const directory = createEsimDirectory({ ...bot.app.store, clock, log: bot.log.log });
  for (const iccid of iccids) await directory.setName(iccid, `trip-${iccid.slice(-4)}`);
};
async function passTimeUntil(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  await until(
    what,
    async () => {
      if (await condition()) return true;
      const { active } = await bot.app.store.outbox.depth();
      // About its time in small steps, as its reads have their share of the pace; far from it in large ones.
      const untilDue = (dueAt - clock.now()) % DAY_MS;
      const apart = Math.min(Math.abs(untilDue), DAY_MS - Math.abs(untilDue));
      const step = Math.abs(untilDue) < 5 * 60_000 ? 2_500 : apart < HOUR_MS ? 60_000 : 600_000;
      clock.advance(active > 0 ? 20 : step);
      return false;
    },
    120_000,
  );
}
const putOff = () =>
  passTimeUntil('the next day is planned', async () => {
    const [one] = await digests.listOf(ANNA);
    return one === undefined || one.nextAt > clock.now() + HOUR_MS;
  });
const paused = async () => (await digests.listOf(ANNA))[0]?.pausedAt !== undefined;
async function days(count: number): Promise<void> {
  for (let day = 0; day < count; day += 1) {
    clock.advance(DAY_MS);
    await untilStill();
  }
}
async function restart(): Promise<void> {
  await bot.stop({ keep: true });
  bot = await startBot({ clock, world: bot.world, morePlatforms: () => [platform] });
  digests = createDigests({ ...bot.app.store, clock });
}

beforeEach(async () => {
  clock = new ManualClock();
  platform = new DigestPlatform(clock);
  bot = await startBot({ clock, morePlatforms: () => [platform] });
  digests = createDigests({ ...bot.app.store, clock });
  // An account without orders, where a test does not want them.
  bot.simulator.inject('orders', { kind: 'status', status: 200, body: NO_ORDERS }, 1_000);
});
afterEach(() => bot.stop());

describe('a digest', () => {
  it('lists what needs a look, the worst first, when it is due and once a day', async () => {
    await name(ACTIVE, USED_UP, WAITING);
    await set();
    await passTimeUntil('the digest', () => platform.reports.length > 0);
    const [first] = platform.reports;
    expect(first).toMatchObject({ address: CHANNEL, report: { kind: 'digest', more: 0 } });
    expect(first?.at).toBeGreaterThanOrEqual(dueAt);
    const rows = first?.report.kind === 'digest' ? first.report.rows : [];
    expect(rows[0]).toMatchObject({ iccid: USED_UP, concern: 'used-up' });
    expect(rows.map(({ iccid }) => iccid)).not.toContain(WAITING);
    await putOff();
    expect(platform.reports).toHaveLength(1);
    expect((await digests.listOf(ANNA))[0]?.nextAt).toBe(dueAt + DAY_MS);
    await passTimeUntil('the next', () => platform.reports.length > 1);
    expect(new Set(platform.reports.map(({ jobId }) => jobId)).size).toBe(2);
  });

  it('has the eSIMs of the newest orders as well', async () => {
    bot.simulator.clearFaults();
    await set();
    await passTimeUntil('the digest', () => platform.reports.length > 0);
    expect(platform.reports[0]?.report.kind).toBe('digest');
  });

  it('says nothing when there is nothing, and comes again', async () => {
    await name(WAITING);
    await set();
    await passTimeUntil(
      'its time has passed',
      async () => ((await digests.listOf(ANNA))[0]?.nextAt ?? 0) > dueAt,
    );
    expect(platform.reports).toEqual([]);
  });

  it('reads no more than its budget, paced, before it is due', async () => {
    await name(...bot.simulator.addEsims(20).flatMap(findIccids));
    await set();
    await passTimeUntil('the reads', () => bot.simulator.calls.length >= 12);
    await passTimeUntil('the time after', async () => {
      const [one] = await digests.listOf(ANNA);
      return (one?.nextAt ?? 0) > clock.now() + 12 * HOUR_MS;
    });
    expect(bot.simulator.calls).toHaveLength(12);
    expect(bot.simulator.refusals).toBe(0);
  });

  it('goes on after a restart with the same message, and is not posted twice by two processes', async () => {
    await name(USED_UP);
    await set();
    await restart();
    const beside = await startBot({ clock, world: bot.world, morePlatforms: () => [platform] });
    await passTimeUntil('the digest', () => platform.reports.length > 0);
    await putOff();
    await beside.stop({ keep: true });
    expect(platform.reports).toHaveLength(1);
  });

  it('is tried again under the same key when the platform is away', async () => {
    await name(USED_UP);
    await set();
    platform.answers.push({ kind: 'retry', error: 'HTTP 503' }, { kind: 'retry', error: 'rate limited' });
    await passTimeUntil('the third try', () => platform.reports.length === 3);
    await putOff();
    expect(new Set(platform.reports.map(({ jobId }) => jobId)).size).toBe(1);
    expect(platform.reports).toHaveLength(3);
  });

  it('is paused with a word to its owner, once, when the channel is closed to the bot, until it is set again', async () => {
    await name(USED_UP);
    await set();
    platform.answers.push({ kind: 'undeliverable', reason: 'channel: is_archived' });
    await passTimeUntil('the word', () => platform.reports.length === 2);
    expect(platform.reports[1]).toMatchObject({
      address: PERSON,
      report: { kind: 'closed', channelId: 'C1' },
    });
    await passTimeUntil('its rest', paused);
    const [{ pausedAt = 0 } = {}] = await digests.listOf(ANNA);
    expect(pausedAt).toBeGreaterThanOrEqual(dueAt);
    await days(3);
    expect(platform.reports).toHaveLength(2);
    await set();
    expect(await digests.listOf(ANNA)).toMatchObject([{ nextAt: dueAt }]);
    expect(await paused()).toBe(false);
    await passTimeUntil('the digest', () => platform.reports.length === 3);
    expect(platform.reports[2]).toMatchObject({ address: CHANNEL, report: { kind: 'digest' } });
  });

  it('is paused without a word where it is its owner who cannot be written to', async () => {
    await name(USED_UP);
    await digests.set({ schedule: inTwoHours(), address: PERSON, person: PERSON, requestId: 'r1' });
    dueAt = (await digests.listOf(ANNA))[0]?.nextAt ?? 0;
    platform.answers.push({ kind: 'undeliverable', reason: 'direct message: closed' });
    await passTimeUntil('its rest', paused);
    expect(platform.reports).toHaveLength(1);
    expect(await bot.app.store.outbox.dead(1)).toEqual([]);
  });

  it('is given up when nobody has set it again for three months', async () => {
    await name(USED_UP);
    await set();
    platform.answers.push({ kind: 'undeliverable', reason: 'channel: is_archived' });
    await passTimeUntil('its rest', paused);
    await days(91);
    await passTimeUntil('its end', async () => (await digests.listOf(ANNA)).length === 0);
    expect(platform.reports).toHaveLength(2);
  });

  it('tells its owner under the same key what could not be told yet', async () => {
    await name(USED_UP);
    await set();
    platform.answers.push(
      { kind: 'undeliverable', reason: 'channel: is_archived' },
      { kind: 'retry', error: 'HTTP 503' },
    );
    await passTimeUntil('the second word', () => platform.reports.length === 3);
    await passTimeUntil('its rest', paused);
    expect(platform.reports.map(({ report }) => report.kind)).toEqual(['digest', 'closed', 'closed']);
    expect(new Set(platform.reports.map(({ jobId }) => jobId)).size).toBe(2);
  });

  it('is left to a process that has its platform, and is not late for that', async () => {
    await name(USED_UP);
    await set();
    await bot.stop({ keep: true });
    bot = await startBot({ clock, world: bot.world });
    clock.advance(dueAt - clock.now() - 60_000);
    await passTimeUntil('the other has looked', async () => {
      const { active, oldestDueMs } = await bot.app.store.outbox.depth();
      return active === 0 && oldestDueMs === 0;
    });
    await bot.stop({ keep: true });
    bot = await startBot({ clock, world: bot.world, morePlatforms: () => [platform] });
    await passTimeUntil('the digest', () => platform.reports.length > 0);
    expect(platform.reports[0]?.at).toBeLessThan(dueAt + 60_000);
  });

  it('comes late on the same day, and is left out with a word on another', async () => {
    await name(USED_UP);
    await set();
    await bot.stop({ keep: true });
    clock.advance(dueAt - clock.now() + 2 * DAY_MS);
    bot = await startBot({ clock, world: bot.world, morePlatforms: () => [platform] });
    digests = createDigests({ ...bot.app.store, clock });
    await passTimeUntil('the word', () => platform.reports.length > 0);
    expect(platform.reports[0]).toMatchObject({ address: PERSON, report: { kind: 'missed', dueAt } });
    await passTimeUntil('the digest', () => platform.reports.length > 1);
    expect(platform.reports[1]).toMatchObject({ address: CHANNEL, report: { kind: 'digest' } });
  });

  it('is paused silently for somebody who may not look up any more', async () => {
    await name(USED_UP);
    await set();
    platform.access = { kind: 'refused', need: { kind: 'full-member' } };
    await passTimeUntil('its rest', paused);
    await days(2);
    expect(platform.reports).toEqual([]);
  });
});

describe('digests of several people', () => {
  const CROWD = ['ben', 'carl', 'dora', 'emil'];

  /** Five each, all due at the same time, of a platform that is to hang. */
  async function setForCrowd(): Promise<void> {
    for (const one of CROWD)
      for (const place of ['C1', 'C2', 'C3', 'C4', 'C5']) {
        const address = { ...addressOf(`terminal:${one} ${place}`), asker: `terminal:${one}` };
        const wanted = { schedule: inTwoHours(), address, channelId: place, person: address };
        await digests.set({ ...wanted, requestId: randomUUID() });
      }
  }

  it('are not held up by those whose platform hangs', async () => {
    const other = new PagePlatform();
    await clock.during(bot.stop({ keep: true }));
    bot = await startBot({ clock, world: bot.world, morePlatforms: () => [platform, other] });
    digests = createDigests({ ...bot.app.store, clock });
    await name(USED_UP);
    await setForCrowd();
    let release: () => void = () => undefined;
    platform.hold = new Promise((resolve) => {
      release = resolve;
    });
    // Due last, and claimed last.
    clock.advance(1_000);
    const mine = { ...addressOf('page:anna'), platform: 'page' } as const;
    const schedule = inTwoHours();
    await digests.set({ schedule, address: mine, channelId: 'P1', person: mine, requestId: 'r-page' });
    await untilStill();
    const [{ nextAt = 0 } = {}] = await digests.listOf(ANNA);
    clock.advance(nextAt - 4 * 60_000 - clock.now());
    await untilLater(clock, 'the digest of the other platform', () => other.reports > 0, 1_000);
    expect(platform.reports.length).toBeGreaterThan(0);
    expect(platform.reports.length).toBeLessThan(CROWD.length * 5);
    release();
    const all = () => new Set(platform.reports.map(({ address }) => address.messageKey)).size;
    await untilLater(clock, 'all the others', () => all() === CROWD.length * 5, 1_000);
    expect(platform.reports).toHaveLength(CROWD.length * 5);
  });
});

describe('setting digests', () => {
  it('are counted, and neither posted nor given up, where the store cannot open them', async () => {
    await bot.stop({ keep: true });
    const [old, fresh] = ['1', '2'].map((digit) => digit.repeat(64));
    const startWith = (STORE_KEY: string) =>
      startBot({ clock, world: bot.world, env: { STORE_KEY }, morePlatforms: () => [platform] });
    bot = await startWith(`${old}`);
    const ahead = await startWith(`${fresh},${old}`);
    digests = createDigests({ ...ahead.app.store, clock });
    await set();
    await ahead.stop({ keep: true });
    digests = createDigests({ ...bot.app.store, clock });
    expect(await digests.listOf(ANNA)).toEqual([]);
    expect(await digests.unreadableOf(ANNA)).toBe(1);
    clock.advance(dueAt - clock.now() + 60_000);
    await untilStill();
    expect(platform.reports).toEqual([]);
    expect(await bot.app.store.outbox.dead(1)).toEqual([]);
    expect(await digests.unreadableOf(ANNA)).toBe(1);
  });

  it('is set once by a question that is answered again after a crash, and stays as due as it was', async () => {
    await name(USED_UP);
    await set('C1', 'r-crashed');
    const [first] = await digests.listOf(ANNA);
    clock.advance(dueAt - clock.now() + 1_000);
    expect((await set('C1', 'r-crashed')).kind).toBe('set');
    expect(await digests.listOf(ANNA)).toEqual([first]);
    await passTimeUntil('the digest', () => platform.reports.length > 0);
    expect(platform.reports[0]?.report.kind).toBe('digest');
  });

  it('ends by its number once for a question, which answered again leaves the next one alone', async () => {
    for (const channel of ['C1', 'C2', 'C3']) {
      await set(channel);
      clock.advance(1);
    }
    const left = async () => (await digests.listOf(ANNA)).map(({ channelId }) => channelId);
    expect(await digests.stopAt(ANNA, 2, 'r-off')).toBe(true);
    expect(await digests.stopAt(ANNA, 2, 'r-off')).toBe(true);
    expect(await left()).toEqual(['C1', 'C3']);
    expect(await digests.stopAt(ANNA, 3, 'r-none')).toBe(false);
    expect(await digests.stopAt(ANNA, 2, 'r-next')).toBe(true);
    expect(await left()).toEqual(['C1']);
  });

  it('takes the place of the one before in that channel, and stops at five', async () => {
    expect((await set('C1')).kind).toBe('set');
    expect((await set('C1')).kind).toBe('changed');
    for (const channel of ['C2', 'C3', 'C4', 'C5']) await set(channel);
    expect(await set('C6')).toEqual({ kind: 'too-many', most: 5 });
    expect(await digests.stop(ANNA, 'C3')).toBe(true);
    expect(await digests.stop(ANNA, 'C3')).toBe(false);
    const [first] = await digests.listOf(ANNA);
    expect(await digests.stopOne('terminal:ben', first?.id ?? '')).toBe(false);
    expect((await digests.listOf(ANNA)).map(({ channelId }) => channelId).sort()).toEqual([
      'C1',
      'C2',
      'C4',
      'C5',
    ]);
  });
});
