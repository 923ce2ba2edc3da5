import { KNOWN_STATUSES, type UsageStatus } from '../domain/usage.ts';

/** A field that was not as documented: its name and what kind of thing stood there, never the thing itself. */
export interface OddField {
  readonly name: string;
  readonly was: string;
}

/** What one field of an answer says. `absent`: missing, null or empty. `odd`: something stands there that cannot be read. */
export type Field<T> =
  | { readonly kind: 'read'; readonly value: T; readonly odd?: string }
  | { readonly kind: 'absent'; readonly was: 'missing' | 'null' | 'empty' }
  | { readonly kind: 'odd'; readonly was: string };

/** A status nobody has seen yet is shown as it came, so it is bounded. */
const MAX_STATUS = 60;
const NUMERIC = /^[+-]?\d+(\.\d+)?$/;
const TRUE: readonly unknown[] = [true, 1, '1', 'true'];
const FALSE: readonly unknown[] = [false, 0, '0', 'false'];

/** How much is left: a number, or one in a string as other endpoints of Airalo send them. Below nothing is nothing left. */
export function leftIn(value: unknown): Field<number> {
  const number = numberIn(value);
  if (number.kind !== 'read' || number.value >= 0) return number;
  return { kind: 'read', value: 0, odd: 'negative' };
}

/** What there was at the start; a negative number says nothing about it. */
export function totalIn(value: unknown): Field<number> {
  const number = numberIn(value);
  return number.kind === 'read' && number.value < 0 ? { kind: 'odd', was: 'negative' } : number;
}

function numberIn(value: unknown): Field<number> {
  const absent = absentIn(value);
  if (absent) return absent;
  const text = typeof value === 'string' ? value.trim() : '';
  const number = NUMERIC.test(text) ? Number(text) : value;
  if (typeof number !== 'number') return { kind: 'odd', was: typeOf(value) };
  return Number.isFinite(number) ? { kind: 'read', value: number } : { kind: 'odd', was: 'infinite' };
}

/** True and false, also as a number or in a string of any case. */
export function flagIn(value: unknown): Field<boolean> {
  const absent = absentIn(value);
  if (absent) return absent;
  const plain = typeof value === 'string' ? value.trim().toLowerCase() : value;
  const odd = typeof value === 'boolean' ? {} : { odd: typeOf(value) };
  if (TRUE.includes(plain)) return { kind: 'read', value: true, ...odd };
  if (FALSE.includes(plain)) return { kind: 'read', value: false, ...odd };
  return { kind: 'odd', was: typeOf(value) };
}

/** A status by its wire name. */
export function statusIn(value: unknown): Field<UsageStatus> {
  const absent = absentIn(value);
  if (absent) return absent;
  return typeof value === 'string'
    ? { kind: 'read', value: statusOf(value.trim()) }
    : { kind: 'odd', was: typeOf(value) };
}

/** A known one in any case, with spaces or dashes for underscores; one nobody knows as it came, bounded. */
export function statusOf(name: string): UsageStatus {
  const plain = name.toUpperCase().replace(/[\s-]+/g, '_');
  const known = KNOWN_STATUSES.find((candidate) => candidate === plain);
  return known ? { kind: 'known', name: known } : { kind: 'unseen', name: name.slice(0, MAX_STATUS) };
}

/** The end of validity, epoch ms; see `parseExpiry`. */
export function endIn(value: unknown): Field<number> {
  const absent = absentIn(value);
  // MySQL's way to write null.
  if (absent ?? (typeof value === 'string' && value.startsWith('0000-00-00')))
    return absent ?? { kind: 'absent', was: 'empty' };
  const instant = parseExpiry(value);
  return instant === undefined ? { kind: 'odd', was: typeOf(value) } : { kind: 'read', value: instant };
}

/**
 * `YYYY-MM-DD HH:mm:ss` is read as UTC, as Airalo's package history has it; ISO 8601 with an offset is taken too, and seconds may
 * be missing. `undefined` for anything else: a day without a time has 24 ends.
 */
export function parseExpiry(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined;
  const match =
    /^(\d{4}-\d\d-(\d\d))[ Tt](\d\d:\d\d)(:\d\d(?:\.\d{1,9})?)?(?: ?(?:UTC|GMT|[Zz])|([+-]\d\d):?(\d\d)?)?$/.exec(
      value.trim(),
    );
  if (!match) return undefined;
  const [, date = '', day = '', time = '', seconds = ':00', hours, minutes = '00'] = match;
  // JavaScript reads 30 February as 2 March.
  if (new Date(`${date}T00:00:00Z`).getUTCDate() !== Number(day)) return undefined;
  const offset = hours === undefined ? 'Z' : `${hours}:${minutes}`;
  const instant = Date.parse(`${date}T${time}${seconds}${offset}`);
  return Number.isNaN(instant) ? undefined : instant;
}

function absentIn(value: unknown): Extract<Field<never>, { kind: 'absent' }> | undefined {
  if (value === undefined) return { kind: 'absent', was: 'missing' };
  if (value === null) return { kind: 'absent', was: 'null' };
  return typeof value === 'string' && value.trim() === '' ? { kind: 'absent', was: 'empty' } : undefined;
}

function typeOf(value: unknown): string {
  return Array.isArray(value) ? 'array' : typeof value;
}
