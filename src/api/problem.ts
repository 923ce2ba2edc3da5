import type { Problem, UsageReply } from './schemas.ts';

/** Every way in which the API says no, by its stable code, with its status and title (RFC 9457: the title does not vary). */
const PROBLEMS = {
  'malformed-iccid': [400, 'This is no ICCID: 18 to 22 digits'],
  'bad-request': [400, 'The request cannot be read'],
  'no-key': [401, 'A key is needed'],
  'unknown-key': [401, 'Nobody has this key, or it was revoked'],
  'missing-scope': [403, 'This key lacks a scope'],
  'not-allowed': [403, 'This is not allowed'],
  'foreign-origin': [403, 'Not from this origin'],
  'not-found': [404, 'There is nothing here'],
  'unknown-esim': [404, 'Airalo does not know this eSIM'],
  'method-not-allowed': [405, 'Not with this method'],
  recycled: [410, 'Airalo has taken this eSIM back'],
  'promise-cancelled': [410, 'The promise was cancelled'],
  'too-large': [413, 'The body is too large'],
  'wrong-type': [415, 'The body must be application/json'],
  'bad-callback': [422, 'No callback can be sent to this address'],
  declined: [422, 'Airalo declined the question'],
  'too-many': [429, 'More different eSIMs than a key may ask for in a while'],
  'too-many-requests': [429, 'More requests than a key may make in a minute'],
  'day-used-up': [429, 'More eSIMs from lists than a key may have in a day'],
  'operator-needed': [502, "Airalo refuses the bot: its operator's log has the remedy"],
  'store-unavailable': [503, 'The bot cannot reach its store'],
  'promise-expired': [504, 'No answer came from Airalo in time'],
} as const satisfies Readonly<Record<string, readonly [status: number, title: string]>>;
/** See `PROBLEMS`. */
export type ProblemCode = keyof typeof PROBLEMS;

/** Every code there is, for the document and its test. */
export const PROBLEM_CODES = Object.keys(PROBLEMS);

/** `application/problem+json`. */
export function problemOf(
  code: ProblemCode,
  more: { readonly detail?: string; readonly reply?: UsageReply } = {},
): Problem {
  const [status, title] = PROBLEMS[code];
  return { type: `urn:esim-usage-bot:problem:${code}`, title, status, code, ...more };
}
