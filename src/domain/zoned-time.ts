import { LRUCache } from 'lru-cache';

/** A date of the calendar; `month` is 1 to 12. */
export interface CalendarDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** A time of day as people write it. */
export interface TimeOfDay {
  readonly hour: number;
  readonly minute: number;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** Whether the runtime's zone data (`Intl`, kept current with Node) knows this IANA name. */
export function isTimeZone(name: string): boolean {
  try {
    formatOf(name);
    return true;
  } catch {
    return false;
  }
}

/** The date that is written on a wall in `zone` at an instant (epoch ms). */
export function dayIn(zone: string, at: number): CalendarDay {
  const wall = new Date(at + offsetAt(zone, at));
  return { year: wall.getUTCFullYear(), month: wall.getUTCMonth() + 1, day: wall.getUTCDate() };
}

/** So many days later by the calendar, whatever the clocks do in between. */
export function daysLater({ year, month, day }: CalendarDay, days: number): CalendarDay {
  return dayIn('UTC', Date.UTC(year, month - 1, day + days));
}

/** 1 for Monday to 7 for Sunday (ISO 8601). */
export function weekdayOf({ year, month, day }: CalendarDay): number {
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay() || 7;
}

/**
 * When the clocks of `zone` show this time on this day, epoch ms. Where they show it twice (the end of summer time)
 * the first; where they skip it (its beginning) as long after midnight as ever: 02:30 is 03:30 then (RFC 5545, 3.3.5).
 */
export function instantIn(zone: string, { year, month, day }: CalendarDay, time: TimeOfDay): number {
  const wall = Date.UTC(year, month - 1, day, time.hour, time.minute);
  const [before, after] = [offsetAt(zone, wall - DAY_MS), offsetAt(zone, wall + DAY_MS)];
  const shown = [wall - before, wall - after].filter((at) => at + offsetAt(zone, at) === wall);
  return shown.length > 0 ? Math.min(...shown) : wall - before;
}

/** Making one is slow; a few zones are asked for again and again. Bounded: people name zones. */
const formats = new LRUCache<string, Intl.DateTimeFormat>({ max: 100 });

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(zone, made);
  return made;
}

/** How far the clocks of `zone` are ahead of UTC at an instant, ms. */
function offsetAt(zone: string, at: number): number {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  const wall = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return wall - Math.floor(at / 1000) * 1000;
}
