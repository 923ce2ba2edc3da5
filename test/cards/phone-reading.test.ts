import { describe, expect, it } from 'vitest';
import { esimCard } from '../../src/cards/esim-card.ts';
import { LANGUAGES } from '../../src/cards/languages.ts';
import { wordsFor } from '../../src/cards/words.ts';
import { cardsIn } from '../support/card-gallery.ts';
import { found, SAMPLE_ESIM } from '../support/details.ts';
import { ICCID, NOW } from '../support/replies.ts';
import { sayings } from '../support/word-samples.ts';

/** Cards that answer a question about one eSIM. */
const ANSWERS = [
  'Packages of an eSIM',
  'Details of an eSIM',
  'Top-ups that could be bought',
  'How to install it',
  'A watch was set',
];

describe.each(LANGUAGES)('on a phone, in %s,', (locale) => {
  const cards = cardsIn(locale);

  it('“eSIM …0019” never stands on two lines', () => {
    const said = JSON.stringify([...sayings(wordsFor(locale)).values(), cards]);
    expect(said).toContain('eSIM\u00a0…0019');
    expect(said).not.toMatch(/eSIM[ ]…\d/);
  });

  it('the first line is the answer, not the number', () => {
    const titles = ANSWERS.map((name) => cards[name]?.title ?? `no card “${name}”`);
    for (const title of titles) expect(title).not.toMatch(/…0019|“/);
    expect(new Set(titles).size).toBe(ANSWERS.length);
  });

  it('a plan that runs low has its next step on a line with its label, as one that is used up', () => {
    const next = wordsFor(locale).card.nextSteps.FINISHED;
    for (const name of ['Running low', 'Used up']) expect(cards[name]?.lines, name).toContainEqual(next);
    expect(next.some((span) => typeof span === 'object' && span.kind === 'strong')).toBe(true);
  });
});

describe('the name of a package as the first line', () => {
  const of = (packageTitle: string) =>
    esimCard(ICCID, found({ ...SAMPLE_ESIM, packageTitle }), { audience: 'private', locale: 'en', now: NOW });

  it('is told once', () => {
    const { title, facts } = of('Sakura Mobile-1 GB - 7 Days');
    expect(title).toBe('Sakura Mobile-1\u00a0GB - 7 Days');
    expect(facts.map(({ label }) => label)).not.toContain('Package');
  });

  it.each(['*Sakura*', '[Sakura](https://example.com)', `Sakura ${ICCID}`, 'Sakura\u202E', '@everyone', ' '])(
    'is not %j: what could be markup or a number stays among the facts, escaped',
    (name) => {
      const { title, facts } = of(name);
      expect(title).toBe('Details for eSIM\u00a0…0019');
      expect(facts.map(({ label }) => label)).toContain('Package');
    },
  );
});
