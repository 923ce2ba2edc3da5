import { instant } from '../../spans.ts';
import type { HomeWords } from '../en/home.ts';

/** What stands on the App Home. */
export const homeWords: HomeWords = {
  title: 'Usage eSIM',
  pending: 'Réponses à venir',
  nonePending: ['Rien n’attend Airalo.'],
  pendingItem: (masked, answerAt) => [`eSIM ${masked}, attendue à `, instant(answerAt, 'time')],
  recent: 'Vos dernières consultations',
  noneRecent: ['Vous n’avez encore consulté aucune eSIM.'],
  outcomes: {
    fresh: 'lue chez Airalo',
    cached: 'dernier relevé affiché',
    deferred: 'réponse promise',
    'unknown-esim': 'inconnue d’Airalo',
    declined: 'refusée par Airalo',
    'too-many': 'trop à la fois',
    'promise-expired': 'sans réponse',
    'promise-cancelled': 'annulée',
    other: 'restée sans réponse',
  },
  recentItem: (masked, outcome, time) => [`eSIM ${masked}, ${outcome}, `, instant(time, 'date-time')],
  health: 'État du bot',
  healthy: ['Tout fonctionne.'],
  unhealthy: [
    'Quelque chose ne va pas ; les réponses peuvent tarder. L’exploitant en trouve la cause dans le journal.',
  ],
  help: 'Comment demander',
};
