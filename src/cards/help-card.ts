import type { Card, Viewer } from './card.ts';
import { wordsFor } from './words.ts';

/**
 * How to ask. `commandName` as a person types it, with its slash; `shortcutName` where the platform shows it otherwise than in the
 * reader's language.
 */
export function helpCard(viewer: Viewer, commandName: string, shortcutName?: string): Card {
  const { help, commands, find, topics, watch } = wordsFor(viewer.locale);
  return {
    title: help.title,
    tone: 'neutral',
    lines: [
      ...help.lines(commandName, shortcutName ?? commands.shortcut),
      ...topics.help(commandName),
      find.help(commandName),
      watch.help(commandName),
    ],
    meters: [],
    facts: [],
    freshness: [],
    actions: [],
  };
}
