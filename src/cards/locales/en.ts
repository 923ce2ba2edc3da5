import { createFigures } from '../figures.ts';
import { actionWords } from './en/actions.ts';
import { alertWords } from './en/alerts.ts';
import { bulkWords } from './en/bulk.ts';
import { cardWords } from './en/card.ts';
import { chatWords } from './en/chat.ts';
import { commandWords } from './en/commands.ts';
import { findWords } from './en/find.ts';
import { forecastWords } from './en/forecast.ts';
import { helpWords } from './en/help.ts';
import { homeWords } from './en/home.ts';
import { refusalWords } from './en/refusal.ts';
import { terminalWords } from './en/terminal.ts';
import { topicWords } from './en/topics.ts';
import { watchWords } from './en/watch.ts';

/** English, with the numbers of `locale` (`en-GB`, `en-IN`). Its sections are what every language has. */
export function english(locale: string) {
  const figures = createFigures(locale);
  return {
    /** What the words are in, BCP 47: for `Intl` in the renderers. */
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
