import {
  isArgumentElement,
  isDateElement,
  isLiteralElement,
  isNumberElement,
  isPluralElement,
  isPoundElement,
  isSelectElement,
  isTagElement,
  isTimeElement,
  type MessageFormatElement,
  parse,
} from '@formatjs/icu-messageformat-parser';

/** A message as a person would search for it: what is filled in is "…", of several forms the one for a time of day or the general one, no marks, fit for a cell. */
export function plainWords(message: string): string {
  return wordsOf(parse(message)).replaceAll('|', '\\|').replace(/\s+/g, ' ').trim();
}

function wordsOf(elements: readonly MessageFormatElement[]): string {
  return elements.map(wordOf).join('');
}

function wordOf(element: MessageFormatElement): string {
  if (isLiteralElement(element)) return element.value;
  if (isTagElement(element)) return wordsOf(element.children);
  if (isPluralElement(element) || isSelectElement(element)) {
    const { time, other } = element.options;
    return wordsOf((time ?? other)?.value ?? []);
  }
  const filledIn =
    isArgumentElement(element) ||
    isNumberElement(element) ||
    isDateElement(element) ||
    isTimeElement(element) ||
    isPoundElement(element);
  return filledIn ? '…' : '';
}
