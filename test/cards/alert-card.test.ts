import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alertCard, alertEntryLine, alertPressLine } from '../../src/cards/alert-card.ts';
import { LANGUAGES } from '../../src/cards/languages.ts';
import { CARD_LIMITS } from '../../src/cards/limits.ts';
import { plainLine, plainText } from '../../src/cards/plain-text.ts';
import { lineLength } from '../../src/cards/spans.ts';
import type { AlertFace } from '../../src/domain/alert.ts';
import { maskIccid } from '../../src/domain/iccid.ts';
import { discordMessage } from '../../src/platforms/discord/embed.ts';
import { slackMessage, slackNotice } from '../../src/platforms/slack/block-kit.ts';
import { ALERT_FACES } from '../support/alert-faces.ts';
import { anyCharacter, anyIccid, instantMs } from '../support/arbitraries.ts';
import { channelBody } from '../support/discord/body-rules.ts';
import { breachOf } from '../support/slack/rules.ts';

const LOCALES = [...LANGUAGES, 'en-GB', 'es-419', 'pt-BR', 'xx'];
const viewer = fc.record({
  platform: fc.constantFrom('slack', 'discord', 'terminal'),
  locale: fc.constantFrom(...LOCALES),
});
const percent = fc.integer({ min: 0, max: 100 });
const person = {
  platform: fc.constantFrom('slack', 'discord'),
  personId: fc.stringMatching(/^[A-Z0-9]{3,22}$/),
};
const packageName = fc.oneof(
  fc.string({ unit: anyCharacter, maxLength: 200 }),
  fc.constantFrom('<!channel> *x*', '@everyone [a](https://b)', '8910000000001000019', ''),
);
const face: fc.Arbitrary<AlertFace> = fc.record(
  {
    about: fc.oneof(
      anyIccid.map((iccid) => ({ kind: 'esim' as const, masked: maskIccid(iccid) })),
      fc.constant({ kind: 'credit' as const }),
    ),
    packageName,
    used: fc.record({ percent, at: instantMs }),
    ending: fc.record({ days: fc.integer({ min: 0, max: 999 }), at: instantMs }),
    remainingPercent: fc.double({ min: 0, max: 100, noNaN: true }),
    remaining: fc.double({ noNaN: true }),
    latestAt: instantMs,
    claim: fc.record({ ...person, at: instantMs }),
    mute: fc.record({ ...person, until: instantMs }),
  },
  { requiredKeys: ['about', 'latestAt'] },
);

describe('an alert in a channel', () => {
  it('stays within the bounds of a card, and no part of it is blank', () => {
    fc.assert(
      fc.property(face, viewer, (shown, by) => {
        const card = alertCard(shown, by);
        expect(card.title.length).toBeLessThanOrEqual(CARD_LIMITS.title);
        expect(card.lines.length).toBeLessThanOrEqual(CARD_LIMITS.lines);
        expect(card.facts.length).toBeLessThanOrEqual(CARD_LIMITS.facts);
        expect(card.freshness.length).toBeLessThanOrEqual(CARD_LIMITS.freshnessLines);
        expect(card.actions.length).toBeLessThanOrEqual(CARD_LIMITS.actions);
        for (const line of [...card.lines, ...card.freshness]) {
          expect(lineLength(line)).toBeLessThanOrEqual(CARD_LIMITS.line);
          expect(plainLine(line, by).trim()).not.toBe('');
        }
        for (const { label, value } of card.facts) {
          expect(label.length).toBeLessThanOrEqual(CARD_LIMITS.factLabel);
          expect(lineLength(value)).toBeLessThanOrEqual(CARD_LIMITS.factValue);
        }
        for (const { label } of card.actions)
          expect(label.length).toBeLessThanOrEqual(CARD_LIMITS.actionLabel);
      }),
    );
  });

  it('is taken by Slack and by Discord, whatever the package is called, and names no full number', () => {
    fc.assert(
      fc.property(face, viewer, (shown, by) => {
        const card = alertCard(shown, by);
        const inSlack = slackMessage([{ card, handle: 'AAAAAAAAAAAA|0|' }], by);
        expect(breachOf(inSlack, 50)).toBeUndefined();
        const inDiscord = discordMessage([{ card, handle: 'AAAAAAAAAAAA:0:' }]);
        expect(channelBody.safeParse(inDiscord).error).toBeUndefined();
        const without = { ...shown, claim: undefined, mute: undefined, remaining: undefined };
        const { claim: _c, mute: _m, remaining: _r, ...plain } = without;
        expect(plainText(alertCard(plain, by), by)).not.toMatch(/\d{15}/);
      }),
    );
  });

  it.each([
    [
      'the first warning',
      ['eSIM\u00a0…0019: 25% of the data left', 'Sakura Mobile 5\u00a0GB, 15 days · warned Nov 23'],
      'attention',
    ],
    [
      'low and ending, in hand',
      ['eSIM\u00a0…0019: ends in 1 day', '9% of the data left.', '@someone is on it'],
      'bad',
    ],
    ['muted', ['eSIM\u00a0…0019: ends in 3 days', 'Muted by @someone', 'until Dec 23, 2026'], 'attention'],
    [
      'the credit of the account',
      ['Airalo credit: 80% of the limit used', '1,874.20 left, in the currency of your Airalo account'],
      'attention',
    ],
  ])('reads well: %s', (name, words, tone) => {
    const shown = ALERT_FACES[name];
    const card = shown && alertCard(shown, { platform: 'slack', locale: 'en' });
    for (const word of words) expect(card && plainText(card, { locale: 'en' })).toContain(word);
    expect(card?.tone).toBe(tone);
  });

  it.each([
    ['its level alone', undefined, 10],
    ['a figure below the level', 9, 9],
    ['a figure of a milder warning', 40, 10],
  ])(
    'never says that more is left than the highest warned level leaves: %s',
    (_what, remainingPercent, left) => {
      const used = { percent: 90, at: 0 };
      const more = remainingPercent === undefined ? {} : { remainingPercent };
      const about = { kind: 'esim', masked: '…0019' } as const;
      const words = (ending: Partial<AlertFace>) =>
        plainText(
          alertCard({ about, used, latestAt: 1, ...more, ...ending }, { platform: 'slack', locale: 'en' }),
          {
            locale: 'en',
          },
        );
      for (const text of [words({}), words({ ending: { days: 1, at: 1 } })])
        expect(text).toMatch(new RegExp(`\\b${left}% of the data left`));
    },
  );

  it('says each fact once: no number of the title is told again', () => {
    for (const face of Object.values(ALERT_FACES)) {
      const card = alertCard(face, { platform: 'slack', locale: 'en' });
      const [number = ''] = card.title.replace(/…\d+/, '').match(/\d+%|\d+ days?/) ?? [];
      expect(card.lines.map((line) => plainLine(line, { locale: 'en' })).join()).not.toContain(
        `${number} of`,
      );
    }
  });

  it('offers to take it, and to release it once somebody has', () => {
    const labels = (name: string) => {
      const face = ALERT_FACES[name];
      return face && alertCard(face, { platform: 'slack', locale: 'en' }).actions.map(({ label }) => label);
    };
    expect(labels('the first warning')).toEqual(['Check now', 'I’ll take it', 'Mute']);
    expect(labels('low and ending, in hand')).toEqual(['Check now', 'Release', 'Mute']);
  });

  it('says who has it as a mention on their own platform, and only where they are on another', () => {
    const claim = { platform: 'slack', personId: 'U1', at: 0 };
    const shown: AlertFace = { about: { kind: 'credit' }, used: { percent: 50, at: 0 }, latestAt: 0, claim };
    expect(alertCard(shown, { platform: 'slack', locale: 'en' }).freshness.flat()).toContainEqual({
      kind: 'person',
      id: 'U1',
    });
    const elsewhere = alertCard(shown, { platform: 'discord', locale: 'en' });
    expect(plainText(elsewhere, { locale: 'en' })).toMatch(/Somebody on Slack is on it/);
    expect(JSON.stringify(elsewhere)).not.toContain('U1');
  });

  it('its lines and its private words are whole in every language', () => {
    const press = { kind: 'held', by: { platform: 'slack', personId: 'U1' }, at: 0, freeAt: 1 } as const;
    for (const locale of LOCALES) {
      const by = { platform: 'slack', locale };
      const lines = [
        alertPressLine(press, by),
        alertPressLine({ kind: 'gone' }, by),
        alertEntryLine({ id: 'e', at: 0, event: { kind: 'credit', percent: 80, remaining: 1874.2 } }, by),
        alertEntryLine({ id: 'e', at: 0, event: { kind: 'credit', percent: 80 } }, by),
        ...(
          [
            { kind: 'used', percent: 90 },
            { kind: 'ending', days: 1 },
          ] as const
        ).map((level) =>
          alertEntryLine(
            {
              id: 'e',
              at: 0,
              event: { kind: 'low-data', iccid: '8', packageName: 'p', level, remainingPercent: 9 },
            },
            by,
          ),
        ),
      ];
      for (const line of lines) {
        expect(line && plainLine(line, by)).toMatch(/\S/);
        expect(line && breachOf(slackNotice([line], by), 50)).toBeUndefined();
      }
    }
    expect(alertPressLine({ kind: 'changed' }, { platform: 'slack', locale: 'en' })).toBeUndefined();
  });
});
