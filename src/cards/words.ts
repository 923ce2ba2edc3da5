import { LRUCache } from 'lru-cache';
import { LANGUAGES, type Language } from './languages.ts';
import { createSay } from './say.ts';
import { actionWords } from './words/actions.ts';
import { alertWords } from './words/alerts.ts';
import { bulkWords } from './words/bulk.ts';
import { cardWords } from './words/card.ts';
import { chatWords } from './words/chat.ts';
import { commandWords } from './words/commands.ts';
import { digestWords } from './words/digest.ts';
import { findWords } from './words/find.ts';
import { forecastWords } from './words/forecast.ts';
import { helpWords } from './words/help.ts';
import { homeWords } from './words/home.ts';
import { listWords } from './words/list.ts';
import { orderWords, planWords } from './words/orders.ts';
import { refusalWords } from './words/refusal.ts';
import { replyWords } from './words/reply.ts';
import { terminalWords } from './words/terminal.ts';
import { topicWords } from './words/topics.ts';
import { watchWords } from './words/watch.ts';

/**
 * Every word the product says to a person, in every language. The messages stand in `messages/<language>.json`, the
 * sections in `words/` say which of them is said when. Numbers, units, plurals and lists come from `Intl`; instants,
 * digits and foreign text are spans, never parts of a string. How to add a message or a language: CONTRIBUTING.md,
 * "Words and languages".
 */
export type Words = Readonly<ReturnType<typeof makeWords>>;

/** Words on a card with a figure. */
export type CardWords = Words['card'];
/** What a platform says outside a card. */
export type ChatWords = Words['chat'];

function makeWords(locale: string) {
  const say = createSay(languageOf(locale), locale);
  return {
    /** What the words are in, BCP 47: for `Intl` in the renderers. */
    locale,
    actions: actionWords(say),
    alerts: alertWords(say),
    bulk: bulkWords(say),
    card: cardWords(say),
    list: listWords(say),
    reply: replyWords(say),
    refusal: refusalWords(say),
    chat: chatWords(say),
    home: homeWords(say),
    commands: commandWords(say),
    help: helpWords(say),
    terminal: terminalWords(say),
    find: findWords(say),
    forecast: forecastWords(say),
    orders: orderWords(say),
    plans: planWords(say),
    topics: topicWords(say),
    watch: watchWords(say),
    digest: digestWords(say, locale),
  };
}

/** What is kept is bounded, since locales come from outside: one person could name thousands. */
const MAX_TAGS = 500;
const made = new LRUCache<string, Words>({ max: MAX_TAGS });

/**
 * The words in `locale`, or in the nearest language there is (`pt-BR`, then `pt`), or in English. Never throws,
 * whatever the tag; numbers and dates keep the region (`de-CH`).
 */
export function wordsFor(locale: string): Words {
  const tag = supportedTag(locale);
  const known = made.get(tag);
  if (known) return known;
  const words = makeWords(tag);
  made.set(tag, words);
  return words;
}

/** Asked for with each card, and slow to find out. */
const tags = new LRUCache<string, string>({ max: MAX_TAGS });

/** The canonical tag without extensions when its language is there; `en` otherwise. */
function supportedTag(locale: string): string {
  const known = tags.get(locale);
  if (known !== undefined) return known;
  const tag = findTag(locale);
  tags.set(locale, tag);
  return tag;
}

/**
 * What a POSIX locale has after language and region: `de_DE.UTF-8`, `fr_FR@euro` (which Node gives as a private
 * part).
 */
const NOT_BCP_47 = /(?:[.@]|-x-).*$/;

function findTag(locale: string): string {
  try {
    const { language, region } = new Intl.Locale(locale.replaceAll('_', '-').replace(NOT_BCP_47, ''));
    const tag = region === undefined ? language : `${language}-${region}`;
    return languageNamed(tag) || languageNamed(language) ? tag : 'en';
  } catch {
    return 'en';
  }
}

const languageNamed = (tag: string): Language | undefined => LANGUAGES.find((language) => language === tag);

function languageOf(tag: string): Language {
  return languageNamed(tag) ?? languageNamed(tag.split('-', 1).join()) ?? 'en';
}
