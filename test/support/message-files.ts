import { readdirSync, readFileSync } from 'node:fs';
import {
  isArgumentElement,
  isLiteralElement,
  isNumberElement,
  isPluralElement,
  isSelectElement,
  isTagElement,
  type MessageFormatElement,
  parse,
} from '@formatjs/icu-messageformat-parser';
import { z } from 'zod';

const FOLDER = new URL('../../src/cards/messages/', import.meta.url);

/** English, with what translators are told. */
export const describedMessages = z.record(
  z.string(),
  z.strictObject({ message: z.string(), description: z.string() }),
);
/** Another language. */
export const translatedMessages = z.record(z.string(), z.string());

/** Language names by the files that are there. */
export const messageFiles = (): string[] =>
  readdirSync(FOLDER)
    .map((name) => name.replace(/\.json$/, ''))
    .sort();

/** What stands in a language's file, unchecked. */
export function readMessageFile(language: string): unknown {
  return JSON.parse(readFileSync(new URL(`${language}.json`, FOLDER), 'utf8'));
}

/** The messages of a language by id, as the file has them. */
export function messagesOf(language: string): ReadonlyMap<string, string> {
  const file = readMessageFile(language);
  const flat =
    language === 'en'
      ? Object.entries(describedMessages.parse(file)).map(([id, { message }]) => [id, message] as const)
      : Object.entries(translatedMessages.parse(file));
  return new Map(flat);
}

/** How a message uses one of its arguments. */
export interface Usage {
  readonly name: string;
  readonly as: 'part' | 'number' | 'plural' | 'select';
  /** Of a plural or a select: the cases in it. */
  readonly cases: readonly string[];
  /** Within `<code>` or `<strong>`, where only text can stand. */
  readonly inTag: boolean;
}

/** Every use of an argument in a message, also in its cases. Throws where the message is ill-formed. */
export function usesIn(message: string): Usage[] {
  return usesOf(parse(message), false);
}

function usesOf(elements: readonly MessageFormatElement[], inTag: boolean): Usage[] {
  return elements.flatMap((element): Usage[] => {
    if (isTagElement(element)) return usesOf(element.children, true);
    if (isPluralElement(element) || isSelectElement(element)) {
      const as = isPluralElement(element) ? 'plural' : 'select';
      const inner = Object.values(element.options).flatMap(({ value }) => usesOf(value, inTag));
      return [{ name: element.value, as, cases: Object.keys(element.options), inTag }, ...inner];
    }
    if (isNumberElement(element)) return [{ name: element.value, as: 'number', cases: [], inTag }];
    return isArgumentElement(element) ? [{ name: element.value, as: 'part', cases: [], inTag }] : [];
  });
}

/** The names of the tags in a message. */
export function tagsIn(message: string): string[] {
  const within = (elements: readonly MessageFormatElement[]): string[] =>
    elements.flatMap((element) => {
      if (isTagElement(element)) return [element.value, ...within(element.children)];
      if (!isPluralElement(element) && !isSelectElement(element)) return [];
      return Object.values(element.options).flatMap(({ value }) => within(value));
    });
  return [...new Set(within(parse(message)))];
}

/** What a message says itself, without its arguments, digits and signs. */
export function wordsIn(message: string): string {
  const within = (elements: readonly MessageFormatElement[]): string =>
    elements
      .map((element) => {
        if (isLiteralElement(element)) return element.value;
        if (isTagElement(element)) return element.value === 'code' ? ' ' : within(element.children);
        if (!isPluralElement(element) && !isSelectElement(element)) return ' ';
        return Object.values(element.options)
          .map(({ value }) => within(value))
          .join(' ');
      })
      .join('');
  return (within(parse(message)).match(/\p{L}+/gu) ?? []).join(' ');
}

/** `whenIs` is what kind of instant the argument `when` is; the program gives it by itself. */
export const isKind = (name: string): boolean => name.endsWith('Is');
