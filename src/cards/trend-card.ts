import type { Iccid } from '../domain/iccid.ts';
import type { UsageReading } from '../domain/usage.ts';
import { outlookEnd, type UsageTrend } from '../domain/usage-trend.ts';
import type { Card, Viewer } from './card.ts';
import { forecastParts } from './forecast-parts.ts';
import { plainLine } from './plain-text.ts';
import { iccidFact, readingParts } from './reading-parts.ts';
import { instant, instantFrom } from './spans.ts';
import { trendChart } from './trend-chart.ts';
import { wordsFor } from './words.ts';

/** What a trend is told from. */
export interface ToldTrend {
  readonly iccid: Iccid;
  readonly reading: UsageReading;
  /** Epoch ms, of `reading`. */
  readonly asOf: number;
  readonly trend: UsageTrend;
  /** Absent: it could not be drawn, or there is nothing to draw. */
  readonly png?: Uint8Array;
}

/** How many readings make a line. */
export const FEWEST_FOR_PICTURE = 2;

/**
 * The way of the data so far and from here, in words and, where there is one, as a picture. Private. Pure: the
 * picture was drawn before.
 */
export function trendCard({ iccid, reading, asOf, trend, png }: ToldTrend, viewer: Viewer): Card {
  const words = wordsFor(viewer.locale);
  const { forecast, points, expiresAt } = trend;
  const telling = forecast.kind === 'none' ? undefined : forecast;
  const ahead = forecastParts(telling, expiresAt, viewer, words);
  const missing = png === undefined && points.length >= FEWEST_FOR_PICTURE;
  const { title, tone, meters } = readingParts(reading, iccid, viewer, words.card);
  return {
    title,
    meters,
    tone,
    lines: [
      ...(forecast.kind === 'none' ? [words.forecast.none[forecast.because]] : ahead.lines),
      ...(missing ? [words.forecast.noPicture] : []),
    ],
    facts: iccidFact(iccid, viewer),
    freshness: [words.card.asOf(instantFrom(viewer.now, asOf, 'relative')), ...ahead.footnotes],
    actions: [],
    // Without a picture there is no chart either: where the chart is refused, the picture takes its place.
    ...(png
      ? { picture: { name: 'trend.png', png, alt: altOf(trend, viewer) }, ...chartOf(trend, viewer) }
      : {}),
  };
}

function chartOf({ points }: UsageTrend, { locale }: Viewer): Pick<Card, 'chart'> {
  const chart = trendChart(points, locale);
  return chart ? { chart } : {};
}

/** What the line shows, for whoever cannot see it: where it begins, where it stands, where it leads. */
function altOf({ points, forecast }: UsageTrend, { locale }: Viewer): string {
  const day = (at: number) => plainLine([instant(at, 'date')], { locale });
  const [first, last] = [points[0], points.at(-1)];
  const until = forecast.kind === 'runs-out' ? outlookEnd(forecast) : undefined;
  return wordsFor(locale).forecast.pictureAlt({
    fromDay: day(first?.at ?? 0),
    toDay: day(last?.at ?? 0),
    startMb: first?.remainingMb ?? 0,
    nowMb: last?.remainingMb ?? 0,
    ...(until === undefined ? {} : { endDay: day(until) }),
  });
}
