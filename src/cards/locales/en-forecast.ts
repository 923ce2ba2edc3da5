import type { Figures } from '../figures.ts';
import type { ForecastBasis, ForecastWords } from '../words.ts';

/** Words of the estimate and its picture. */
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
    pictureElsewhere: ['The picture is in our direct message.'],
  };
}
