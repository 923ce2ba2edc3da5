import { describe, expect, it } from 'vitest';
import { canBeWatched, isMetBy, watchConditionOf, watchStateOf } from '../../src/domain/watch.ts';
import { nextLookAt, type WatchOutlook } from '../../src/domain/watch-schedule.ts';
import { NOW, readingOf } from '../support/replies.ts';

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;
const left = (remaining: number) => readingOf({ data: { kind: 'megabytes', remaining, total: 1_000 } });
const ended = (name: 'EXPIRED' | 'RECYCLED' | 'FINISHED' | 'UNKNOWN') =>
  readingOf({ status: { kind: 'known', name }, data: { kind: 'megabytes', remaining: 0, total: 0 } });

describe('a watch on the data', () => {
  it.each([
    [251, 'not-yet'],
    [250, 'met'],
    [0, 'met'],
  ])('with %i of 1000 MB left is %s at 25 %', (remaining, state) => {
    expect(watchStateOf('25', left(remaining), NOW)).toBe(state);
  });

  it('is met when the data are used up, whatever the figures say', () => {
    expect(watchStateOf('5', ended('FINISHED'), NOW)).toBe('met');
  });

  it('waits on where no figure is to be had, and is over with the plan', () => {
    expect(watchStateOf('25', ended('UNKNOWN'), NOW)).toBe('not-yet');
    expect(watchStateOf('25', ended('EXPIRED'), NOW)).toBe('over');
    expect(watchStateOf('ends', ended('RECYCLED'), NOW)).toBe('over');
  });

  it('cannot be set on an unlimited plan, whose end can', () => {
    const unlimited = readingOf({ data: { kind: 'unlimited' } });
    expect(canBeWatched('25', unlimited)).toBe(false);
    expect(canBeWatched('ends', unlimited)).toBe(true);
  });

  it('takes the word of a webhook for its own threshold and those above', () => {
    expect(isMetBy('25', { percentLeft: 9 })).toBe(true);
    expect(isMetBy('5', { percentLeft: 9 })).toBe(false);
    expect(isMetBy('ends', { percentLeft: 9 })).toBe(false);
    expect(isMetBy('ends', { daysLeft: 3 })).toBe(true);
  });
});

describe('a watch on the end', () => {
  it.each([
    [4 * DAY_MS, 'not-yet'],
    [3 * DAY_MS, 'met'],
    [0, 'over'],
  ])('%i ms before it is %s', (ahead, state) => {
    expect(watchStateOf('ends', readingOf({ expiresAt: NOW + ahead }), NOW)).toBe(state);
  });
});

describe('the words for a condition', () => {
  it.each([
    ['25', '25'],
    ['10%', '10'],
    ['Ends', 'ends'],
    ['20', undefined],
    ['', undefined],
  ])('"%s" is %s', (word, condition) => expect(watchConditionOf(word)).toBe(condition));
});

describe('the next look', () => {
  const outlook = (changes: Partial<WatchOutlook>): WatchOutlook => ({
    condition: '25',
    reading: left(900),
    now: NOW,
    windowMs: 900_000,
    webhooksArrive: false,
    spread: 0,
    ...changes,
  });
  const inHours = (changes: Partial<WatchOutlook>) => (nextLookAt(outlook(changes)) - NOW) / HOUR_MS;

  it('comes the sooner the nearer the threshold is, and never within the window', () => {
    const hours = [900, 700, 400, 300, 251].map((remaining) => inHours({ reading: left(remaining) }));
    expect(hours).toEqual([6, 2, 0.75, 0.25, 0.25]);
  });

  it('is a net of twelve hours where webhooks tell, but not below the last of them', () => {
    expect(inHours({ webhooksArrive: true, reading: left(260) })).toBe(12);
    expect(inHours({ webhooksArrive: true, reading: left(60), condition: '5' })).toBe(0.25);
  });

  it('for the end lies three days before it, a week ahead at the most', () => {
    const expiresIn = (days: number) => readingOf({ expiresAt: NOW + days * DAY_MS });
    expect(inHours({ condition: 'ends', reading: expiresIn(5) })).toBe(48);
    expect(inHours({ condition: 'ends', reading: expiresIn(60) })).toBe(7 * 24);
  });

  it('is spread, so that watches set together are not looked at together', () => {
    expect(inHours({ spread: 1 })).toBeCloseTo(7.2);
  });
});
