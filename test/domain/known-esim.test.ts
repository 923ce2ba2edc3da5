import { describe, expect, it } from 'vitest';
import { fitting, type KnownEsim, mayNameEsim, readName } from '../../src/domain/known-esim.ts';
import { toIccid } from '../support/arbitraries.ts';

describe('a name', () => {
  it.each([
    ['anna-trip', 'anna-trip'],
    ['  Anna   Trip 2 ', 'Anna Trip 2'],
    ['東京_旅行', '東京_旅行'],
    ['ｆｕｌｌ', 'full'],
    ['a'.repeat(40), 'a'.repeat(40)],
  ])('may be "%s"', (text, name) => {
    expect(readName(text)).toBe(name);
  });

  it.each([
    '',
    'a'.repeat(41),
    '0019',
    '12-34 56',
    '-anna',
    'anna--trip',
    '<@U1>',
    '*bold*',
    'a\nb`c',
    'packages',
    'trip packages',
    'Remove',
    'help',
  ])('is not "%s"', (text) => {
    expect(readName(text)).toBeUndefined();
  });
});

describe('the eSIMs that a query fits', () => {
  const anna: KnownEsim = { iccid: toIccid('8910000000001000019'), name: 'Anna-Trip', askedAt: 1 };
  const ben: KnownEsim = { iccid: toIccid('8910000000001000035'), name: 'ben trip' };
  const recent: KnownEsim = { iccid: toIccid('8910000000002000019'), askedAt: 2 };
  const known = [anna, ben, recent];

  it.each([
    ['0019', [recent, anna]],
    ['1000019', [anna]],
    ['019', []],
    ['9910', []],
    ['anna-trip', [anna]],
    ['ANNA-TRIP', [anna]],
    ['trip', []],
  ])('exactly by "%s"', (query, found) => {
    expect(fitting(query, known, 'exact')).toEqual(found);
  });

  it.each([
    ['trip', [anna, ben]],
    ['nn', [anna]],
    ['n', []],
    ['0019', [recent, anna]],
  ])('in part by "%s"', (query, found) => {
    expect(fitting(query, known, 'part')).toEqual(found);
  });
});

it.each([
  ['anna-trip', true],
  ['0019', true],
  ['20261123-000123', true],
  ['what is left, please?', false],
  ['', false],
  ['89x0', true],
])('a text like "%s" may mean an eSIM: %s', (text, may) => {
  expect(mayNameEsim(text)).toBe(may);
});
