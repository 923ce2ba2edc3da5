import type { Card, Viewer } from './card.ts';
import { wordsFor } from './words.ts';

/** How to ask. `commandName` as a person types it, with its slash. */
export function helpCard(viewer: Viewer, commandName: string): Card {
  const { help, topics } = wordsFor(viewer.locale);
  return {
    title: help.title,
    tone: 'neutral',
    lines: [...help.lines(commandName), ...topics.help(commandName)],
    meters: [],
    facts: [],
    freshness: [],
    actions: [],
  };
}
