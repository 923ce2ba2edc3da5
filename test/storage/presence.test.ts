import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPresence, type Presence } from '../../src/storage/presence.ts';
import { openDatabase, type SqliteDatabase } from '../../src/storage/sqlite/database.ts';
import { SqliteInstanceBook } from '../../src/storage/sqlite/instance-book.ts';
import { migrate } from '../../src/storage/sqlite/migrations.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { makeTemporaryPlace, type TemporaryPlace } from '../support/temporary-place.ts';
import { until } from '../support/until.ts';

const BEAT_MS = 250;
const HOUR_MS = 3_600_000;

describe('who works on a store', () => {
  let place: TemporaryPlace;
  let database: SqliteDatabase;
  let clock: ManualClock;
  let book: SqliteInstanceBook;
  let present: Presence[];
  let told: string[];

  beforeEach(async () => {
    place = await makeTemporaryPlace();
    clock = new ManualClock();
    database = await openDatabase(place.path('store.sqlite'));
    await migrate(database);
    book = new SqliteInstanceBook(database, clock, clock);
    present = [];
    told = [];
  });
  afterEach(async () => {
    for (const one of present) await one.leave();
    await database.close();
    await place.remove();
  });

  async function join(name: string, own: ManualClock = clock): Promise<Presence> {
    const presence = createPresence({
      book: new SqliteInstanceBook(database, own, own),
      clock: own,
      about: () => ({}),
      onFreed: () => told.push(`${name} freed`),
      onLost: () => told.push(`${name} lost`),
    });
    present.push(presence);
    await presence.join();
    return presence;
  }
  const ids = async () => (await book.all()).instances.map(({ id }) => id);
  const beatsOf = async (id: string) => (await book.all()).instances.find((one) => one.id === id)?.beats;
  /** So many beats of these; each is through before the next is due. */
  async function pass(times: number, ...beating: Presence[]): Promise<void> {
    for (let time = 0; time < times; time++) {
      await until('everybody waits for the next', () => clock.sleeping >= beating.length);
      const before = await Promise.all(beating.map(({ id }) => beatsOf(id)));
      clock.advance(BEAT_MS);
      await until('everybody has beaten', async () => {
        const after = await Promise.all(beating.map(({ id }) => beatsOf(id)));
        return after.every((beats, index) => beats !== before[index]);
      });
    }
  }

  it('strikes off one that has been still for a second and a half, and no sooner', async () => {
    const dead = await join('dead', new ManualClock());
    const alive = await join('alive');
    await pass(5, alive);
    expect(await ids()).toContain(dead.id);
    await pass(3, alive);
    await until('it is struck off', async () => !(await ids()).includes(dead.id));
    expect(told).toEqual(['alive freed']);
  });

  it('leaves one alone that beats, whatever the clock jumps by', async () => {
    const one = await join('one');
    const other = await join('other');
    await pass(4, one, other);
    await until('both wait for the next', () => clock.sleeping >= 2);
    clock.advance(HOUR_MS);
    await pass(12, one, other);
    expect((await ids()).sort()).toEqual([one.id, other.id].sort());
    expect(told).toEqual([]);
  });

  it('takes one that was struck off while it stood still back under another name, and tells it', async () => {
    const stoodStill = await join('still', new ManualClock());
    const before = stoodStill.id;
    const alive = await join('alive');
    await pass(12, alive);
    const own = new ManualClock();
    const late = await join('late', own);
    const lateId = late.id;
    await book.strikeOff({ id: lateId, beatAt: 0, beats: 0, about: {} });
    await until('it waits for the next', () => own.sleeping > 0);
    own.advance(BEAT_MS);
    await until('it has learnt of it', () => told.includes('late lost'));
    expect(late.id).not.toBe(lateId);
    expect(await ids()).toContain(late.id);
    expect(await ids()).not.toContain(before);
  });

  it('is gone at once when it says good-bye', async () => {
    const one = await join('one');
    await one.leave();
    expect(await ids()).toEqual([]);
  });
});
