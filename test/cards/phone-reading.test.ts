import { describe, expect, it } from 'vitest';
import { esimCard } from '../../src/cards/esim-card.ts';
import { LANGUAGES } from '../../src/cards/languages.ts';
import { wordsFor } from '../../src/cards/words.ts';
import { discordMessage } from '../../src/platforms/discord/embed.ts';
import { slackMessage } from '../../src/platforms/slack/block-kit.ts';
import { createTelegramPen } from '../../src/platforms/telegram/pen.ts';
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
  'Several eSIMs fit',
  'No eSIM fits',
  'An order without an eSIM',
  'A search that could not look everywhere',
  'An e-mail, and no records of the shop',
  'The newest orders',
  'Plans of a country',
  'Devices of a name',
  'An eSIM that was named',
  'A name that another eSIM has',
  'A command nearly typed',
  'The state of the bot',
  'A list: half way',
  'A list: finished',
  'A list: cancelled',
  'A list: not brought',
  'A list: too long',
];

const handle = { note: 'AAAAAAAAAAAA', index: 0, jobId: '' };

describe.each(LANGUAGES)('on a phone, in %s,', (locale) => {
  const cards = cardsIn(locale);

  it('“eSIM …0019” never stands on two lines', () => {
    const said = JSON.stringify([...sayings(wordsFor(locale)).values(), cards]);
    expect(said).toContain('eSIM\u00a0…0019');
    expect(said).not.toMatch(/eSIM[ ]…\d/);
  });

  it('“…0019” never stands on two lines, whoever draws it', () => {
    const telegram = createTelegramPen(() => undefined);
    const drawn = Object.values(cards).flatMap((card) => {
      const slack = slackMessage([{ card }], { locale });
      const { embeds } = discordMessage([{ card }]);
      const { html } = telegram.message([{ card, handle }], { locale });
      return [...[slack, ...(slack.plainer ?? [])].map(({ blocks }) => blocks), embeds, html];
    });
    const all = JSON.stringify(drawn);
    expect(all).toMatch(/eSIM\u00a0…\u20600019/);
    expect(all).not.toMatch(/…\d{4}/);
  });

  it('the first line is the answer, not the number', () => {
    const titles = ANSWERS.map((name) => cards[name]?.title ?? `no card “${name}”`);
    for (const title of titles) expect(title).not.toMatch(/…0019/);
    expect(new Set(titles).size).toBe(ANSWERS.length);
  });

  it('the first line tells how many there are, where it is about several', () => {
    const told = ['Several eSIMs fit', 'The newest orders', 'Plans of a country', 'Devices of a name'];
    expect(told.map((name) => /\d+/.exec(cards[name]?.title ?? '')?.[0])).toEqual(['2', '9', '2', '2']);
    // 495 of the 500 rows have an eSIM; 31 readings and the 4 that Airalo does not know are to be looked at.
    const { title = '' } = cards['A list: finished'] ?? {};
    expect(title).toBe(wordsFor(locale).list.title(495, 35, 3));
    expect(title).toMatch(/495.*35/);
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
