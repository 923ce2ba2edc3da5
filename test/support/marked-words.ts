import { wordsFor } from '../../src/cards/words.ts';
import { TOPICS } from '../../src/domain/topic.ts';

/** English of a country there is not, with `⟦` and `⟧` around all that the catalogue says: what stands outside of them is no word of it. */
export const MARKED = 'en-XA';

/** Puts the marks into the catalogue of this test file's process. Once; before anything is said in `MARKED`. */
export function markWords(): void {
  for (const [key, section] of Object.entries(wordsFor(MARKED)))
    if (key !== 'locale') markAll(Object(section));
}

function markAll(words: object): void {
  for (const [key, value] of Object.entries(words)) {
    const inner = typeof value === 'object' && !Array.isArray(value);
    if (inner) markAll(value);
    else Reflect.set(words, key, marked(value));
  }
}

function marked(said: unknown): unknown {
  if (typeof said === 'string') return `⟦${said}⟧`;
  if (typeof said === 'function')
    return (...given: unknown[]) => marked(Reflect.apply(said, undefined, given));
  if (Array.isArray(said)) return said.map(marked);
  const span = new Map(Object.entries(Object(said)));
  return span.get('kind') === 'strong' ? { ...Object(said), text: marked(span.get('text')) } : said;
}

/** What is no word in any language: digits to copy and commands, mentions, dates as a client or `Intl` draws them. */
const DATA = [
  /`[^`]*`/g,
  /<[^<>]*>/g,
  /\/(?:esim-(?:usage|balance|devices)|invite)(?: ICCID)?/g,
  // How each topic is typed, in the help; two blanks are where its words stood, or the next one.
  new RegExp(
    `\\b(?:${TOPICS.join('|')})(?: ICCID)?(?: 25| 0019| anna-trip| iPhone 13| weekdays 9:00| 20261115-070321| JP)?(?= {2}| (?:${TOPICS.join('|')})\\b)`,
    'g',
  ),
  // Typed as they are, or a product, in every language.
  /\b(?:packages|esim|topups|install|watch(?:es)?|ends|channel|name|anna-trip|iPhone)\b/g,
  /\b(?:[A-Z0-9]{9,11}|UANNA|UBEN|UGUEST)\b/g,
  /(?:[A-Z][a-z]{2} \d{1,2}, \d{4}, )?\d{1,2}:\d{2}\s[AP]M (?:UTC|GMT\+\d)/g,
  /[A-Z][a-z]{2}, [A-Z][a-z]{2} \d{1,2}\b/g,
  /[A-Z][a-z]{2} \d{1,2}, \d{4}/g,
];

/** The words of a text that the catalogue did not say. */
export function strayWords(text: string): string[] {
  let rest = text;
  for (let before = ''; before !== rest; ) {
    before = rest;
    rest = rest.replace(/⟦[^⟦⟧]*⟧/g, ' ');
  }
  for (const pattern of DATA) rest = rest.replace(pattern, ' ');
  return rest.match(/[\p{L}⟦⟧]+/gu) ?? [];
}

const READ_BY_PEOPLE = new Set([
  'text',
  'content',
  'title',
  'description',
  'name',
  'value',
  'label',
  'alt_text',
]);
/** Buttons and the choices of menus carry values that nobody reads; a field of an embed has a name beside its value. */
const isButton = (part: object) => 'action_id' in part || !('name' in part);

/** Every text that a person reads in a message, a view or a part of one, as it goes over the wire. */
export function readTexts(part: unknown): string[] {
  if (Array.isArray(part)) return part.flatMap(readTexts);
  if (typeof part !== 'object' || part === null) return [];
  return Object.entries(part).flatMap(([key, value]) => {
    if (typeof value !== 'string') return readTexts(value);
    return READ_BY_PEOPLE.has(key) && !(key === 'value' && isButton(part)) ? [value] : [];
  });
}
