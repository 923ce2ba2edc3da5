import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Card, Span, Viewer } from '../../src/cards/card.ts';
import { compactCard } from '../../src/cards/compact-card.ts';
import { helpCard } from '../../src/cards/help-card.ts';
import { CARD_LIMITS, COMPACT_TEXT, FOREIGN_LIMITS } from '../../src/cards/limits.ts';
import { plainLine, plainText } from '../../src/cards/plain-text.ts';
import { lineLength } from '../../src/cards/spans.ts';
import { usageCard } from '../../src/cards/usage-card.ts';
import { findIccids } from '../../src/domain/iccid.ts';
import type { Reply } from '../../src/usage/reply.ts';
import { anyLocale, anyReply, instantMs } from '../support/arbitraries.ts';
import { freshReply, NOW, readingOf, refusedReply } from '../support/replies.ts';

const anyViewer: fc.Arbitrary<Viewer> = fc.record({
  audience: fc.constantFrom('private' as const, 'public' as const),
  locale: fc.oneof({ weight: 6, arbitrary: anyLocale }, fc.constantFrom('xx', 'not a locale', '')),
  now: instantMs,
});

const spansOf = (card: Card): Span[] =>
  [...card.lines, ...card.freshness, ...card.facts.map(({ value }) => value)].flat();
const controlsOf = ({ actions, menu }: Card) => [...actions, ...(menu?.options ?? [])];
const ownStrings = (card: Card): string[] => [
  card.title,
  ...spansOf(card).filter((span) => typeof span === 'string'),
  ...[...card.meters, ...card.facts].flatMap(({ label }) => label ?? []),
  ...card.meters.flatMap(({ text }) => text ?? []),
  ...controlsOf(card).map(({ label }) => label),
];

function expectWithinBounds(card: Card): void {
  expect(card.title.length).toBeLessThanOrEqual(CARD_LIMITS.title);
  expect(card.lines.length).toBeLessThanOrEqual(CARD_LIMITS.lines);
  expect(card.meters.length).toBeLessThanOrEqual(CARD_LIMITS.meters);
  expect(card.facts.length).toBeLessThanOrEqual(CARD_LIMITS.facts);
  expect(card.freshness.length).toBeLessThanOrEqual(CARD_LIMITS.freshnessLines);
  expect(card.actions.length).toBeLessThanOrEqual(CARD_LIMITS.actions);
  expect(card.menu?.options.length ?? 1).toBeLessThanOrEqual(CARD_LIMITS.menuOptions);
  // Each `expect` costs as much as drawing a line: one for all that is beyond its bound.
  const beyond = [
    ...[...card.lines, ...card.freshness].filter((line) => lineLength(line) > CARD_LIMITS.line),
    ...card.meters.filter(
      ({ label = '', text = '', bar }) =>
        label.length > CARD_LIMITS.meterLabel ||
        text.length > CARD_LIMITS.meterText ||
        !/^█*░*$/.test(bar) ||
        bar.length !== 10,
    ),
    ...card.facts.filter(
      ({ label, value }) => label.length > CARD_LIMITS.factLabel || lineLength(value) > CARD_LIMITS.factValue,
    ),
    ...controlsOf(card).filter(({ label }) => label.length > CARD_LIMITS.actionLabel),
  ];
  expect(beyond).toEqual([]);
}

describe('whatever Airalo sends and whoever asks', () => {
  it('a card stays within its bounds', () => {
    fc.assert(
      fc.property(anyReply, anyViewer, (reply, viewer) => expectWithinBounds(usageCard(reply, viewer))),
      { numRuns: 2_000 },
    );
  });

  it('no card is empty, and no part of one is blank', () => {
    fc.assert(
      fc.property(anyReply, anyViewer, (reply, viewer) => {
        const card = usageCard(reply, viewer);
        expect(card.title).not.toBe('');
        expect([...card.lines, ...card.meters, ...card.facts]).not.toHaveLength(0);
        // Chats refuse a message with a blank part.
        for (const line of [...card.lines, ...card.freshness, ...card.facts.map(({ value }) => value)]) {
          expect(plainLine(line, { locale: 'en' }).trim()).not.toBe('');
        }
        for (const own of ownStrings({ ...card, lines: [], facts: [], freshness: [] }))
          expect(own.trim()).not.toBe('');
      }),
    );
  });

  it('no full ICCID stands in a public card, and no button that belongs to one person', () => {
    fc.assert(
      fc.property(anyReply, anyViewer, (reply, viewer) => {
        const card = usageCard(reply, { ...viewer, audience: 'public' });
        // Ids of channels and roles are as long; they are no customer's.
        expect(JSON.stringify(card, (key, value) => (key === 'id' ? '' : value))).not.toMatch(/\d{18}/);
        expect(controlsOf(card).every(({ kind }) => kind === 'show')).toBe(true);
        for (const line of [...card.lines, ...card.facts.map(({ value }) => value)]) {
          const text = line
            .map((span) => (typeof span === 'string' ? span : 'text' in span ? span.text : '\n'))
            .join('');
          expect(findIccids(text)).toEqual([]);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('foreign text is one short line without control characters', () => {
    fc.assert(
      fc.property(anyReply, anyViewer, (reply, viewer) => {
        for (const span of spansOf(usageCard(reply, viewer))) {
          if (typeof span === 'string' || span.kind !== 'foreign') continue;
          expect(span.text.length).toBeLessThanOrEqual(Math.max(...Object.values(FOREIGN_LIMITS)));
          expect(span.text).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
        }
      }),
    );
  });

  it('foreign text is never part of our own strings', () => {
    const strange = 'strange-words';
    const problem = { kind: 'not-digits' } as const;
    const replies: Reply[] = [
      freshReply({ reading: readingOf({ status: { kind: 'unseen', name: strange } }) }),
      refusedReply({ reason: 'declined', detail: strange }),
      refusedReply({ reason: 'malformed-iccid', given: strange, problem }),
    ];
    for (const reply of replies) {
      const card = usageCard(reply, { audience: 'private', locale: 'en', now: NOW });
      expect(plainText(card, { locale: 'en' })).toContain(strange);
      expect(ownStrings(card).join()).not.toContain(strange);
    }
  });

  it('our own words hold nothing that a chat would take for markup', () => {
    fc.assert(
      fc.property(anyReply, anyViewer, (reply, viewer) => {
        for (const own of ownStrings(usageCard(reply, viewer)))
          expect(own).not.toMatch(/[*_~`<>&|\\]|^#|https?:/);
      }),
    );
    fc.assert(
      fc.property(anyLocale, (locale) => {
        for (const own of ownStrings(helpCard({ audience: 'private', locale, now: 0 }, '/esim-usage')))
          expect(own).not.toMatch(/[*_~`<>&|\\]/);
      }),
    );
  });

  it('a compact card of ten has at most 500 characters and two buttons, and still says the main thing', () => {
    fc.assert(
      fc.property(anyReply, anyViewer, (reply, viewer) => {
        const card = usageCard(reply, viewer);
        const compact = compactCard(card, 10);
        const length =
          compact.title.length +
          [...compact.lines, ...compact.freshness, ...compact.facts.map(({ value }) => value)].reduce(
            (sum, line) => sum + lineLength(line),
            0,
          ) +
          compact.facts.reduce((sum, { label }) => sum + label.length, 0) +
          compact.meters.reduce(
            (sum, { label = '', bar, text = '' }) => sum + label.length + bar.length + text.length,
            0,
          );
        expect(length).toBeLessThanOrEqual(COMPACT_TEXT);
        expect(compact.actions.length).toBeLessThanOrEqual(2);
        expect(compact.actions.length > 0).toBe(card.actions.length > 0);
        expect(compact.lines[0]).toEqual(card.lines[0]);
        expect(compact.meters).toEqual(card.meters);
        expect(compact.facts[0]).toEqual(card.facts[0]);
      }),
      { numRuns: 2_000 },
    );
  });

  it('the plain text says everything but bars and buttons', () => {
    fc.assert(
      fc.property(anyReply, anyViewer, (reply, viewer) => {
        const card = usageCard(reply, viewer);
        const text = plainText(card, { locale: viewer.locale || 'en' });
        expect(text.split('\n')).toHaveLength(
          1 +
            card.lines.length +
            card.meters.filter(({ text: said }) => said !== undefined).length +
            card.facts.length +
            card.freshness.length,
        );
        expect(text).not.toMatch(/[█░]/);
        expect(text.startsWith(card.title)).toBe(true);
      }),
    );
  });
});
