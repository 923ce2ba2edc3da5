import { describe, expect, it } from 'vitest';
import type { Line } from '../../src/cards/card.ts';
import { helpCard } from '../../src/cards/help-card.ts';
import { LANGUAGES } from '../../src/cards/languages.ts';
import { plainLine, plainText } from '../../src/cards/plain-text.ts';
import { wordsFor } from '../../src/cards/words.ts';
import { ICCID, NOW } from '../support/replies.ts';

const words = wordsFor('en-GB');
const said = (line: Line) => plainLine(line, { locale: 'en-GB' });

describe('the language', () => {
  it.each([
    ['en', 'en'],
    ['en-US', 'en-US'],
    ['en_GB', 'en-GB'],
    ['en-US-u-va-posix', 'en-US'],
    ['EN-gb', 'en-GB'],
    ['de-DE', 'de-DE'],
    ['de_AT', 'de-AT'],
    ['es-ES', 'es-ES'],
    ['es-419', 'es-419'],
    ['fr-FR-x-lvariant-euro', 'fr-FR'],
    ['de_DE.UTF-8', 'de-DE'],
    ['C.UTF-8', 'en'],
    ['pt-BR', 'pt-BR'],
    ['pt-PT', 'pt-PT'],
    ['ja', 'ja'],
    ['zh-Hant-TW', 'en'],
    ['not a locale', 'en'],
    ['', 'en'],
  ])('for %j is %s', (asked, locale) => {
    expect(wordsFor(asked).locale).toBe(locale);
  });

  it('is made once', () => {
    expect(wordsFor('en-GB')).toBe(wordsFor('en-GB'));
  });

  it('gives the numbers of the region', () => {
    expect(wordsFor('en-IN').card.left('texts', { remaining: 1, total: 123_456 }, 1)).toBe(
      '1 of 1,23,456 texts left (1%)',
    );
  });
});

describe('a language', () => {
  it.each([
    ['en-GB', '1.3 GB left of 5 GB (26%)', 'data and texts', '1 digit', '2 digits'],
    ['de-AT', '1,3 GB von 5 GB übrig (26 %)', 'Datenvolumen und SMS', '1 Ziffer;', '2 Ziffern'],
    ['es-ES', '1,3 GB disponibles de 5 GB (26 %)', 'datos y SMS', '1 dígito;', '2 dígitos'],
    ['fr-CA', '1,3 Go restants sur 5 Go (26 %)', 'données et SMS', '1 chiffre\u00a0;', '2 chiffres'],
    ['pt-PT', '1,3 GB disponíveis de 5 GB (26%)', 'dados e SMS', '1 dígito;', '2 dígitos'],
    ['ja-JP', '残り1.3 GB／5 GB（26%）', 'データ、SMS', '1桁', '2桁'],
  ])('has its own numbers, lists and plurals: %s', (locale, left, list, one, several) => {
    const { card, refusal } = wordsFor(locale);
    const digits = (count: number) =>
      plainLine(refusal.malformed({ kind: 'too-short', digits: count }, undefined), { locale });
    expect(card.left('data', { remaining: 1331, total: 5120 }, 26).replace(/\s/gu, ' ')).toBe(left);
    expect(plainLine(card.low(['data', 'texts']), { locale })).toContain(list);
    expect(digits(1)).toContain(one);
    expect(digits(2)).toContain(several);
  });

  it('has another word before a time of day than before a date', () => {
    const instant = (style: 'time' | 'date-time') => ({ kind: 'instant', at: NOW, style }) as const;
    const { willUpdate } = wordsFor('de').card;
    expect(plainLine(willUpdate('rate-limited', instant('time')), { locale: 'de' })).toBe(
      'ich aktualisiere dies um 14:00 UTC',
    );
    expect(plainLine(willUpdate('rate-limited', instant('date-time')), { locale: 'de' })).toBe(
      'ich aktualisiere dies am 23. Nov. 2026, 14:00 UTC',
    );
  });
});

describe('what is said outside a card', () => {
  const { chat } = words;

  it('names the number while it is being checked, masked in public', () => {
    expect(said(chat.checking([], 'private'))).toBe('One moment …');
    expect(said(chat.checking([ICCID], 'private'))).toBe(`Checking eSIM\u00a0${ICCID} …`);
    expect(said(chat.checking([ICCID], 'public'))).toBe('Checking eSIM\u00a0…0019 …');
    expect(said(chat.checking([ICCID, ICCID], 'public'))).toBe('Checking 2 eSIMs …');
  });

  it('always says what to do next', () => {
    expect(said(chat.leftOut(10, [ICCID]))).toBe(
      `I check 10 at a time. Left out, please ask again for them: ${ICCID}.`,
    );
    expect(said(chat.nothingReadable)).toBe(
      'I found no ICCID there. An ICCID has 18 to 22 digits and usually starts with 89. Example: 8910000000001000019',
    );
    expect(said(chat.cardTooOld('/esim-usage'))).toBe(
      'This card is too old for that. Please check again: /esim-usage ICCID',
    );
    expect(said(chat.notYours)).toContain('You can check the eSIM yourself.');
    expect(said(chat.refreshNotBefore(NOW))).toBe('Airalo allows the next check at 14:00 UTC.');
    expect(said(chat.failure('a1b2'))).toBe(
      'Something went wrong on my side. Please try again in a minute. If it happens again, give your bot admin this reference: a1b2',
    );
    expect(said(chat.failure())).toContain('Please try again in a minute.');
  });

  it('names people as mentions, and no customer, where everybody reads it', () => {
    expect(chat.sharedBy('U1')).toEqual(['Shared by ', { kind: 'person', id: 'U1' }]);
    expect(chat.answerReady('U1')).toEqual([{ kind: 'person', id: 'U1' }, ' ', 'Your eSIM answer is ready.']);
    expect(chat.answerReady()).toEqual(['Your eSIM answer is ready.']);
  });

  it('tells the state of a promise', () => {
    expect(said(chat.promiseMade(NOW))).toBe('I’ll notify you at 14:00 UTC.');
    expect(said(chat.promiseCancelled)).toContain('Cancelled.');
    expect(said(chat.promiseNotCancelled)).toContain('Too late to cancel');
  });
});

describe('a home page', () => {
  it('lists what is owed', () => {
    expect(said(words.home.pendingItem('…0019', NOW))).toBe('eSIM\u00a0…0019, expected at 14:00 UTC');
  });
});

describe('commands', () => {
  it('keep to the lengths of Slack and Discord', () => {
    const { usageDescription, iccidDescription, helpDescription, shortcut } = words.commands;
    for (const text of [usageDescription, iccidDescription, helpDescription])
      expect(text.length).toBeLessThanOrEqual(100);
    expect(shortcut.length).toBeLessThanOrEqual(24);
  });
});

describe('help', () => {
  it('fits a phone in every language: some twenty lines, of which few are longer than two rows', () => {
    for (const locale of LANGUAGES) {
      const { lines } = helpCard({ audience: 'private', locale, now: NOW }, '/esim-usage');
      expect(lines.length, locale).toBeLessThanOrEqual(22);
      const long = lines.map((line) => plainLine(line, { locale })).filter(({ length }) => length > 80);
      expect(long.length, `${locale}: ${long.join(' | ')}`).toBeLessThanOrEqual(6);
    }
  });

  it('shows how to ask', () => {
    const card = helpCard({ audience: 'private', locale: 'en', now: NOW }, '/esim-usage');
    expect(plainText(card, { locale: 'en' })).toMatchInlineSnapshot(`
      "eSIM usage
      Send me the eSIM’s number, or type /esim-usage ICCID. Up to ten at once, separated by commas.
      On a message with eSIM numbers in it: Check eSIM usage.
      Only you see the answer. Share here shows it to the channel, with just the last four digits.
      More to ask, after /esim-usage or in a direct message:
      packages · esim · topups · install · trend · reply ICCID – details of one eSIM, also under More … on its card
      watch ICCID 25 – notify me at 25% left (or 10, 5, ends)
      digest weekdays 9:00 – eSIMs that need a look
      name ICCID anna-trip – then the name is enough
      find 0019 – digits, name, order or e-mail
      order 20261115-070321 – the eSIMs of an order
      plans JP – what is on sale for a country
      devices iPhone 13 – takes an eSIM?
      balance – your Airalo credit · status – is the bot OK?
      watches · names · orders · recent – your lists, and the team’s
      unwatch · unname · cancel – take it back
      Airalo allows one check per eSIM about every 15 minutes. In between I show the last figure and its age."
    `);
  });
});
