import type { DigestSchedule } from '../../domain/digest-schedule.ts';
import { dayIn, daysLater, instantIn, weekdayOf } from '../../domain/zoned-time.ts';
import type { Line, Span } from '../card.ts';
import type { Say } from '../say.ts';
import { mention } from '../spans.ts';

/** Words about digests. */
export interface DigestWords {
  /** First lines: nothing was set; one was set; there is nothing to report. */
  readonly noneSet: string;
  setTitle(schedule: DigestSchedule): string;
  readonly nothingTitle: string;
  /** First line of the list: how many, and when the next comes; absent: all are paused. */
  listed(count: number, next?: NextDigest): string;
  /** Title of one: how many eSIMs somebody should look at. */
  headline(count: number): string;
  /** `Mon–Fri, 9:00 AM (Europe/Berlin)`. */
  schedule(schedule: DigestSchedule): string;
  /** These have used no data for a day or more. */
  silent(esims: string): Line;
  /** For a preview. */
  readonly nothing: Line;
  /** Above a preview. */
  readonly preview: Line;
  /** `nextAt`: when it comes first. */
  set(nextAt: Span): Line;
  /** For another channel than the one it was typed in. */
  setElsewhere(nextAt: Span, channel: Span): Line;
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
  /** First line; false: there was none. */
  off(stopped: boolean): string;
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

/** When a digest comes, epoch ms, as seen from `now`, in the zone it was set for. */
interface NextDigest {
  readonly at: number;
  readonly now: number;
  readonly zone: string;
}

const DAY_MS = 86_400_000;
/** A Monday. */
const SOME_MONDAY = { year: 2024, month: 1, day: 1 };

/** Digests. `locale` as the days and the time are written. */
export function digestWords({ text, line }: Say, locale: string): DigestWords {
  const schedule = (wanted: DigestSchedule) => scheduleIn(locale, wanted);
  return {
    noneSet: text('digest.headline.none'),
    setTitle: (wanted) => text('digest.headline.set', { schedule: schedule(wanted) }),
    nothingTitle: text('digest.headline.nothing'),
    listed: (count, next) =>
      next === undefined
        ? text('digest.headline.paused', { count })
        : text('digest.headline.listed', { count, when: soonIn(locale, next) }),
    headline: (count) => text('digest.headline', { count }),
    schedule,
    silent: (esims) => line('digest.silent', { esims }),
    nothing: line('digest.nothing'),
    preview: line('digest.preview'),
    set: (nextAt) => line('digest.set', { nextAt }),
    item: (wanted, nextAt, channel) =>
      channel
        ? line('digest.item', { schedule: schedule(wanted), nextAt, channel })
        : line('digest.item.private', { schedule: schedule(wanted), nextAt }),
    setElsewhere: (nextAt, channel) => line('digest.set.elsewhere', { nextAt, channel }),
    pausedItem: (wanted, at, channel) =>
      channel
        ? line('digest.item.paused', { schedule: schedule(wanted), at, channel })
        : line('digest.item.paused.private', { schedule: schedule(wanted), at }),
    none: line('digest.none'),
    howToEnd: line('digest.howToEnd'),
    howToEndByNumber: line('digest.howToEnd.number'),
    sealed: (count) => line('digest.sealed', { count }),
    off: (stopped) => text(stopped ? 'digest.off' : 'digest.off.none'),
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

/** `today 9:00 AM`, `tomorrow 9:00 AM` or `Monday 9:00 AM`: digests come once a week at least. */
function soonIn(locale: string, { at, now, zone }: NextDigest): string {
  const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: zone }).format(at);
  const daysOff = (midnightOf(zone, at) - midnightOf(zone, now)) / DAY_MS;
  const day =
    daysOff < 2
      ? new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(daysOff, 'day')
      : new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: zone }).format(at);
  return `${day} ${clock}`;
}

/** Of the calendar day in `zone`; days are then 24 hours apart. */
function midnightOf(zone: string, at: number): number {
  const { year, month, day } = dayIn(zone, at);
  return Date.UTC(year, month - 1, day);
}

function dayCalled(weekday: number) {
  return daysLater(SOME_MONDAY, weekday - weekdayOf(SOME_MONDAY));
}
