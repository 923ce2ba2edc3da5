import { instant } from '../../spans.ts';
import type { HomeWords } from '../en/home.ts';

/** What stands on the App Home. */
export const homeWords: HomeWords = {
  title: 'eSIM-Nutzung',
  pending: 'Antworten unterwegs',
  nonePending: ['Nichts wartet auf Airalo.'],
  pendingItem: (masked, answerAt) => [`eSIM ${masked}, erwartet um `, instant(answerAt, 'time')],
  recent: 'Letzte Abfragen',
  noneRecent: ['Bisher wurde keine eSIM abgefragt.'],
  outcomes: {
    fresh: 'bei Airalo gelesen',
    cached: 'letzter Stand gezeigt',
    deferred: 'Antwort zugesagt',
    'unknown-esim': 'bei Airalo unbekannt',
    declined: 'von Airalo abgelehnt',
    'too-many': 'zu viele auf einmal',
    'promise-expired': 'keine Antwort',
    'promise-cancelled': 'abgebrochen',
    other: 'nicht beantwortet',
  },
  recentItem: (masked, outcome, time) => [`eSIM ${masked}, ${outcome}, `, instant(time, 'date-time')],
  health: 'Zustand des Bots',
  healthy: ['Alles funktioniert.'],
  unhealthy: [
    'Etwas ist gestört; Antworten können später kommen. Der Betreiber sieht im Protokoll, was es ist.',
  ],
  help: 'So wird gefragt',
};
