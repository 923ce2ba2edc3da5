import { describe, expect, it } from 'vitest';
import {
  type DigestSchedule,
  isSameDay,
  nextDigestAt,
  readDigestWish,
} from '../../src/domain/digest-schedule.ts';

const at = (iso: string) => Date.parse(iso);
const everyDay = (hour: number, minute: number, zone: string): DigestSchedule => ({
  days: [1, 2, 3, 4, 5, 6, 7],
  time: { hour, minute },
  zone,
});
/** The next times in a row, as UTC. */
function times(schedule: DigestSchedule, from: string, count: number): string[] {
  const found: string[] = [];
  let after = at(from);
  for (let one = 0; one < count; one += 1) {
    after = nextDigestAt(schedule, after);
    found.push(new Date(after).toISOString().slice(0, 16));
  }
  return found;
}

describe('the next time of a digest', () => {
  it('is 9:00 on the wall before and after the clocks go forward', () => {
    expect(times(everyDay(9, 0, 'Europe/Berlin'), '2026-03-28T00:00Z', 3)).toEqual([
      '2026-03-28T08:00',
      '2026-03-29T07:00',
      '2026-03-30T07:00',
    ]);
  });

  it('is 9:00 on the wall before and after the clocks go back', () => {
    expect(times(everyDay(9, 0, 'Europe/Berlin'), '2026-10-24T00:00Z', 3)).toEqual([
      '2026-10-24T07:00',
      '2026-10-25T08:00',
      '2026-10-26T08:00',
    ]);
  });

  it('comes once, an hour later on the wall, on the day that has no 02:30', () => {
    expect(times(everyDay(2, 30, 'Europe/Berlin'), '2026-03-28T00:00Z', 3)).toEqual([
      '2026-03-28T01:30',
      '2026-03-29T01:30',
      '2026-03-30T00:30',
    ]);
  });

  it('comes once, at the first, on the day that has 02:30 twice', () => {
    expect(times(everyDay(2, 30, 'Europe/Berlin'), '2026-10-24T00:00Z', 3)).toEqual([
      '2026-10-24T00:30',
      '2026-10-25T00:30',
      '2026-10-26T01:30',
    ]);
  });

  it.each([
    ['America/New_York', '2026-03-08', ['2026-03-08T07:30', '2026-03-09T06:30']],
    ['America/New_York', '2026-11-01', ['2026-11-01T07:30', '2026-11-02T07:30']],
    ['Australia/Lord_Howe', '2026-10-03T12:00', ['2026-10-03T15:30', '2026-10-04T15:30']],
    ['Asia/Kolkata', '2026-03-28', ['2026-03-28T21:00', '2026-03-29T21:00']],
  ])('knows the rules of %s on %s', (zone, from, expected) => {
    expect(times(everyDay(2, 30, zone), `${from}${from.includes('T') ? '' : 'T00:00'}Z`, 2)).toEqual(
      expected,
    );
  });

  it('leaves out the days it is not for', () => {
    const weekdays = { ...everyDay(9, 0, 'UTC'), days: [1, 2, 3, 4, 5] };
    expect(times(weekdays, '2026-11-27T09:00Z', 2)).toEqual(['2026-11-30T09:00', '2026-12-01T09:00']);
    const sundays = { ...weekdays, days: [7] };
    expect(times(sundays, '2026-11-29T09:00Z', 1)).toEqual(['2026-12-06T09:00']);
  });

  it('counts a day as its reader does', () => {
    const tokyo = everyDay(9, 0, 'Asia/Tokyo');
    expect(isSameDay(tokyo, at('2026-11-29T00:00Z'), at('2026-11-29T14:59Z'))).toBe(true);
    expect(isSameDay(tokyo, at('2026-11-29T00:00Z'), at('2026-11-29T15:00Z'))).toBe(false);
  });
});

describe('what is typed behind "digest"', () => {
  const read = (words: string) => readDigestWish(words, 'Europe/Rome');
  it.each([
    ['weekdays 9:00', [1, 2, 3, 4, 5], 9, 0, 'Europe/Rome'],
    ['daily 17.30 Europe/Berlin', [1, 2, 3, 4, 5, 6, 7], 17, 30, 'Europe/Berlin'],
    ['mondays', [1], 9, 0, 'Europe/Rome'],
    ['on Thu,Mon at 5:15pm', [1, 4], 17, 15, 'Europe/Rome'],
    ['weekends 12am UTC', [6, 7], 0, 0, 'UTC'],
    ['8', [1, 2, 3, 4, 5], 8, 0, 'Europe/Rome'],
  ])('reads "%s"', (words, days, hour, minute, zone) => {
    expect(read(words)).toEqual({ kind: 'set', schedule: { days, time: { hour, minute }, zone } });
  });

  it('reads the channel that was picked, and the other forms', () => {
    expect(read('<#C123|support> daily')).toMatchObject({ channel: { kind: 'id', id: 'C123' } });
    expect(read('daily in <#4711>')).toMatchObject({ kind: 'set', channel: { kind: 'id', id: '4711' } });
    expect(read('#kunden-büro daily')).toMatchObject({ channel: { kind: 'name', name: 'kunden-büro' } });
    expect(read('')).toEqual({ kind: 'list' });
    expect(read('OFF')).toEqual({ kind: 'off' });
    expect(read('now')).toEqual({ kind: 'preview' });
  });

  it.each([
    ['off', undefined],
    ['stop', undefined],
    ['off 2', 2],
    ['off <#C1|>', { kind: 'id', id: 'C1' }],
    ['#support off', { kind: 'name', name: 'support' }],
    ['off in #support', { kind: 'name', name: 'support' }],
  ])('reads "%s" as the end of one', (words, which) => {
    expect(read(words)).toEqual({ kind: 'off', ...(which === undefined ? {} : { which }) });
  });

  it.each(['off 2 3', 'off daily', 'off 9:00', 'off 123'])('does not guess what "%s" ends', (words) => {
    expect(read(words)).toEqual({ kind: 'unreadable', given: words });
  });

  it.each(['24:00', '9:60', '13pm', 'sometimes', '#', '#a<b', 'Europe/Nowhere', 'daily; drop'])(
    'says so of "%s"',
    (words) => expect(read(words)).toMatchObject({ kind: 'unreadable' }),
  );
});
