import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bulkCard } from '../../src/cards/bulk-card.ts';
import { LANGUAGES } from '../../src/cards/languages.ts';
import { CARD_LIMITS } from '../../src/cards/limits.ts';
import { plainLine, plainText } from '../../src/cards/plain-text.ts';
import { lineLength } from '../../src/cards/spans.ts';
import type { BulkFace, BulkRefusal } from '../../src/domain/bulk.ts';
import { discordMessage } from '../../src/platforms/discord/embed.ts';
import { slackMessage } from '../../src/platforms/slack/block-kit.ts';
import { renderText } from '../../src/platforms/terminal/text.ts';
import { instantMs } from '../support/arbitraries.ts';
import { BULK_FACES } from '../support/bulk-faces.ts';
import { channelBody } from '../support/discord/body-rules.ts';
import { breachOf } from '../support/slack/rules.ts';

const LOCALES = [...LANGUAGES, 'en-GB', 'es-419', 'pt-BR', 'xx'];
const count = fc.integer({ min: 0, max: 1_000_000 });
const plain = [
  ...(['spreadsheet', 'not-text', 'no-iccids', 'digits-lost', 'other-file', 'several-files'] as const),
  ...(['only-in-direct-message', 'not-fetched', 'one-at-a-time', 'not-stored'] as const),
];
const refusal: fc.Arbitrary<BulkRefusal> = fc.oneof(
  fc.constantFrom(...plain).map((kind) => ({ kind })),
  count.map((mostKb) => ({ kind: 'too-large' as const, mostKb })),
  count.map((line) => ({ kind: 'broken' as const, line })),
  count.map((most) => ({ kind: 'too-many-cells' as const, most })),
  fc.record({ kind: fc.constant('too-many' as const), found: count, most: count }),
  fc.record({ kind: fc.constant('day-used-up' as const), most: count, left: count, until: instantMs }),
);
const face: fc.Arbitrary<BulkFace> = fc.oneof(
  fc.record(
    {
      kind: fc.constant('reading' as const),
      jobId: fc.constant('list-AAAAAAAAAAAAAAAAAAAAAA'),
      total: count,
      done: count,
      leftMs: count,
      waiting: fc.record({ count, until: instantMs }),
    },
    { requiredKeys: ['kind', 'jobId', 'total', 'done'] },
  ),
  fc.record({
    kind: fc.constant('finished' as const),
    counts: fc.record({
      read: count,
      older: count,
      unknown: count,
      unread: count,
      invalid: count,
      repeated: count,
      elsewhere: count,
    }),
    attention: count,
  }),
  fc.record({ kind: fc.constant('cancelled' as const), total: count, done: count }),
  fc.constant({ kind: 'unsent' as const }),
  fc.record({ kind: fc.constant('refused' as const), refusal }),
);

describe('the message about a list', () => {
  it('stays within the bounds of a card, of Slack, of Discord and of the terminal, in every language', () => {
    fc.assert(
      fc.property(face, fc.constantFrom(...LOCALES), (shown, locale) => {
        const card = bulkCard(shown, { locale });
        expect(card.title.length).toBeLessThanOrEqual(CARD_LIMITS.title);
        expect(card.lines.length).toBeLessThanOrEqual(CARD_LIMITS.lines);
        for (const line of card.lines) {
          expect(lineLength(line)).toBeLessThanOrEqual(CARD_LIMITS.line);
          expect(plainLine(line, { locale }).trim()).not.toMatch(/^\.?$/);
        }
        for (const { label, text, bar } of card.meters) {
          expect((label ?? '').length).toBeLessThanOrEqual(CARD_LIMITS.meterLabel);
          expect((text ?? '').length).toBeLessThanOrEqual(CARD_LIMITS.meterText);
          expect(bar).toHaveLength(10);
        }
        for (const { label } of card.actions)
          expect(label.length).toBeLessThanOrEqual(CARD_LIMITS.actionLabel);
        const handled = { card, handle: 'list-AAAAAAAAAAAAAAAAAAAAAA' };
        expect(breachOf(slackMessage([handled], { locale }), 50)).toBeUndefined();
        expect(channelBody.safeParse(discordMessage([handled])).error).toBeUndefined();
        const rows = renderText(card, { locale, timeZone: 'UTC', width: 76, colour: false }).split('\n');
        expect(Math.max(...rows.map((row) => row.length))).toBeLessThanOrEqual(76);
      }),
    );
  });

  it.each([
    ['just taken', /0 of 500.*About 4\smin left/s],
    ['half way', /260 of 500.*About 2\smin left.*comes here as a CSV/s],
    ['waiting for Airalo', /makes 12 eSIMs wait; the last check is possible by/],
    ['finished', /500 rows.*480 checked, 8 with an older figure, 4 unknown.*12 duplicates skipped/s],
    ['cancelled', /Cancelled after 120 of 500/],
    ['too long', /has 612 rows, and the limit is 500/],
    ['enough for today', /2,000 eSIMs from lists per day, and 40 are left today/],
  ])('says it: %s', (name, words) => {
    const shown = BULK_FACES[name];
    expect(shown && plainText(bulkCard(shown, { locale: 'en' }), { locale: 'en' })).toMatch(words);
  });

  it('has a button only while there is something to cancel', () => {
    const withButton = Object.entries(BULK_FACES).filter(
      ([, shown]) => bulkCard(shown, { locale: 'en' }).actions.length > 0,
    );
    expect(withButton.map(([name]) => name)).toEqual(['just taken', 'half way', 'waiting for Airalo']);
  });
});
