import type { ActionWords } from '../en/actions.ts';

/** What the buttons say. */
export const actionWords: ActionWords = {
  refresh: 'Actualizar',
  'ask-again': 'Volver a preguntar',
  'tell-when-fresh': 'Avisar cuando se actualice',
  cancel: 'Cancelar',
  share: 'Compartir aquí',
  show: 'Mostrar',
};
