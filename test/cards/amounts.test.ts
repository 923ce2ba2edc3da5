import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { customerReply } from '../../src/cards/customer-reply.ts';
import { LANGUAGES } from '../../src/cards/languages.ts';
import { usageCard } from '../../src/cards/usage-card.ts';
import { wordsFor } from '../../src/cards/words.ts';
import { anyReply } from '../support/arbitraries.ts';
import { cardsIn } from '../support/card-gallery.ts';
import { NOW, readingOf } from '../support/replies.ts';
import { deskIn } from '../support/slack-gallery.ts';
import { sayings } from '../support/word-samples.ts';

/** A number, a blank at which a line may break, and a unit in one of the languages. */
const TORN = /\d (?:[KMGT][Bo]\b|[Mm]ins?\b|分|%)/u;

describe.each(LANGUAGES)('an amount in %s', (locale) => {
  const said = (shown: unknown) => JSON.stringify(shown);

  it('stands on one line with its unit in everything the bot says, on every card', () => {
    const everything = {
      ...cardsIn(locale),
      ...Object.fromEntries(sayings(wordsFor(locale))),
      desk: deskIn(locale),
      reply: customerReply(readingOf(), { language: locale, now: NOW }),
    };
    for (const [name, one] of Object.entries(everything)) expect(said(one), name).not.toMatch(TORN);
    expect(said(everything)).toMatch(/\d[\u00a0\u202f]G[Bo]/);
  });

  it('does so whatever Airalo sends', () => {
    fc.assert(
      fc.property(anyReply, fc.constantFrom('private' as const, 'public' as const), (reply, audience) => {
        const card = usageCard(reply, { audience, locale, now: NOW });
        // What came from outside may hold anything.
        expect(JSON.stringify(card, (_, value) => (value?.kind === 'foreign' ? '' : value))).not.toMatch(
          TORN,
        );
      }),
    );
  });
});
