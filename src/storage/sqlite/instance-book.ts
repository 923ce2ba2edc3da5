import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import type { Instance, InstanceAbout, InstanceBook } from '../presence.ts';
import type { SqliteDatabase } from './database.ts';
import { jsonColumn } from './json-column.ts';

/** What another version wrote counts as nothing said. */
const aboutShape: z.ZodType<InstanceAbout> = z.object({ sealsWith: z.string().optional() }).catch({});
const beatRow = z.object({ beats: z.number() });
const instanceRow = z
  .object({ id: z.string(), beat_at: z.number(), beats: z.number(), about: jsonColumn.pipe(aboutShape) })
  .transform(({ beat_at: beatAt, ...rest }): Instance => ({ beatAt, ...rest }));

/** One row for each process. Striking it off frees its leases in the same statement, by a trigger: see the migrations. */
export class SqliteInstanceBook implements InstanceBook {
  readonly #database: SqliteDatabase;
  /** By which beats are written, the same for every process of the machine. */
  readonly #beatClock: Clock;
  /** By which leases run. */
  readonly #clock: Clock;

  constructor(database: SqliteDatabase, beatClock: Clock, clock: Clock) {
    this.#database = database;
    this.#beatClock = beatClock;
    this.#clock = clock;
  }

  /**
   * True when the instance was known already: one that beats anew after it was struck off learns so
   * that it was taken for dead.
   */
  async beat(id: string, about: InstanceAbout): Promise<boolean> {
    const row = await this.#database.first(
      beatRow,
      `INSERT INTO instance (id, beat_at, beats, about) VALUES ($id, $now, 0, $about)
       ON CONFLICT (id) DO UPDATE SET beat_at = excluded.beat_at, beats = instance.beats + 1, about = excluded.about
       RETURNING beats`,
      { $id: id, $now: this.#beatClock.now(), $about: JSON.stringify({ sealsWith: about.sealsWith }) },
    );
    return row !== undefined && row.beats > 0;
  }

  /** With the instant by which their beats are to be judged, epoch ms. */
  async all(): Promise<{ now: number; instances: Instance[] }> {
    const instances = await this.#database.all(instanceRow, 'SELECT id, beat_at, beats, about FROM instance');
    return { now: this.#beatClock.now(), instances };
  }

  async strikeOff({ id }: Instance): Promise<void> {
    await this.#database.changed(`UPDATE instance SET gone_at = $now WHERE id = $id RETURNING 1`, {
      $id: id,
      $now: this.#clock.now(),
    });
  }

  /** By the instance itself: when it leaves in order, and when it goes on under another id. */
  async remove(id: string): Promise<void> {
    await this.#database.changed(`DELETE FROM instance WHERE id = $id RETURNING 1`, { $id: id });
  }
}
