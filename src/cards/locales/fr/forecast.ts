import type { Figures } from '../../figures.ts';
import type { ForecastBasis, ForecastWords } from '../en/forecast.ts';

/** What is said of the days to come. */
export function forecastWords({ data, counted }: Figures): ForecastWords {
  const amount = (mb: number) => data({ remaining: mb, total: mb }).remaining;
  const estimate = (points: number) =>
    ` (estimation à partir de ${counted(points, { one: 'relevé', other: 'relevés' })}).`;
  const pace = ({ perDayMb, from }: ForecastBasis) => [`Environ ${amount(perDayMb)} par jour depuis `, from];
  return {
    runsOut: (forecast) => [
      ...pace(forecast),
      ' ; épuisement prévu vers ',
      forecast.at,
      estimate(forecast.points),
    ],
    lasts: (forecast) => [
      ...pace(forecast),
      ' ; à ce rythme, il en reste jusqu’à la fin du forfait',
      estimate(forecast.points),
    ],
    reckoned: [
      'L’estimation suit le rythme médian entre les relevés du bot depuis la dernière recharge, sur une semaine au plus.',
    ],
    between: (earliest, latest) => [
      ' Selon les rythmes observés, la fin se situe entre ',
      earliest,
      ' et ',
      latest,
      '.',
    ],
    earliest: (at) => [' Au rythme le plus élevé observé, la fin arrive vers ', at, '.'],
    trend: 'Tendance',
    none: {
      unlimited: ['Le forfait est illimité : rien ne peut s’épuiser.'],
      'not-active': ['Pas d’estimation : le forfait n’est pas utilisé.'],
      'used-up': ['Pas d’estimation : les données sont épuisées.'],
      'too-few-readings': [
        'Pas encore d’estimation : il faut trois relevés sur un jour ou plus depuis la dernière recharge.',
      ],
      'no-use': ['Pas d’estimation : rien n’a été consommé entre les relevés.'],
      uneven: ['Pas d’estimation : la consommation est trop irrégulière pour en déduire un rythme.'],
      'too-far-off': [
        'Pas d’estimation : à ce rythme, la fin est trop lointaine pour être déduite d’une période si courte.',
      ],
    },
    pictureAlt: ({ fromDay, toDay, startMb, nowMb, endDay }) =>
      `Données restantes entre ${fromDay} et ${toDay} : de ${amount(startMb)} à ${amount(nowMb)}.` +
      (endDay === undefined ? '' : ` Au rythme estimé, elles sont épuisées vers ${endDay}.`),
    noPicture: ['L’image n’a pas pu être créée cette fois.'],
    pictureElsewhere: ['L’image se trouve dans le message direct avec le bot.'],
  };
}
