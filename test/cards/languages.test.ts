import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Span } from '../../src/cards/card.ts';
import { LANGUAGES, type Language } from '../../src/cards/languages.ts';
import { CARD_LIMITS } from '../../src/cards/limits.ts';
import { lineLength } from '../../src/cards/spans.ts';
import { wordsFor } from '../../src/cards/words.ts';
import { pathsOf, sayings, unsampled } from '../support/word-samples.ts';

const OTHERS = LANGUAGES.filter((language) => language !== 'en');

/** What is the same word in English, where a language has such. Everything else that is equal was forgotten. */
const SAME_AS_ENGLISH: Readonly<Partial<Record<Language, readonly string[]>>> = {
  de: [
    'bulk.listed',
    'list.columns.status',
    'find.nameItem',
    'orders.esims',
    'topics.buttons.esim',
    'topics.titles.esim',
    'topics.titles.install',
  ],
  es: ['bulk.listed', 'find.nameItem'],
  pt: ['bulk.listed', 'find.nameItem', 'orders.esims'],
  fr: ['bulk.listed', 'commands.usageName', 'topics.titles.install'],
};
const TOPIC_NAMES = ['topics.esim.labels.apn', 'topics.install.systems.android'];
/** Names and signs, in every language. */
const NO_WORDS = [
  'card.esim',
  'card.labels.iccid',
  'commands.usageHint',
  'list.columns.esim',
  ...TOPIC_NAMES,
];

const isSpan = (value: unknown): value is Exclude<Span, string> =>
  typeof value === 'object' && value !== null && 'kind' in value;

/** The strings and the other spans of a text, a line or several lines. */
function partsOf(said: unknown): Span[] {
  if (typeof said === 'string' || isSpan(said)) return [said];
  return Array.isArray(said) ? said.flatMap(partsOf) : [];
}
/** Everything that is not said in words; in some order. */
const dataOf = (said: unknown) =>
  partsOf(said)
    .filter((part) => typeof part !== 'string' && part.kind !== 'strong')
    .map((part) => JSON.stringify(part))
    .sort();
const textOf = (said: unknown) =>
  partsOf(said)
    .map((part) => (typeof part === 'string' ? part : part.kind === 'strong' ? part.text : '#'))
    .join('');
const numbersIn = (said: unknown) => textOf(said).match(/\d+/g) ?? [];

it('every function of the catalogue is called here', () => {
  expect(unsampled()).toEqual([]);
});

describe.each(OTHERS)('the catalogue in %s', (language) => {
  const english = sayings(wordsFor('en'));
  const said = sayings(wordsFor(language));

  it('has the keys of the English one, no fewer and no more', () => {
    expect(pathsOf(wordsFor(language)).sort()).toEqual(pathsOf(wordsFor('en')).sort());
  });

  it('says something for each of them', () => {
    for (const [path, text] of said) expect(textOf(text).trim(), path).not.toBe('');
  });

  it('is not English by oversight', () => {
    const alike = [...said]
      .filter(([path, text]) => textOf(text) === textOf(english.get(path)))
      .map(([path]) => path);
    expect(alike.sort()).toEqual([...NO_WORDS, ...(SAME_AS_ENGLISH[language] ?? [])].sort());
  });

  it('tells the same instants, numbers to copy, mentions and foreign texts', () => {
    for (const [path, text] of said) expect(dataOf(text), path).toEqual(dataOf(english.get(path)));
  });

  it('tells the same figures', () => {
    for (const [path, text] of said)
      expect(numbersIn(text), path).toEqual(expect.arrayContaining(numbersIn(english.get(path))));
  });
});

describe.each(LANGUAGES)('what is said in %s', (language) => {
  const words = wordsFor(language);
  const said = sayings(words);

  it('doubles no full stop and no space', () => {
    for (const [path, text] of said) expect(textOf(text), path).not.toMatch(/\.\.|。\s*[。.]|\S {2,}\S/);
  });

  it('keeps to the lengths of Slack, Discord and the card', () => {
    const { usageName, helpName, usageDescription, iccidDescription, helpDescription, shortcut } =
      words.commands;
    for (const name of [usageName, helpName]) expect(name).toMatch(/^[-_\p{L}\p{N}]{1,32}$/u);
    for (const text of [usageDescription, iccidDescription, helpDescription])
      expect(text.length).toBeLessThanOrEqual(100);
    expect(shortcut.length).toBeLessThanOrEqual(24);
    for (const label of Object.values(words.actions))
      expect(label.length).toBeLessThanOrEqual(CARD_LIMITS.actionLabel);
    for (const [path, text] of said) {
      const lines = Array.isArray(text) && Array.isArray(text[0]) ? text : [partsOf(text)];
      for (const line of lines) expect(lineLength(partsOf(line)), path).toBeLessThanOrEqual(CARD_LIMITS.line);
    }
  });
});

describe('the commands that Discord shows', () => {
  const localised = z.record(z.string(), z.string());
  const manifest = z
    .array(
      z.object({
        name: z.string(),
        name_localizations: localised,
        description: z.string().optional(),
        description_localizations: localised.optional(),
        options: z
          .array(z.object({ description: z.string(), description_localizations: localised }))
          .optional(),
      }),
    )
    .parse(
      JSON.parse(readFileSync(new URL('../../manifests/discord-commands.json', import.meta.url), 'utf8')),
    );
  const [usage, help, shortcut] = manifest;

  // A language that is new here is shown in English by Discord until it stands there too.
  it.each(['en-US', ...Object.keys(manifest[0]?.name_localizations ?? {})])(
    'have the words of %s',
    (locale) => {
      const { commands } = wordsFor(locale);
      const named = (one: typeof usage) => one?.name_localizations[locale] ?? one?.name;
      const described = (
        one: Pick<NonNullable<typeof usage>, 'description' | 'description_localizations'> | undefined,
      ) => one?.description_localizations?.[locale] ?? one?.description;
      expect(named(usage)).toBe(commands.usageName);
      expect(described(usage)).toBe(commands.usageDescription);
      expect(described(usage?.options?.[0])).toBe(commands.iccidDescription);
      expect(named(help)).toBe(commands.helpName);
      expect(described(help)).toBe(commands.helpDescription);
      expect(named(shortcut)).toBe(commands.shortcut);
    },
  );
});
