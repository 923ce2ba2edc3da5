import type { Card, Viewer } from './card.ts';
import { wordsFor } from './words.ts';

/**
 * How to ask, in lines that fit a phone: every topic has one. `commandName` as a person types it, with its slash;
 * `shortcutName` where the platform shows it otherwise than in the reader's language.
 */
export function helpCard(viewer: Viewer, commandName: string, shortcutName?: string): Card {
  const { help, commands } = wordsFor(viewer.locale);
  return {
    title: help.title,
    tone: 'neutral',
    lines: [...help.lines(commandName, shortcutName ?? commands.shortcut), ...help.topics],
    meters: [],
    facts: [],
    freshness: [help.waiting],
    actions: [],
  };
}
