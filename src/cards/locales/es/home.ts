import { instant } from '../../spans.ts';
import type { HomeWords } from '../en/home.ts';

/** What stands on the App Home. */
export const homeWords: HomeWords = {
  title: 'Uso de eSIM',
  pending: 'Respuestas en camino',
  nonePending: ['Nada está esperando a Airalo.'],
  pendingItem: (masked, answerAt) => [`eSIM ${masked}, prevista a las `, instant(answerAt, 'time')],
  recent: 'Últimas consultas',
  noneRecent: ['Aún no se ha consultado ninguna eSIM.'],
  outcomes: {
    fresh: 'leída en Airalo',
    cached: 'última lectura mostrada',
    deferred: 'respuesta prometida',
    'unknown-esim': 'desconocida para Airalo',
    declined: 'rechazada por Airalo',
    'too-many': 'demasiadas a la vez',
    'promise-expired': 'sin respuesta',
    'promise-cancelled': 'cancelada',
    other: 'no respondida',
  },
  recentItem: (masked, outcome, time) => [`eSIM ${masked}, ${outcome}, `, instant(time, 'date-time')],
  health: 'Estado del bot',
  healthy: ['Todo funciona.'],
  unhealthy: [
    'Algo no va bien; las respuestas pueden tardar. El responsable puede ver la causa en el registro.',
  ],
  help: 'Cómo preguntar',
};
