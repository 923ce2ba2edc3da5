import type { Iccid } from '../domain/iccid.ts';
import type { Topic } from '../domain/topic.ts';
import type { AskAction, Card, PrivateViewer } from './card.ts';
import { detailCard } from './detail-card.ts';
import { foreign } from './spans.ts';
import { wordsFor } from './words.ts';

/** Buttons for one eSIM; for more of them the word is quickly typed. */
const WITH_BUTTONS = 1;

/**
 * A word that is nearly a command: which one was meant? With a number beside it, the ordinary lookup is one press
 * away as well. Nothing was looked up: a guess must not spend a read.
 */
export function didYouMeanCard(
  typed: string,
  meant: Topic,
  iccids: readonly Iccid[],
  viewer: PrivateViewer,
): Card {
  const { chat, help } = wordsFor(viewer.locale);
  const ask = (topic: Topic, label: string, style: AskAction['style']): AskAction => ({
    kind: 'ask',
    topic,
    about: 0,
    label,
    style,
  });
  return detailCard({
    title: chat.didYouMean(meant),
    lines: [chat.unknownWord(foreign(typed, 'given', 'private'))],
    actions:
      iccids.length === WITH_BUTTONS
        ? [ask(meant, meant, 'primary'), ask('usage', help.title, 'normal')]
        : [],
  });
}
