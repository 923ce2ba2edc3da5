import { german } from './locales/de.ts';
import { english } from './locales/en.ts';
import { spanish } from './locales/es.ts';
import { french } from './locales/fr.ts';
import { japanese } from './locales/ja.ts';
import { portuguese } from './locales/pt.ts';

/**
 * Every word the product says to a person, in every language. Numbers, units, plurals and lists come from `Intl` (`figures.ts`);
 * instants, digits and foreign text are spans, never parts of a string.
 *
 * The catalogue has one file for each language and section: `locales/<language>/<section>.ts`; `locales/<language>.ts` puts a language
 * together. English is the measure: the type of a section stands in its English file, and a language without it does not compile.
 *
 * To add a section, say `alerts`:
 * 1. `locales/en/alerts.ts`: `export interface AlertWords` with a word on each key, and `export function alertWords(figures: Figures): AlertWords`
 *    (a constant where no number is said). Whoever says them takes `wordsFor(locale).alerts`.
 * 2. `locales/en.ts`: `alerts: alertWords(figures)`.
 * 3. The same two steps in each other language, with the type from the English file.
 * 4. A line in `test/support/word-samples.ts` for each function: the tests call it in every language.
 */
export type Words = Readonly<ReturnType<typeof english>>;

/** Words on a card with a figure. */
export type CardWords = Words['card'];
/** What a platform says outside a card. */
export type ChatWords = Words['chat'];

/** By language, or by language and region; made for the full locale asked for. */
const LANGUAGES: ReadonlyMap<string, (locale: string) => Words> = new Map([
  ['en', english],
  ['de', german],
  ['es', spanish],
  ['fr', french],
  ['pt', portuguese],
  ['ja', japanese],
]);

/** What is kept is bounded, since locales come from outside. */
const MOST_TAGS = 500;
const made = new Map<string, Words>();

/** The words in `locale`, or in the nearest language there is (`pt-BR`, then `pt`), or in English. */
export function wordsFor(locale: string): Words {
  const tag = supportedTag(locale);
  const known = made.get(tag);
  if (known) return known;
  const words = languageOf(tag)(tag);
  if (made.size >= MOST_TAGS) made.clear();
  made.set(tag, words);
  return words;
}

/** Asked for with each card, and slow to find out. */
const tags = new Map<string, string>();

/** The canonical tag without extensions when its language is there; `en` otherwise. */
function supportedTag(locale: string): string {
  const known = tags.get(locale);
  if (known !== undefined) return known;
  const tag = findTag(locale);
  if (tags.size >= MOST_TAGS) tags.clear();
  tags.set(locale, tag);
  return tag;
}

/** What a POSIX locale has after language and region: `de_DE.UTF-8`, `fr_FR@euro` (which Node gives as a private part). */
const NOT_BCP_47 = /(?:[.@]|-x-).*$/;

function findTag(locale: string): string {
  try {
    const { language, region } = new Intl.Locale(locale.replaceAll('_', '-').replace(NOT_BCP_47, ''));
    const tag = region === undefined ? language : `${language}-${region}`;
    return LANGUAGES.has(tag) || LANGUAGES.has(language) ? tag : 'en';
  } catch {
    return 'en';
  }
}

function languageOf(tag: string): (locale: string) => Words {
  return LANGUAGES.get(tag) ?? LANGUAGES.get(tag.split('-', 1).join()) ?? english;
}
