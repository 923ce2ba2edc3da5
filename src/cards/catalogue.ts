import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { LANGUAGES, type Language } from './languages.ts';
import type { MessageId } from './message-arguments.ts';

/** The messages of one language, by id, in ICU MessageFormat. */
type Messages = Readonly<Record<string, string>>;

/** Flat, as the other languages are; English has a description beside each message, for translators. */
const file = z.record(z.string(), z.union([z.string(), z.object({ message: z.string() })]));

// Read with the program, so that a file that is missing or broken stops it at its start and not before a customer.
const catalogue: ReadonlyMap<Language, Messages> = new Map(
  LANGUAGES.map((language) => [language, readMessages(language)]),
);

function readMessages(language: Language): Messages {
  const url = new URL(`./messages/${language}.json`, import.meta.url);
  const messages = file.parse(JSON.parse(readFileSync(url, 'utf8')));
  return Object.fromEntries(
    Object.entries(messages).map(([id, said]) => [id, typeof said === 'string' ? said : said.message]),
  );
}

/**
 * A message in ICU MessageFormat; in English where the language lacks it, which a test forbids. Throws for an id that
 * English lacks as well, which the compiler forbids.
 */
export function messageIn(language: Language, id: MessageId): string {
  const message = catalogue.get(language)?.[id] ?? catalogue.get('en')?.[id];
  if (message === undefined) throw new Error(`no message has the id ${id}`);
  return message;
}
