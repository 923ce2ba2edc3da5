import { describe, expect, it } from 'vitest';
import { forecastUsage } from '../../src/domain/forecast.ts';
import type { UsageTrend } from '../../src/domain/usage-trend.ts';
import { drawTrend } from '../../src/pictures/trend-picture.ts';
import { TREND_COLOURS, TREND_SIZE, trendScales, trendSvg } from '../../src/pictures/trend-svg.ts';
import { pixelsOf } from '../support/picture.ts';
import { DAY_MS, HOUR_MS, MONDAY, pointAt, readingOf, series, steady } from '../support/usage-series.ts';

const USE = steady(5_120, 400);
const AS_OF = MONDAY + 5 * DAY_MS;

/** Read every six hours for five days, and then foretold. */
function trendOf(expiresAt?: number): UsageTrend {
  const points = series(USE, MONDAY, AS_OF, 6 * HOUR_MS);
  const end = expiresAt === undefined ? {} : { expiresAt };
  return { points, forecast: forecastUsage(readingOf(pointAt(USE, AS_OF), end), AS_OF, points), ...end };
}

describe('the picture of a trend', () => {
  it('is a PNG of the stated size', async () => {
    const png = await drawTrend(trendOf(), 'en');
    expect(Buffer.from(png).subarray(1, 4).toString()).toBe('PNG');
    expect(pixelsOf(png)).toMatchObject(TREND_SIZE);
    expect(png.byteLength).toBeLessThan(60_000);
  });

  it('has its line where the readings were, and nothing above it', async () => {
    const trend = trendOf();
    const { x, y } = trendScales(trend);
    const pixels = pixelsOf(await drawTrend(trend, 'en'));
    for (const hours of [1, 20, 50, 77, 119]) {
      const at = MONDAY + hours * HOUR_MS;
      const left = 5_120 - USE.usedBy(at);
      expect(pixels.near(x(at), y(left), TREND_COLOURS.read)).toBe(true);
      expect(pixels.near(x(at), y(left) - 12, TREND_COLOURS.read)).toBe(false);
    }
  });

  it('goes on as a broken line to where the data run out', async () => {
    const trend = trendOf();
    if (trend.forecast.kind !== 'runs-out') throw new Error('no end');
    const end = trend.forecast.at;
    const { x, y } = trendScales(trend);
    const pixels = pixelsOf(await drawTrend(trend, 'en'));
    const along = Array.from({ length: 40 }, (_, step) => {
      const at = AS_OF + ((step + 1) / 42) * (end - AS_OF);
      return pixels.near(x(at), y(5_120 - USE.usedBy(at)), TREND_COLOURS.foretold, 1);
    });
    expect(along.filter(Boolean).length).toBeGreaterThan(15);
    expect(along.filter(Boolean).length).toBeLessThan(40);
    expect(x(end)).toBeLessThan(TREND_SIZE.width);
    expect(Math.round(y(0))).toBeLessThan(TREND_SIZE.height);
  });

  it('foretells nothing where there is no forecast', async () => {
    const trend: UsageTrend = { ...trendOf(), forecast: { kind: 'none', because: 'uneven' } };
    const pixels = pixelsOf(await drawTrend(trend, 'en'));
    expect(pixels.count(TREND_COLOURS.foretold)).toBe(0);
    expect(pixels.count(TREND_COLOURS.read)).toBeGreaterThan(500);
  });

  it('marks the end of the plan when that comes first', () => {
    const expiresAt = AS_OF + 3 * DAY_MS;
    const lasting = trendOf(expiresAt);
    expect(lasting.forecast.kind).toBe('lasts');
    const svg = trendSvg(lasting, 'en');
    expect(svg).toContain(`M${Math.round(trendScales(lasting).x(expiresAt) * 10) / 10},`);
    expect(trendSvg(trendOf(), 'en')).not.toContain('stroke-dasharray="2 6"');
  });

  it('gives what is foretold two thirds of the width at the most', () => {
    const far: UsageTrend = {
      ...trendOf(),
      forecast: { kind: 'runs-out', perDayMb: 10, at: AS_OF + 300 * DAY_MS, from: MONDAY, points: 21 },
    };
    const { x } = trendScales(far);
    expect(x(AS_OF)).toBeGreaterThan(TREND_SIZE.width / 3);
  });

  it.each([
    ['en-GB', ['5 GB', '17/11']],
    ['de', ['5 GB', '17.11.']],
    ['fr', ['5 Go', '17/11']],
    ['ja', ['5 GB', '11/17']],
  ])('writes amounts and days as %s does', (locale, texts) => {
    const written = trendSvg(trendOf(), locale).replaceAll(/[\u00a0\u202f]/g, ' ');
    for (const text of texts) expect(written).toContain(`>${text}<`);
  });

  it('is drawn from two readings, and from one', async () => {
    const [first] = trendOf().points;
    if (!first) throw new Error('no points');
    const none = { kind: 'none', because: 'too-few-readings' } as const;
    for (const points of [[first], [first, { ...first, at: first.at + HOUR_MS, remainingMb: 0 }]])
      expect(pixelsOf(await drawTrend({ points, forecast: none }, 'en')).width).toBe(TREND_SIZE.width);
  });
});
