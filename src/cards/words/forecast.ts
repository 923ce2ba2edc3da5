import type { NoForecast } from '../../domain/forecast.ts';
import type { Line, Span } from '../card.ts';
import type { Say } from '../say.ts';

/** What a forecast rests on, as the words need it. */
interface ForecastBasis {
  /** MB, rounded to what an estimate can bear. */
  readonly perDayMb: number;
  /** The day of the first reading that counts. */
  readonly from: Span;
  /** How many readings it rests on. */
  readonly points: number;
}

/** Words of the estimate, its picture and its card. */
export interface ForecastWords {
  /** `at`: the day on which nothing is left, if it goes on so. */
  runsOut(forecast: ForecastBasis & { readonly at: Span }): Line;
  /** Until its end the plan has enough. */
  lasts(forecast: ForecastBasis): Line;
  /** How it is reckoned. */
  readonly reckoned: Line;
  /** Behind `reckoned`: the ends at the highest and the lowest pace. */
  between(earliest: Span, latest: Span): Line;
  /** Behind `reckoned`, where at the lowest pace it would not end. */
  earliest(at: Span): Line;
  /** The button. */
  readonly trend: string;
  /** Why there is no forecast, in words for the person. */
  readonly none: Readonly<Record<NoForecast, Line>>;
  /** What the picture shows, for those who do not see it: amounts in MB, days as text, `end` only where it runs out. */
  pictureAlt(shown: {
    readonly fromDay: string;
    readonly toDay: string;
    readonly startMb: number;
    readonly nowMb: number;
    readonly endDay?: string;
  }): string;
  /** Above the chart and in its legend. */
  readonly chartTitle: string;
  /** The picture could not be drawn or sent. */
  readonly noPicture: Line;
  /** The picture is not where the card is, but in the direct message with the bot. */
  readonly pictureElsewhere: Line;
}

/** What is said of the days to come. */
export function forecastWords({ text, line, figures: { data } }: Say): ForecastWords {
  const amount = (mb: number) => data({ remaining: mb, total: mb }).remaining;
  return {
    runsOut: ({ perDayMb, from, points, at }) =>
      line('forecast.runsOut', { amount: amount(perDayMb), from, points, at }),
    lasts: ({ perDayMb, from, points }) => line('forecast.lasts', { amount: amount(perDayMb), from, points }),
    reckoned: line('forecast.reckoned'),
    between: (earliest, latest) => line('forecast.between', { earliest, latest }),
    earliest: (at) => line('forecast.earliest', { at }),
    trend: text('forecast.trend'),
    none: {
      unlimited: line('forecast.none.unlimited'),
      'not-active': line('forecast.none.not-active'),
      'used-up': line('forecast.none.used-up'),
      'too-few-readings': line('forecast.none.too-few-readings'),
      'no-use': line('forecast.none.no-use'),
      uneven: line('forecast.none.uneven'),
      'too-far-off': line('forecast.none.too-far-off'),
    },
    pictureAlt({ fromDay, toDay, startMb, nowMb, endDay }) {
      const shown = { fromDay, toDay, start: amount(startMb), end: amount(nowMb) };
      return endDay === undefined
        ? text('forecast.pictureAlt', shown)
        : text('forecast.pictureAlt.end', { ...shown, endDay });
    },
    chartTitle: text('forecast.chartTitle'),
    noPicture: line('forecast.noPicture'),
    pictureElsewhere: line('forecast.pictureElsewhere'),
  };
}
