/** Bounds for what a header may say: "0" would be asked again at once, a typing error never. */
const SHORTEST_MS = 1_000;
const MAX_MS = 24 * 60 * 60 * 1000;

const DAYS = 'Mon|Tue|Wed|Thu|Fri|Sat|Sun';
const LONG_DAYS = 'Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday';
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const MONTH = `(?<month>${MONTHS.join('|')})`;
const TIME = '(?<hour>[01]\\d|2[0-3]):(?<minute>[0-5]\\d):(?<second>[0-5]\\d|60)';

/** The three forms of RFC 9110, section 5.6.7: the present one and two that must still be understood. */
const HTTP_DATES = [
  new RegExp(`^(?:${DAYS}), (?<day>\\d\\d) ${MONTH} (?<year>\\d{4}) ${TIME} GMT$`),
  new RegExp(`^(?:${LONG_DAYS}), (?<day>\\d\\d)-${MONTH}-(?<year>\\d\\d) ${TIME} GMT$`),
  new RegExp(`^(?:${DAYS}) ${MONTH} (?<day>[ \\d]\\d) ${TIME} (?<year>\\d{4})$`),
];

/**
 * The instant a `Retry-After` header names, epoch ms: whole seconds from `now`, or an HTTP-date. Anything else is
 * no answer (`undefined`), never a guess. At least a second and at most a day ahead; of several headers the latest.
 */
export function retryAfterInstant(
  header: string | readonly string[] | undefined | null,
  now: number,
): number | undefined {
  const values = typeof header === 'string' ? [header] : (header ?? []);
  const instants = values.flatMap((value) => instantOf(value.trim(), now) ?? []);
  if (instants.length === 0) return undefined;
  return Math.min(Math.max(...instants, now + SHORTEST_MS), now + MAX_MS);
}

function instantOf(value: string, now: number): number | undefined {
  if (/^\d+$/.test(value)) return now + Number(value) * 1000;
  for (const form of HTTP_DATES) {
    const groups = form.exec(value)?.groups;
    if (groups) return fromGroups(groups, now);
  }
  return undefined;
}

function fromGroups(groups: Record<string, string>, now: number): number | undefined {
  const number = (name: string) => Number(groups[name]);
  const year = groups.year?.length === 2 ? fullYear(number('year'), now) : number('year');
  const month = MONTHS.indexOf(groups.month ?? '');
  const midnight = Date.UTC(year, month, number('day'));
  // Date.UTC rolls 31 November over into December.
  if (new Date(midnight).getUTCMonth() !== month) return undefined;
  return midnight + ((number('hour') * 60 + number('minute')) * 60 + number('second')) * 1000;
}

/** RFC 9110: two digits that would lie more than 50 years ahead mean the past century. */
function fullYear(twoDigits: number, now: number): number {
  const thisYear = new Date(now).getUTCFullYear();
  const inThisCentury = thisYear - (thisYear % 100) + twoDigits;
  return inThisCentury > thisYear + 50 ? inThisCentury - 100 : inThisCentury;
}
