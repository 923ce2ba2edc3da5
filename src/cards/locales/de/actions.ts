import type { ActionWords } from '../en/actions.ts';

/** What the buttons say. */
export const actionWords: ActionWords = {
  refresh: 'Aktualisieren',
  'ask-again': 'Erneut fragen',
  'tell-when-fresh': 'Bei neuem Stand melden',
  cancel: 'Abbrechen',
  share: 'Hier teilen',
  show: 'Anzeigen',
};
