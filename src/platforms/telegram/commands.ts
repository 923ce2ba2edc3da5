import { LANGUAGES } from '../../cards/languages.ts';
import { plainLine } from '../../cards/plain-text.ts';
import { wordsFor } from '../../cards/words.ts';
import { TOPICS } from '../../domain/topic.ts';

/** As Telegram lists it while people type (Telegram's docs, BotCommand: 32 characters, and 256 of description). */
export interface ListedCommand {
  readonly command: string;
  readonly description: string;
}

const HELP = 'help';
/** What Telegram itself sends when the private chat is opened. */
const START = 'start';
/** Two letters each (Telegram's docs, setMyCommands); those of the first are for every other language. */
const LANGUAGE_CODES = { de: 'de', es: 'es', fr: 'fr', pt: 'pt', ja: 'ja' } as const;
/** See `LANGUAGE_CODES`. */
export type TelegramLanguage = keyof typeof LANGUAGE_CODES;
const isTelegramLanguage = (language: string): language is TelegramLanguage => language in LANGUAGE_CODES;

/** The command list in each language: every topic, as the help tells it, then the help. None has a code of its own for all others. */
export function commandLists(): {
  readonly language: string;
  readonly scope: { readonly language_code?: TelegramLanguage };
  readonly list: ListedCommand[];
}[] {
  return LANGUAGES.map((locale) => {
    const language = locale.split('-', 1).join();
    const scope = isTelegramLanguage(language) ? { language_code: language } : {};
    return { language, scope, list: listIn(locale) };
  });
}

function listIn(locale: string): ListedCommand[] {
  const { help, commands } = wordsFor(locale);
  const ofTopic = (topic: (typeof TOPICS)[number]): string =>
    topic === 'usage' ? commands.usageDescription : plainLine(help.about(topic), { locale });
  return [
    ...TOPICS.map((topic) => ({ command: topic, description: capitalised(ofTopic(topic), locale) })),
    { command: HELP, description: commands.helpDescription },
  ];
}

function capitalised(text: string, locale: string): string {
  const [first = ''] = text;
  return first.toLocaleUpperCase(locale) + text.slice(first.length);
}

/**
 * What a command asks, before the text behind it: the word of its topic. Empty for the lookup itself; undefined for one that is not in the
 * list, which in a group is another bot's. `help` is one of those: every bot has it, and in the private chat whatever is unknown gets it.
 */
export function wordOfCommand(command: string): string | undefined {
  const name = command.toLowerCase();
  if (name === START || name === 'usage') return '';
  return TOPICS.find((topic) => topic === name);
}
