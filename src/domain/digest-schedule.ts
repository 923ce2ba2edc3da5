import { dayIn, daysLater, instantIn, isTimeZone, type TimeOfDay, weekdayOf } from './zoned-time.ts';

/** When a digest comes. Plain JSON. */
export interface DigestSchedule {
  /** 1 for Monday to 7 for Sunday, ascending, each once. */
  readonly days: readonly number[];
  readonly time: TimeOfDay;
  /** IANA name. */
  readonly zone: string;
}

/** A channel as somebody typed it: picked from a list, so that its id is known, or by its name, without the `#`. */
export type NamedChannel =
  | { readonly kind: 'id'; readonly id: string }
  | { readonly kind: 'name'; readonly name: string };

/** What somebody typed behind `digest`, read. */
export type DigestWish =
  | { readonly kind: 'list' | 'preview' }
  /** `which`: its place in the list, counted from 1, or its channel; absent: that of this place. */
  | { readonly kind: 'off'; readonly which?: number | NamedChannel }
  | { readonly kind: 'set'; readonly schedule: DigestSchedule; readonly channel?: NamedChannel }
  /** A time that is none, or a word that means nothing here. */
  | { readonly kind: 'unreadable'; readonly given: string };

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];
const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const DEFAULT_TIME: TimeOfDay = { hour: 9, minute: 0 };
/** `9`, `9:00`, `09.30`, `9am`, `5:30pm`. */
const TIME = /^(\d{1,2})(?:[:.](\d{2}))?(am|pm)?$/u;
/** What people put between: it says nothing more. */
const FILLERS = ['at', 'on', 'in', 'to', 'every', 'here', 'channel'];
const ENDS = ['off', 'stop'];
/** As Slack and Discord write a channel that was picked. */
const PICKED = /^<#([A-Za-z0-9]+)(?:\|[^>]*)?>$/u;
/** As it is typed where nothing turns it into an id. */
const BY_NAME = /^#([\p{L}\p{N}_-]{1,100})$/u;

/**
 * Reads `weekdays 9:00`, `#support daily 17:30 Europe/Berlin`, `mondays`, `now`, `off`, `off 2`, and nothing at all. Days not said are
 * weekdays, a time not said is 9:00; a zone not said is `zone`. Words of the command are the same in every language.
 */
export function readDigestWish(words: string, zone: string): DigestWish {
  const said = words.trim().split(/\s+/u).filter(Boolean);
  const [first, ...more] = said;
  if (first === undefined) return { kind: 'list' };
  if (said.some((word) => ENDS.includes(word.toLowerCase()))) return readEnd(said);
  if (more.length === 0 && ['now', 'preview'].includes(first.toLowerCase())) return { kind: 'preview' };

  const days = new Set<number>();
  let [time, place]: [TimeOfDay, string] = [DEFAULT_TIME, zone];
  let channel: NamedChannel | undefined;
  for (const word of said) {
    if (FILLERS.includes(word.toLowerCase())) continue;
    const these = daysCalled(word);
    const at = timeOf(word);
    const named = channelIn(word);
    if (these) for (const day of these) days.add(day);
    else if (at) time = at;
    else if (named) channel = named;
    else if (isTimeZone(word) && (word.includes('/') || word.toUpperCase() === 'UTC')) place = word;
    else return { kind: 'unreadable', given: word };
  }
  const chosen = days.size === 0 ? EVERY_DAY.slice(0, 5) : [...days].sort((a, b) => a - b);
  const schedule = { days: chosen, time, zone: place };
  return { kind: 'set', schedule, ...(channel ? { channel } : {}) };
}

/** `off`, `off 2`, `off #support`, `#support off`. */
function readEnd(said: readonly string[]): DigestWish {
  const [which, ...others] = said.filter((word) => ![...ENDS, ...FILLERS].includes(word.toLowerCase()));
  if (which === undefined) return { kind: 'off' };
  const named = channelIn(which) ?? (/^\d{1,2}$/.test(which) ? Number(which) : undefined);
  return named === undefined || others.length > 0
    ? { kind: 'unreadable', given: said.join(' ') }
    : { kind: 'off', which: named };
}

function channelIn(word: string): NamedChannel | undefined {
  const [, id] = PICKED.exec(word) ?? [];
  if (id !== undefined) return { kind: 'id', id };
  const [, name] = BY_NAME.exec(word) ?? [];
  return name === undefined ? undefined : { kind: 'name', name };
}

/** `daily`, `weekdays`, `mondays`, `mon,thu`; undefined for any other word. */
function daysCalled(word: string): readonly number[] | undefined {
  const wanted = word.toLowerCase();
  if (['daily', 'everyday'].includes(wanted)) return EVERY_DAY;
  if (['weekdays', 'workdays'].includes(wanted)) return EVERY_DAY.slice(0, 5);
  if (wanted === 'weekends') return EVERY_DAY.slice(5);
  const named = wanted.split(',').map((one) => {
    const single = one.replace(/s$/u, '');
    return (
      WEEKDAYS.findIndex((day) => single.length >= 3 && (day === single || day.slice(0, 3) === single)) + 1
    );
  });
  return named.every((day) => day > 0) ? named : undefined;
}

function timeOf(word: string): TimeOfDay | undefined {
  const [, hours, minutes = '0', half] = TIME.exec(word.toLowerCase()) ?? [];
  if (hours === undefined) return undefined;
  const [typed, minute] = [Number(hours), Number(minutes)];
  if (half !== undefined && (typed < 1 || typed > 12)) return undefined;
  const hour = half === undefined ? typed : (typed % 12) + (half === 'pm' ? 12 : 0);
  return hour < 24 && minute < 60 ? { hour, minute } : undefined;
}

/** The first time of a schedule after `after`; both epoch ms. */
export function nextDigestAt({ days, time, zone }: DigestSchedule, after: number): number {
  const today = dayIn(zone, after);
  // A week and a day: today's may have passed already, also where that day of the week is the only one.
  const ahead = [...Array(9).keys()].map((count) => daysLater(today, count));
  const due = ahead
    .filter((day) => days.includes(weekdayOf(day)))
    .map((day) => instantIn(zone, day, time))
    .find((at) => at > after);
  if (due === undefined) throw new Error('A digest needs a day of the week');
  return due;
}

/** Whether what was due at `dueAt` is still of use at `now`: on the same day, as its reader counts days. */
export function isSameDay({ zone }: DigestSchedule, dueAt: number, now: number): boolean {
  const [due, today] = [dayIn(zone, dueAt), dayIn(zone, now)];
  return due.year === today.year && due.month === today.month && due.day === today.day;
}
