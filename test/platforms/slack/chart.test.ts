import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../../src/cards/languages.ts';
import { trendCard } from '../../../src/cards/trend-card.ts';
import { trendChart } from '../../../src/cards/trend-chart.ts';
import type { UsagePoint } from '../../../src/domain/usage-point.ts';
import { slackMessage } from '../../../src/platforms/slack/block-kit.ts';
import { chartBlock } from '../../../src/platforms/slack/chart.ts';
import { DAY_MS, ICCID, NOW, RUNS_OUT, readingOf } from '../../support/replies.ts';
import { breachOf } from '../../support/slack/rules.ts';

const pointOf = (ago: number, remainingMb: number): UsagePoint => ({
  at: NOW - ago,
  remainingMb,
  totalMb: 5e6,
  status: 'active',
});
const points = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 90 * DAY_MS }), fc.double({ min: 0, max: 5e6, noNaN: true })), {
    minLength: 1,
    maxLength: 200,
  })
  .map((pairs) =>
    pairs.map(([ago, remainingMb]) => pointOf(ago, remainingMb)).sort((one, other) => one.at - other.at),
  );
const zone = fc.constantFrom('UTC', 'Europe/Berlin', 'America/St_Johns', 'Asia/Tokyo', 'Nowhere/Atall');
const locale = fc.constantFrom(...LANGUAGES);

const messageOf = (all: readonly Parameters<typeof trendChart>[0][], language: string, timeZone: string) =>
  slackMessage(
    all.map((some) => ({
      card: trendCard(
        {
          iccid: ICCID,
          reading: readingOf(),
          asOf: NOW,
          trend: { points: some, forecast: RUNS_OUT },
          png: new Uint8Array(),
        },
        { audience: 'private', locale: language, now: NOW },
      ),
    })),
    { locale: language, timeZone },
  );

describe('a chart in Slack', () => {
  it('is within every limit, whatever was read, in each language and zone, and so is each form behind it', () => {
    fc.assert(
      fc.property(
        fc.array(points, { minLength: 1, maxLength: 3 }),
        locale,
        zone,
        (all, language, timeZone) => {
          const message = messageOf(all, language, timeZone);
          for (const form of [message, ...(message.plainer ?? [])])
            expect(breachOf(form, 50)).toBeUndefined();
        },
      ),
    );
  });

  it('ends with the newest check, and shows nothing that was never read', () => {
    fc.assert(
      fc.property(points, locale, (some, language) => {
        const chart = trendChart(some, language);
        if (!chart) return;
        expect(chart.points.length).toBeLessThanOrEqual(20);
        expect(chart.points.at(-1)?.at).toBe(some.at(-1)?.at);
        const read = some.map(({ remainingMb }) => remainingMb);
        const largest = Math.max(...read) >= 1024 ? Math.max(...read) / 1000 : Math.max(...read);
        for (const { at, amount } of chart.points) {
          expect(at).toBeGreaterThanOrEqual(some[0]?.at ?? 0);
          expect(amount).toBeLessThanOrEqual(Math.ceil(largest));
        }
      }),
    );
  });

  it('is none of more eSIMs than Slack takes charts: then all are pictures', () => {
    const week = [0, 1, 2].map((day) => pointOf((3 - day) * DAY_MS, 900 - day * 100));
    const types = (count: number) =>
      messageOf(Array(count).fill(week), 'en', 'UTC').blocks.filter(
        ({ type }) => type === 'data_visualization',
      );
    expect(types(2)).toHaveLength(2);
    expect(types(3)).toHaveLength(0);
  });

  it('writes days as its reader does, and the unit too', () => {
    const week = [0, 1, 2, 3, 4].map((day) => pointOf((4 - day) * DAY_MS, 5_120 - day * 512));
    const chart = trendChart(week, 'fr');
    const block = chart && chartBlock(chart, { locale: 'fr', timeZone: 'UTC' });
    expect(block?.title).toBe('Données restantes');
    expect(block?.chart.axis_config.y_label).toBe('Go');
    expect(block?.chart.axis_config.categories).toHaveLength(5);
    expect(block?.chart.axis_config.categories[0]).toMatch(/^\d+ nov\.$/);
  });
});
