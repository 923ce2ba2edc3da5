import type { ActionWords } from '../en/actions.ts';

/** What the buttons say. */
export const actionWords: ActionWords = {
  refresh: 'Actualiser',
  'ask-again': 'Redemander',
  'tell-when-fresh': 'Prévenir dès la mise à jour',
  cancel: 'Annuler',
  share: 'Partager ici',
  show: 'Afficher',
};
