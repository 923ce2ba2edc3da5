import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { helpCard } from '../../src/cards/help-card.ts';
import { LANGUAGES } from '../../src/cards/languages.ts';
import { plainText } from '../../src/cards/plain-text.ts';
import { TOPICS, type Topic } from '../../src/domain/topic.ts';

const page = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
/** The lookup itself: the first line of everything. */
const ASKED_BY_WORD = TOPICS.filter((topic) => topic !== 'usage');

/** How Discord offers a topic: as a choice of the usage command, as a command of its own, or where text is typed alone. */
const IN_DISCORD: Readonly<Record<Exclude<Topic, 'usage'>, 'choice' | 'command' | 'typed'>> = {
  packages: 'choice',
  esim: 'choice',
  topups: 'choice',
  install: 'choice',
  trend: 'choice',
  watch: 'choice',
  balance: 'command',
  devices: 'command',
  reply: 'typed',
  watches: 'typed',
  unwatch: 'typed',
  digest: 'choice',
  name: 'typed',
  names: 'typed',
  unname: 'typed',
  find: 'choice',
  order: 'choice',
  orders: 'choice',
  plans: 'choice',
  recent: 'typed',
  cancel: 'typed',
  status: 'typed',
};

describe('each topic', () => {
  it.each(LANGUAGES)('stands in the help in %s', (locale) => {
    const help = plainText(helpCard({ audience: 'private', locale, now: 0 }, '/esim-usage'), { locale });
    const missing = ASKED_BY_WORD.filter((topic) => !new RegExp(`(?:^|· )${topic}\\b`, 'm').test(help));
    expect(missing).toEqual([]);
  });

  it('stands in the README', () => {
    expect(ASKED_BY_WORD.filter((topic) => !page('README.md').includes(`\`${topic}`))).toEqual([]);
  });

  it('stands in the commands of Discord, where it is offered there', () => {
    const manifest = page('manifests/discord-commands.json');
    const missing = Object.entries(IN_DISCORD).filter(([topic, how]) => {
      if (how === 'typed') return false;
      return !manifest.includes(how === 'choice' ? `"value": "${topic}"` : `"name": "esim-${topic}"`);
    });
    expect(missing).toEqual([]);
  });
});
