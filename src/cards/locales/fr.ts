import { createFigures } from '../figures.ts';
import type { Words } from '../words.ts';
import { actionWords } from './fr/actions.ts';
import { alertWords } from './fr/alerts.ts';
import { bulkWords } from './fr/bulk.ts';
import { cardWords } from './fr/card.ts';
import { chatWords } from './fr/chat.ts';
import { commandWords } from './fr/commands.ts';
import { findWords } from './fr/find.ts';
import { forecastWords } from './fr/forecast.ts';
import { helpWords } from './fr/help.ts';
import { homeWords } from './fr/home.ts';
import { refusalWords } from './fr/refusal.ts';
import { terminalWords } from './fr/terminal.ts';
import { topicWords } from './fr/topics.ts';
import { watchWords } from './fr/watch.ts';

/** French, with `vous`. */
export function french(locale: string): Words {
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
