import { createFigures } from '../figures.ts';
import type { Words } from '../words.ts';
import { actionWords } from './es/actions.ts';
import { alertWords } from './es/alerts.ts';
import { bulkWords } from './es/bulk.ts';
import { cardWords } from './es/card.ts';
import { chatWords } from './es/chat.ts';
import { commandWords } from './es/commands.ts';
import { findWords } from './es/find.ts';
import { forecastWords } from './es/forecast.ts';
import { helpWords } from './es/help.ts';
import { homeWords } from './es/home.ts';
import { refusalWords } from './es/refusal.ts';
import { terminalWords } from './es/terminal.ts';
import { topicWords } from './es/topics.ts';
import { watchWords } from './es/watch.ts';

/** Spanish for every region, impersonal or with `usted`. */
export function spanish(locale: string): Words {
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
