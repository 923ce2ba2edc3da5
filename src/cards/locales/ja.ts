import { createFigures } from '../figures.ts';
import type { Words } from '../words.ts';
import { actionWords } from './ja/actions.ts';
import { alertWords } from './ja/alerts.ts';
import { bulkWords } from './ja/bulk.ts';
import { cardWords } from './ja/card.ts';
import { chatWords } from './ja/chat.ts';
import { commandWords } from './ja/commands.ts';
import { findWords } from './ja/find.ts';
import { forecastWords } from './ja/forecast.ts';
import { helpWords } from './ja/help.ts';
import { homeWords } from './ja/home.ts';
import { refusalWords } from './ja/refusal.ts';
import { terminalWords } from './ja/terminal.ts';
import { topicWords } from './ja/topics.ts';
import { watchWords } from './ja/watch.ts';

/** Japanese, polite (です and ます). */
export function japanese(locale: string): Words {
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
