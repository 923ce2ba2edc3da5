import type { ActionWords } from '../en/actions.ts';

/** What the buttons say. */
export const actionWords: ActionWords = {
  refresh: 'Atualizar',
  'ask-again': 'Perguntar de novo',
  'tell-when-fresh': 'Avisar quando atualizar',
  cancel: 'Cancelar',
  share: 'Compartilhar aqui',
  show: 'Mostrar',
};
