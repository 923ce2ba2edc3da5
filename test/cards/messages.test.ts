import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../src/cards/languages.ts';
import {
  describedMessages,
  isKind,
  messageFiles,
  messagesOf,
  readMessageFile,
  tagsIn,
  translatedMessages,
  usesIn,
  wordsIn,
} from '../support/message-files.ts';

const english = messagesOf('en');
const OTHERS = LANGUAGES.filter((language) => language !== 'en');
/** Marks of a kind of instant: see `say.ts`. */
const KINDS = ['now', 'time', 'date', 'other'];
/** As many as a card may say; fractions do not occur. */
const COUNTS = Array.from({ length: 1_001 }, (_, count) => count);

/** What a message must be given: names, and which of them are numbers; a plural where English has a number is the language's own affair. */
const wants = (message: string) =>
  [
    ...new Set(
      usesIn(message)
        .filter(({ name }) => !isKind(name))
        .map(({ name, as }) => `${name} ${as === 'plural' ? 'number' : as}`),
    ),
  ].sort();

it('each language in the list has a file, and each file is a language in the list', () => {
  expect(messageFiles()).toEqual([...LANGUAGES].sort());
});

it('the English messages each tell translators what they are for', () => {
  for (const [id, { description }] of Object.entries(describedMessages.parse(readMessageFile('en'))))
    expect(description.length, id).toBeGreaterThan(10);
});

describe.each(OTHERS)('the messages in %s', (language) => {
  const messages = messagesOf(language);

  it('are flat: an id and its text', () => {
    expect(translatedMessages.safeParse(readMessageFile(language)).success).toBe(true);
  });

  it('are those of the English file, none missing and none over', () => {
    expect([...messages.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it('take the arguments and tags that the English ones take', () => {
    for (const [id, message] of messages) {
      const original = english.get(id) ?? '';
      expect(wants(message), id).toEqual(wants(original));
      expect(tagsIn(message).sort(), id).toEqual(tagsIn(original).sort());
    }
  });

  it.each(LANGUAGES.filter((other) => other !== language))('are not copied from %s', (other) => {
    const source = messagesOf(other);
    // Names and single words may be the same in two languages; sentences are not.
    const sentences = [...messages].filter(([, message]) => wordsIn(message).split(' ').length > 3);
    const copied = sentences.filter(([id, message]) => source.get(id) === message).map(([id]) => id);
    expect(copied.length / sentences.length, copied.join(', ')).toBeLessThan(0.02);
  });
});

describe.each(LANGUAGES)('each message in %s', (language) => {
  const messages = messagesOf(language);

  it('is well-formed, and knows no other tags than code and strong', () => {
    for (const [id, message] of messages) {
      expect(() => usesIn(message), id).not.toThrow();
      expect(['code', 'strong'], id).toEqual(expect.arrayContaining(tagsIn(message)));
    }
  });

  it('has a case for each plural form that a count takes in the language, and none that no count takes', () => {
    const rules = new Intl.PluralRules(language);
    const taken = new Set(COUNTS.map((count) => rules.select(count)));
    for (const [id, message] of messages)
      for (const { name, cases } of usesIn(message).filter(({ as }) => as === 'plural')) {
        const forms = cases.filter((form) => !form.startsWith('='));
        expect(forms, `${id} ${name}`).toEqual(expect.arrayContaining([...taken, 'other']));
        expect(rules.resolvedOptions().pluralCategories, `${id} ${name}`).toEqual(
          expect.arrayContaining(forms),
        );
      }
  });

  it('asks of an instant only whether it is now, a time or a date, and has it for an argument', () => {
    for (const [id, message] of messages) {
      const uses = usesIn(message);
      for (const { name, cases } of uses.filter(({ as }) => as === 'select')) {
        expect(isKind(name), `${id} ${name}`).toBe(true);
        expect(KINDS, `${id} ${name}`).toEqual(expect.arrayContaining([...cases]));
        expect(cases, `${id} ${name}`).toContain('other');
        expect(
          uses.map((use) => use.name),
          id,
        ).toContain(name.replace(/Is$/, ''));
      }
    }
  });
});
