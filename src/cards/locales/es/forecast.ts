import type { Figures } from '../../figures.ts';
import type { ForecastBasis, ForecastWords } from '../en/forecast.ts';

/** What is said of the days to come. */
export function forecastWords({ data, counted }: Figures): ForecastWords {
  const amount = (mb: number) => data({ remaining: mb, total: mb }).remaining;
  const estimate = (points: number) =>
    ` (estimación a partir de ${counted(points, { one: 'lectura', other: 'lecturas' })}).`;
  const pace = ({ perDayMb, from }: ForecastBasis) => [`Unos ${amount(perDayMb)} al día desde `, from];
  return {
    runsOut: (forecast) => [
      ...pace(forecast),
      '; se agotarán aproximadamente: ',
      forecast.at,
      estimate(forecast.points),
    ],
    lasts: (forecast) => [
      ...pace(forecast),
      '; a este ritmo duran hasta el final del plan',
      estimate(forecast.points),
    ],
    reckoned: [
      'La estimación usa el ritmo mediano entre las lecturas del propio bot desde la última recarga, como mucho de una semana atrás.',
    ],
    between: (earliest, latest) => [
      ' Según los ritmos observados, el final está entre ',
      earliest,
      ' y ',
      latest,
      '.',
    ],
    earliest: (at) => [' Al ritmo más alto observado, el final llega aproximadamente: ', at, '.'],
    trend: 'Tendencia',
    none: {
      unlimited: ['El plan es ilimitado: no hay nada que se agote.'],
      'not-active': ['Sin estimación: el plan no está en uso.'],
      'used-up': ['Sin estimación: los datos están agotados.'],
      'too-few-readings': [
        'Aún sin estimación: hacen falta tres lecturas a lo largo de un día o más desde la última recarga.',
      ],
      'no-use': ['Sin estimación: no se usó nada entre las lecturas.'],
      uneven: ['Sin estimación: el uso fue demasiado irregular para deducir un ritmo.'],
      'too-far-off': [
        'Sin estimación: a este ritmo el final queda demasiado lejos para deducirlo de tan poco tiempo.',
      ],
    },
    pictureAlt: ({ fromDay, toDay, startMb, nowMb, endDay }) =>
      `Datos restantes entre ${fromDay} y ${toDay}: de ${amount(startMb)} a ${amount(nowMb)}.` +
      (endDay === undefined ? '' : ` Al ritmo estimado se agotan aproximadamente el ${endDay}.`),
    noPicture: ['Esta vez no se pudo crear la imagen.'],
    pictureElsewhere: ['La imagen está en el mensaje directo con el bot.'],
  };
}
