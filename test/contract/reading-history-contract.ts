import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { UsagePoint } from '../../src/domain/usage-point.ts';
import type { Retention } from '../../src/storage/ports.ts';
import type { OpenUnderTest, StoreUnderTest } from './store-under-test.ts';

const HOUR_MS = 60 * 60 * 1000;
const ICCID = '8910000000001000019';
const OTHER = '8910000000001000027';

/** What was read over time. */
export function describeReadingHistory(name: string, open: OpenUnderTest, retention: Retention): void {
  describe(`${name}: reading history`, () => {
    let under: StoreUnderTest;
    /** The beginning of an hour not long ago. */
    let hour: number;
    beforeEach(async () => {
      under = await open({ ...retention, historyMs: 50 * HOUR_MS });
      hour = Math.floor(under.clock.now() / HOUR_MS) * HOUR_MS - 20 * HOUR_MS;
    });
    afterEach(() => under.cleanUp());

    const point = (at: number, remainingMb = 1_000): UsagePoint => ({
      at,
      remainingMb,
      totalMb: 3_072,
      status: 'ACTIVE',
    });

    test('gives back the points of an eSIM, oldest first, whatever the order they came in', async () => {
      const { history } = under.store;
      const points = [0, 1, 2, 3].map((turn) => point(hour + turn * HOUR_MS + turn, 1_000 - turn));
      for (const turn of [2, 0, 3, 1]) {
        const added = points[turn];
        if (added) await history.append(ICCID, added);
      }
      await history.append(OTHER, point(hour));
      expect(await history.since(ICCID, hour, 100)).toEqual(points);
      expect(await (await under.another()).history.since(OTHER, hour, 100)).toEqual([point(hour)]);
      expect(await (await under.reopen()).history.since(ICCID, hour, 100)).toEqual(points);
      expect(await (await under.another()).history.since('8910000000001000035', 0, 100)).toEqual([]);
    });

    test('begins where it is asked to, and keeps to the newest up to the limit', async () => {
      const { history } = under.store;
      const points = [0, 1, 2, 3].map((turn) => point(hour + turn * HOUR_MS + 7));
      for (const added of points) await history.append(ICCID, added);
      expect(await history.since(ICCID, hour + HOUR_MS + 7, 100)).toEqual(points.slice(1));
      expect(await history.since(ICCID, hour + HOUR_MS + 8, 100)).toEqual(points.slice(2));
      expect(await history.since(ICCID, 0, 2)).toEqual(points.slice(2));
    });

    test('keeps one point of an hour, the latest, however many come at once', async () => {
      const { history } = under.store;
      const other = (await under.another()).history;
      const minutes = [5, 59, 17, 30, 59, 1];
      await Promise.all(
        minutes.map((minute, turn) =>
          (turn % 2 ? history : other).append(ICCID, point(hour + minute * 60_000, minute)),
        ),
      );
      await history.append(ICCID, point(hour + HOUR_MS, 0));
      expect(await history.since(ICCID, 0, 100)).toEqual([
        point(hour + 59 * 60_000, 59),
        point(hour + HOUR_MS, 0),
      ]);
    });

    test('tells many who ask in one moment each their own, and writes what comes together', async () => {
      const { history } = under.store;
      const iccids = Array.from({ length: 30 }, (_, index) =>
        String(8_910_000_000_001_000_100n + BigInt(index)),
      );
      const points = (index: number) =>
        [0, 1, 2].map((turn) => point(hour + turn * HOUR_MS, 100 * index + turn));
      await Promise.all(
        iccids.flatMap((iccid, index) => points(index).map((added) => history.append(iccid, added))),
      );
      const found = await Promise.all(
        iccids.map((iccid, index) => history.since(iccid, index % 2 ? hour + 1 : 0, 1 + (index % 3))),
      );
      const expected = iccids.map((_, index) =>
        points(index)
          .slice(index % 2 ? 1 : 0)
          .slice(-1 - (index % 3)),
      );
      expect(found).toEqual(expected);
      expect(await Promise.all([history.since(ICCID, 0, 9), history.since(ICCID, 0, 9)])).toEqual([[], []]);
    });

    test('forgets what is past its age', async () => {
      const { history } = under.store;
      await history.append(ICCID, point(hour - 40 * HOUR_MS));
      await history.append(ICCID, point(hour));
      await history.append(ICCID, point(hour + 20 * HOUR_MS));
      await under.store.prune();
      expect(await history.since(ICCID, 0, 100)).toEqual([point(hour), point(hour + 20 * HOUR_MS)]);
    });
  });
}
