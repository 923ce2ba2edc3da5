import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { helpCard } from '../../src/cards/help-card.ts';
import { LANGUAGES } from '../../src/cards/languages.ts';
import { plainText } from '../../src/cards/plain-text.ts';
import { TOPICS } from '../../src/domain/topic.ts';

const page = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
/** The lookup itself: the first line of everything. */
const ASKED_BY_WORD = TOPICS.filter((topic) => topic !== 'usage');

describe('each topic', () => {
  it.each(LANGUAGES)('stands in the help in %s', (locale) => {
    const help = plainText(helpCard({ audience: 'private', locale, now: 0 }, '/esim-usage'), { locale });
    const missing = ASKED_BY_WORD.filter((topic) => !new RegExp(`^${topic}\\b`, 'm').test(help));
    expect(missing).toEqual([]);
  });

  it('stands in the README', () => {
    expect(ASKED_BY_WORD.filter((topic) => !page('README.md').includes(`\`${topic}`))).toEqual([]);
  });
});
