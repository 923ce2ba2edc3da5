import { instant } from '../../spans.ts';
import type { HomeWords } from '../en/home.ts';

/** What stands on the App Home. */
export const homeWords: HomeWords = {
  title: 'Uso de eSIM',
  pending: 'Respostas a caminho',
  nonePending: ['Nada está esperando pela Airalo.'],
  pendingItem: (masked, answerAt) => [`eSIM ${masked}, prevista para as `, instant(answerAt, 'time')],
  recent: 'Suas últimas consultas',
  noneRecent: ['Você ainda não consultou nenhum eSIM.'],
  outcomes: {
    fresh: 'lido na Airalo',
    cached: 'última leitura mostrada',
    deferred: 'resposta prometida',
    'unknown-esim': 'desconhecido pela Airalo',
    declined: 'recusado pela Airalo',
    'too-many': 'consultas demais',
    'promise-expired': 'sem resposta',
    'promise-cancelled': 'cancelado',
    other: 'não respondido',
  },
  recentItem: (masked, outcome, time) => [`eSIM ${masked}, ${outcome}, `, instant(time, 'date-time')],
  health: 'Estado do bot',
  healthy: ['Tudo funciona.'],
  unhealthy: ['Algo não está bem; as respostas podem demorar. O responsável encontra a causa no log.'],
  help: 'Como perguntar',
};
