import type { TellingForecast } from '../domain/forecast.ts';
import { outlookEnd } from '../domain/usage-trend.ts';
import type { Line, Viewer } from './card.ts';
import { instant } from './spans.ts';
import type { Words } from './words.ts';

/** What a forecast puts on a card; nothing where there is none, or where its day has come already. */
export interface ForecastParts {
  readonly lines: readonly Line[];
  /** How it is reckoned, and how far off it may be. */
  readonly footnotes: readonly Line[];
}

const NOTHING: ForecastParts = { lines: [], footnotes: [] };
/** Ends closer together than this are one day to people. */
const WORTH_A_RANGE_MS = 24 * 60 * 60 * 1000;

/**
 * `expiresAt`: the end of the plan, where it has one (epoch ms). A forecast whose day is past says nothing, since the
 * card would contradict itself.
 */
export function forecastParts(
  forecast: TellingForecast | undefined,
  expiresAt: number | undefined,
  viewer: Viewer,
  { forecast: words }: Words,
): ForecastParts {
  if (!forecast || (outlookEnd(forecast) ?? 0) <= viewer.now) return NOTHING;
  const perDayMb = rounded(forecast.perDayMb);
  const basis = { perDayMb, from: instant(forecast.from, 'day'), points: forecast.points };
  const line =
    forecast.kind === 'runs-out'
      ? words.runsOut({ ...basis, at: instant(forecast.at, 'day') })
      : words.lasts(basis);
  const spread = rangeOf(forecast, expiresAt ?? Number.POSITIVE_INFINITY, words);
  return {
    lines: [line],
    footnotes: [[...words.reckoned, ...spread]],
  };
}

/** The end at the highest and at the lowest pace seen, as far as the plan runs that long. */
function rangeOf(forecast: TellingForecast, expiresAt: number, words: Words['forecast']): Line {
  const { earliestAt } = forecast;
  if (earliestAt === undefined) return [];
  const latestAt = forecast.kind === 'runs-out' ? forecast.latestAt : undefined;
  const earliest = instant(earliestAt, 'date');
  if (latestAt !== undefined && latestAt < expiresAt)
    return latestAt - earliestAt < WORTH_A_RANGE_MS ? [] : words.between(earliest, instant(latestAt, 'date'));
  return words.earliest(earliest);
}

/** Two figures are as much as an estimate can bear. */
function rounded(mb: number): number {
  return Number(mb.toPrecision(2));
}
