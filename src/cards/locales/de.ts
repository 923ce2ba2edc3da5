import { createFigures } from '../figures.ts';
import type { Words } from '../words.ts';
import { actionWords } from './de/actions.ts';
import { alertWords } from './de/alerts.ts';
import { bulkWords } from './de/bulk.ts';
import { cardWords } from './de/card.ts';
import { chatWords } from './de/chat.ts';
import { commandWords } from './de/commands.ts';
import { findWords } from './de/find.ts';
import { forecastWords } from './de/forecast.ts';
import { helpWords } from './de/help.ts';
import { homeWords } from './de/home.ts';
import { refusalWords } from './de/refusal.ts';
import { terminalWords } from './de/terminal.ts';
import { topicWords } from './de/topics.ts';
import { watchWords } from './de/watch.ts';

/** German, addressing nobody directly. */
export function german(locale: string): Words {
  const figures = createFigures(locale);
  return {
    locale,
    actions: actionWords,
    alerts: alertWords(figures),
    bulk: bulkWords(figures),
    card: cardWords(figures),
    refusal: refusalWords(figures),
    chat: chatWords(figures),
    home: homeWords,
    commands: commandWords,
    help: helpWords,
    terminal: terminalWords,
    find: findWords(figures),
    forecast: forecastWords(figures),
    topics: topicWords(figures),
    watch: watchWords(figures),
  };
}
