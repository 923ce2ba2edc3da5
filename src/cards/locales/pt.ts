import { createFigures } from '../figures.ts';
import type { Words } from '../words.ts';
import { actionWords } from './pt/actions.ts';
import { alertWords } from './pt/alerts.ts';
import { bulkWords } from './pt/bulk.ts';
import { cardWords } from './pt/card.ts';
import { chatWords } from './pt/chat.ts';
import { commandWords } from './pt/commands.ts';
import { findWords } from './pt/find.ts';
import { forecastWords } from './pt/forecast.ts';
import { helpWords } from './pt/help.ts';
import { homeWords } from './pt/home.ts';
import { refusalWords } from './pt/refusal.ts';
import { terminalWords } from './pt/terminal.ts';
import { topicWords } from './pt/topics.ts';
import { watchWords } from './pt/watch.ts';

/** Portuguese as Brazil writes it. */
export function portuguese(locale: string): Words {
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
