import type { DigestSchedule } from '../../domain/digest-schedule.ts';
import { daysLater, instantIn, weekdayOf } from '../../domain/zoned-time.ts';
import type { Line, Span } from '../card.ts';
import type { Say } from '../say.ts';
import { mention } from '../spans.ts';

/** Words about digests. */
export interface DigestWords {
  readonly title: string;
  /** `Mon–Fri, 9:00 AM (Europe/Berlin)`. */
  schedule(schedule: DigestSchedule): string;
  /** These have used no data for a day or more. */
  silent(esims: string): Line;
  /** For a preview. */
  readonly nothing: Line;
  /** Above a preview. */
  readonly preview: Line;
  /** `nextAt`: when it comes first. */
  set(schedule: DigestSchedule, nextAt: Span): Line;
  /** For another channel than the one it was typed in. */
  setElsewhere(schedule: DigestSchedule, nextAt: Span, channel: Span): Line;
  /** One of those that are set; `channel` absent: to the person alone. */
  item(schedule: DigestSchedule, nextAt: Span, channel?: Span): Line;
  /** One that could not be posted at `at`. */
  pausedItem(schedule: DigestSchedule, at: Span, channel?: Span): Line;
  readonly none: Line;
  /** How to end one: where it was set, or by its place in the list. */
  readonly howToEnd: Line;
  readonly howToEndByNumber: Line;
  /** So many more are there, and the store cannot open them. */
  sealed(count: number): Line;
  /** False: there was none. */
  off(stopped: boolean): Line;
  tooMany(most: number): Line;
  /** What was typed means nothing here. */
  unreadable(given: Span): Line;
  /** Another channel was named, and it cannot be told whether that is right. */
  elsewhere(channel: Span): Line;
  /** Said in the channel when it is set. */
  announced(personId: string, schedule: DigestSchedule): Line;
  /** To its owner. */
  missed(at: Span): Line;
  closed(channelId: string): Line;
}

/** A Monday. */
const SOME_MONDAY = { year: 2024, month: 1, day: 1 };

/** Digests. `locale` as the days and the time are written. */
export function digestWords({ text, line }: Say, locale: string): DigestWords {
  const schedule = (wanted: DigestSchedule) => scheduleIn(locale, wanted);
  return {
    title: text('digest.title'),
    schedule,
    silent: (esims) => line('digest.silent', { esims }),
    nothing: line('digest.nothing'),
    preview: line('digest.preview'),
    set: (wanted, nextAt) => line('digest.set', { schedule: schedule(wanted), nextAt }),
    item: (wanted, nextAt, channel) =>
      channel
        ? line('digest.item', { schedule: schedule(wanted), nextAt, channel })
        : line('digest.item.private', { schedule: schedule(wanted), nextAt }),
    setElsewhere: (wanted, nextAt, channel) =>
      line('digest.set.elsewhere', { schedule: schedule(wanted), nextAt, channel }),
    pausedItem: (wanted, at, channel) =>
      channel
        ? line('digest.item.paused', { schedule: schedule(wanted), at, channel })
        : line('digest.item.paused.private', { schedule: schedule(wanted), at }),
    none: line('digest.none'),
    howToEnd: line('digest.howToEnd'),
    howToEndByNumber: line('digest.howToEnd.number'),
    sealed: (count) => line('digest.sealed', { count }),
    off: (stopped) => line(stopped ? 'digest.off' : 'digest.off.none'),
    tooMany: (most) => line('digest.tooMany', { most }),
    unreadable: (given) => line('digest.unreadable', { given }),
    elsewhere: (channel) => line('digest.elsewhere', { channel }),
    announced: (personId, wanted) =>
      line('digest.announced', { person: mention('person', personId), schedule: schedule(wanted) }),
    missed: (at) => line('digest.missed', { at }),
    closed: (channelId) => line('digest.closed', { channel: mention('channel', channelId) }),
  };
}

/** Days in a row as from and to, others each; the zone by its name, since readers may be in another. */
function scheduleIn(locale: string, { days, time, zone }: DigestSchedule): string {
  const [first = 1] = days;
  const last = days.at(-1) ?? first;
  const day = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' });
  const nameOf = (weekday: number) =>
    day.format(instantIn('UTC', dayCalled(weekday), { hour: 12, minute: 0 }));
  const inARow = days.length > 2 && last - first === days.length - 1;
  const when = inARow
    ? `${nameOf(first)}–${nameOf(last)}`
    : new Intl.ListFormat(locale, { type: 'unit', style: 'short' }).format(days.map(nameOf));
  const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: 'UTC' });
  return `${when}, ${clock.format(instantIn('UTC', SOME_MONDAY, time))} (${zone})`;
}

function dayCalled(weekday: number) {
  return daysLater(SOME_MONDAY, weekday - weekdayOf(SOME_MONDAY));
}
