import type { CardAction } from '../card.ts';
import type { Say } from '../say.ts';

/** Labels of the buttons, at most 30 characters. */
export type ActionWords = Readonly<Record<CardAction['kind'] | 'ask-again', string>>;

/** What the buttons say. */
export function actionWords({ text }: Say): ActionWords {
  return {
    refresh: text('actions.refresh'),
    'ask-again': text('actions.ask-again'),
    'tell-when-fresh': text('actions.tell-when-fresh'),
    cancel: text('actions.cancel'),
    share: text('actions.share'),
    show: text('actions.show'),
  };
}
