import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../src/cards/languages.ts';
import { placeName, readPlace } from '../../src/domain/place.ts';

describe('a place', () => {
  it.each([
    ['JP', 'en', 'JP'],
    ['japan', 'de', 'JP'],
    ['Japon', 'fr', 'JP'],
    ['日本', 'ja', 'JP'],
    ['Deutschland', 'de', 'DE'],
    ['Alemanha', 'pt', 'DE'],
    ['Côte d’Ivoire', 'fr', 'CI'],
    ['UK', 'en', 'GB'],
    ['usa', 'en', 'US'],
    ['united kingdom', 'en', 'GB'],
    ['Japn', 'en', undefined],
    ['Germny', 'en', 'DE'],
    ['Europe', 'en', '150'],
    ['EU', 'en', '150'],
    ['Europa', 'es', '150'],
    ['global', 'en', '001'],
    ['middle east', 'en', '145'],
    ['Atlantis', 'en', undefined],
    ['DD', 'en', undefined],
    ['ZZ', 'en', undefined],
    ['', 'en', undefined],
    ['x'.repeat(500), 'en', undefined],
  ])('%j in %s is %s', (text, locale, code) => {
    expect(readPlace(text, locale)?.code).toBe(code);
  });

  it('has a name in every language that leads back to it', () => {
    for (const locale of LANGUAGES)
      for (const code of ['JP', 'DE', 'US', '150', '142', '419']) {
        const place = readPlace(code === '150' ? 'europe' : code, locale) ?? { kind: 'region', code };
        expect(readPlace(placeName(place, locale), locale)?.code, `${locale} ${code}`).toBe(place.code);
      }
  });
});
