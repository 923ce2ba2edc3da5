import type { CardAction } from '../../card.ts';

/** Labels of the buttons, at most 30 characters. */
export type ActionWords = Readonly<Record<CardAction['kind'] | 'ask-again', string>>;

/** What the buttons say. */
export const actionWords: ActionWords = {
  refresh: 'Refresh',
  'ask-again': 'Ask again',
  'tell-when-fresh': 'Tell me when fresh',
  cancel: 'Cancel',
  share: 'Share here',
  show: 'Show',
};
