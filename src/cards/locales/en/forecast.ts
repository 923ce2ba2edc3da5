import type { NoForecast } from '../../../domain/forecast.ts';
import type { Line, Span } from '../../card.ts';
import type { Figures } from '../../figures.ts';

/** What a forecast rests on, as the words need it. */
export interface ForecastBasis {
  readonly perDayMb: number;
  readonly from: Span;
  readonly points: number;
}

/** Words of the estimate, its picture and its card. */
export interface ForecastWords {
  runsOut(forecast: ForecastBasis & { readonly at: Span }): Line;
  lasts(forecast: ForecastBasis): Line;
  /** How it is reckoned. */
  readonly reckoned: Line;
  /** Behind `reckoned`: the ends at the highest and the lowest pace. */
  between(earliest: Span, latest: Span): Line;
  /** Behind `reckoned`, where at the lowest pace it would not end. */
  earliest(at: Span): Line;
  /** The button. */
  readonly trend: string;
  readonly none: Readonly<Record<NoForecast, Line>>;
  /** What the picture shows, for those who do not see it: amounts in MB, days as text, `end` only where it runs out. */
  pictureAlt(shown: {
    readonly fromDay: string;
    readonly toDay: string;
    readonly startMb: number;
    readonly nowMb: number;
    readonly endDay?: string;
  }): string;
  /** The picture could not be drawn or sent. */
  readonly noPicture: Line;
  /** The picture is not where the card is, but in the direct message with the bot. */
  readonly pictureElsewhere: Line;
}

/** What is said of the days to come. */
export function forecastWords({ data, counted }: Figures): ForecastWords {
  const amount = (mb: number) => data({ remaining: mb, total: mb }).remaining;
  const estimate = (points: number) =>
    ` (estimate from ${counted(points, { one: 'reading', other: 'readings' })}).`;
  const pace = ({ perDayMb, from }: ForecastBasis) => [`About ${amount(perDayMb)} a day since `, from];
  return {
    runsOut: (forecast) => [...pace(forecast), '; runs out about ', forecast.at, estimate(forecast.points)],
    lasts: (forecast) => [
      ...pace(forecast),
      '; at this pace it lasts until the plan ends',
      estimate(forecast.points),
    ],
    reckoned: [
      "The estimate is the middle pace between the bot's own readings since the last top-up, a week back at the most.",
    ],
    between: (earliest, latest) => [' At the paces seen it ends between ', earliest, ' and ', latest, '.'],
    earliest: (at) => [' At the highest pace seen it ends about ', at, '.'],
    trend: 'Trend',
    none: {
      unlimited: ['The plan is unlimited: there is nothing to run out.'],
      'not-active': ['No estimate: the plan is not in use.'],
      'used-up': ['No estimate: the data are used up.'],
      'too-few-readings': [
        'No estimate yet: it takes three readings over a day or more, since the last top-up.',
      ],
      'no-use': ['No estimate: nothing was used between the readings.'],
      uneven: ['No estimate: the use was too uneven to tell a pace.'],
      'too-far-off': ['No estimate: at this pace the end is too far off to be told from so short a time.'],
    },
    pictureAlt: ({ fromDay, toDay, startMb, nowMb, endDay }) =>
      `Data left from ${fromDay} to ${toDay}: from ${amount(startMb)} to ${amount(nowMb)}.` +
      (endDay === undefined ? '' : ` At the estimated pace it reaches zero about ${endDay}.`),
    noPicture: ['The picture could not be made this time.'],
    pictureElsewhere: ['The picture is in your direct message with me.'],
  };
}
