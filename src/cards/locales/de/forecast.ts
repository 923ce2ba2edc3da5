import type { Figures } from '../../figures.ts';
import type { ForecastBasis, ForecastWords } from '../en/forecast.ts';

/** What is said of the days to come. */
export function forecastWords({ data, counted }: Figures): ForecastWords {
  const amount = (mb: number) => data({ remaining: mb, total: mb }).remaining;
  const estimate = (points: number) =>
    ` (Schätzung aus ${counted(points, { one: 'Messwert', other: 'Messwerten' })}).`;
  const pace = ({ perDayMb, from }: ForecastBasis) => [`Etwa ${amount(perDayMb)} pro Tag seit `, from];
  return {
    runsOut: (forecast) => [
      ...pace(forecast),
      '; voraussichtlich aufgebraucht etwa ',
      forecast.at,
      estimate(forecast.points),
    ],
    lasts: (forecast) => [
      ...pace(forecast),
      '; bei diesem Verbrauch reicht es bis zum Ende des Tarifs',
      estimate(forecast.points),
    ],
    reckoned: [
      'Geschätzt wird mit dem mittleren Verbrauch zwischen den Messwerten des Bots seit der letzten Aufladung, höchstens eine Woche zurück.',
    ],
    between: (earliest, latest) => [
      ' Je nach beobachtetem Verbrauch liegt das Ende zwischen ',
      earliest,
      ' und ',
      latest,
      '.',
    ],
    earliest: (at) => [' Beim höchsten beobachteten Verbrauch liegt das Ende etwa bei ', at, '.'],
    trend: 'Verlauf',
    none: {
      unlimited: ['Der Tarif ist unbegrenzt: Es kann nichts ausgehen.'],
      'not-active': ['Keine Schätzung: Der Tarif ist nicht in Gebrauch.'],
      'used-up': ['Keine Schätzung: Die Daten sind aufgebraucht.'],
      'too-few-readings': [
        'Noch keine Schätzung: Dafür braucht es drei Messwerte über mindestens einen Tag, seit der letzten Aufladung.',
      ],
      'no-use': ['Keine Schätzung: Zwischen den Messwerten wurde nichts verbraucht.'],
      uneven: ['Keine Schätzung: Der Verbrauch war dafür zu ungleichmäßig.'],
      'too-far-off': [
        'Keine Schätzung: Bei diesem Verbrauch liegt das Ende zu weit entfernt, um es aus so kurzer Zeit abzuleiten.',
      ],
    },
    pictureAlt: ({ fromDay, toDay, startMb, nowMb, endDay }) =>
      `Restdaten von ${fromDay} bis ${toDay}: von ${amount(startMb)} auf ${amount(nowMb)}.` +
      (endDay === undefined ? '' : ` Beim geschätzten Verbrauch sind sie etwa ${endDay} aufgebraucht.`),
    noPicture: ['Das Bild konnte diesmal nicht erstellt werden.'],
    pictureElsewhere: ['Das Bild steht in der Direktnachricht mit dem Bot.'],
  };
}
