import type { CardAction, Line, Span } from '../card.ts';
import type { Say } from '../say.ts';

/** Labels of the buttons, at most 30 characters. */
export type ActionWords = Readonly<
  Record<CardAction['kind'] | 'ask-again' | 'cancel-one' | 'more' | 'open-one' | 'customer-reply', string>
> & {
  /** Notify with its time, `when`: only for a time of day, since a date has no room on a button. */
  notifyAt(when: Span): Line;
};

/** What the buttons say. */
export function actionWords({ text, line }: Say): ActionWords {
  return {
    refresh: text('actions.refresh'),
    'ask-again': text('actions.ask-again'),
    'tell-when-fresh': text('actions.tell-when-fresh'),
    cancel: text('actions.cancel'),
    'cancel-one': text('actions.cancelOne'),
    share: text('actions.share'),
    show: text('actions.show'),
    csv: text('actions.csv'),
    more: text('actions.more'),
    'open-one': text('actions.openOne'),
    'customer-reply': text('actions.customerReply'),
    notifyAt: (when) => line('actions.notifyAt', { when }),
  };
}
