import fc from 'fast-check';
import { LANGUAGES } from '../../src/cards/languages.ts';
import type { TellingForecast } from '../../src/domain/forecast.ts';
import { findIccids, type Iccid } from '../../src/domain/iccid.ts';
import {
  type Allowance,
  KNOWN_STATUSES,
  type UsageReading,
  type UsageStatus,
} from '../../src/domain/usage.ts';
import type { AccessNeed } from '../../src/usage/access.ts';
import type { Refusal, Reply, ReplyPromise } from '../../src/usage/reply.ts';

/** Everything that can reach a card, for properties: "whatever upstream sends, …". */

/** Of a pair that stands for one character (Unicode, surrogates). */
const FIRST_HALF = 0xd8_00;
const HALVES = 0x8_00;

const digits = (length: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map((all) => all.join(''));

/** 18 to 22 digits with any beginning; the check digit mostly does not hold. */
export const anyIccid: fc.Arbitrary<Iccid> = fc.integer({ min: 18, max: 22 }).chain(digits).map(toIccid);

/** Begins with 89 and its check digit holds, as a real one. */
export const soundIccid: fc.Arbitrary<Iccid> = fc
  .integer({ min: 15, max: 19 })
  .chain(digits)
  .map((body) => toIccid(withCheckDigit(`89${body}`)));

export function toIccid(text: string): Iccid {
  const [iccid] = findIccids(text);
  if (iccid === undefined || iccid !== text) throw new Error(`${text} is not an ICCID`);
  return iccid;
}

function withCheckDigit(body: string): string {
  const sum = [...body].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return `${body}${(10 - (sum % 10)) % 10}`;
}

/**
 * Any code point but a half of one, drawn and shrunk as fast-check's own unit `binary` is. That one lays out a table of all the million of
 * them as soon as a string of it is described, for half a second and 100 MB in each process.
 */
export const anyCharacter: fc.Arbitrary<string> = fc
  .integer({ min: 0, max: 0x10_ffff - HALVES })
  .map((place) => String.fromCodePoint(place < FIRST_HALF ? place : place + HALVES), placeOf);

function placeOf(character: unknown): number {
  const code = typeof character === 'string' ? (character.codePointAt(0) ?? -1) : -1;
  const isHalf = code >= FIRST_HALF && code < FIRST_HALF + HALVES;
  if (code < 0 || isHalf || character !== String.fromCodePoint(code)) throw new Error('No single character');
  return code < FIRST_HALF ? code : code - HALVES;
}

/** Text of strangers: markup, mentions, line breaks, half characters, whole ICCIDs, and a lot of it. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: anyCharacter, maxLength: 60 }) },
  { weight: 2, arbitrary: fc.string({ maxLength: 60 }) },
  fc.constantFrom(
    '<!channel> *x* _y_ `z` </script>',
    '@everyone <@123456789012345678> [a](https://example.test)',
    '\u001b[31m\u0007\r\n\u202e\u2066\u200b',
    '&'.repeat(5_000),
    '\ud800',
    'e\u0301'.repeat(3_000),
    '||# - > 1. ```',
  ),
  fc.tuple(fc.string({ maxLength: 10 }), anyIccid).map(([before, iccid]) => `${before} ${iccid}!`),
  anyIccid.map((iccid) => iccid.replace(/(.{4})/g, '$1 ')),
  anyIccid.map((iccid) => `iccid ${iccid.replace(/(.{5})/g, '$1-')} recycled`),
);

/** Every language of the catalogue, in the writing of some of its regions. */
export const anyLocale: fc.Arbitrary<string> = fc.constantFrom(
  ...LANGUAGES,
  'en-GB',
  'en-IN',
  'es-419',
  'pt-BR',
);

/** 2020 to 2100. */
export const instantMs: fc.Arbitrary<number> = fc.integer({ min: 1_577_836_800_000, max: 4_102_444_800_000 });

const amount = fc.oneof(
  fc.integer({ min: 0, max: 200_000 }),
  fc.double({ min: 0, max: 1e6, noNaN: true }),
  fc.constantFrom(0, 0.4, 1, 1023, 1024, 1e15, Number.MAX_VALUE),
);
export const allowance: fc.Arbitrary<Allowance> = fc.record({ remaining: amount, total: amount });

const status: fc.Arbitrary<UsageStatus> = fc.oneof(
  fc.record({ kind: fc.constant('known' as const), name: fc.constantFrom(...KNOWN_STATUSES) }),
  fc.record({ kind: fc.constant('unseen' as const), name: hostileText }),
);

const usageReading: fc.Arbitrary<UsageReading> = fc.record(
  {
    status,
    data: fc.oneof(
      fc.constant({ kind: 'unlimited' as const }),
      allowance.map((amounts) => ({ kind: 'megabytes' as const, ...amounts })),
      fc.record({ kind: fc.constant('unknown' as const), total: amount }, { requiredKeys: ['kind'] }),
    ),
    voiceMinutes: allowance,
    textMessages: allowance,
    expiresAt: instantMs,
    unread: fc.subarray(['voice', 'texts', 'end'] as const),
  },
  { requiredKeys: ['status', 'data'] },
);

const platformIds = fc.array(
  fc.oneof(fc.stringMatching(/^[A-Z0-9]{9,11}$/), fc.stringMatching(/^\d{17,19}$/)),
  {
    maxLength: 40,
  },
);

const accessNeed: fc.Arbitrary<AccessNeed> = fc.oneof(
  fc.constantFrom(
    ...(['full-member', 'space', 'steward', 'check-failed'] as const).map((kind) => ({ kind })),
  ),
  platformIds.map((channelIds) => ({ kind: 'channel' as const, channelIds })),
  platformIds.map((groupIds) => ({ kind: 'group' as const, groupIds })),
);

const problem = fc.oneof(
  fc.constantFrom(...(['empty', 'not-digits', 'rounded'] as const).map((kind) => ({ kind }))),
  fc.record({ kind: fc.constantFrom('too-short' as const, 'too-long' as const), digits: fc.nat() }),
  fc.record({ kind: fc.constant('several' as const), found: fc.nat() }),
);

const refusal: fc.Arbitrary<Refusal> = fc.oneof(
  fc.record({ reason: fc.constant('malformed-iccid' as const), given: hostileText, problem }),
  fc.record({
    reason: fc.constant('unknown-esim' as const),
    checkDigitOff: fc.boolean(),
    refreshableAt: instantMs,
  }),
  fc.record({
    reason: fc.constant('operator-needed' as const),
    cause: fc.constantFrom('credentials-refused' as const, 'ip-not-allowed' as const),
  }),
  fc.record({ reason: fc.constant('declined' as const), detail: hostileText }),
  fc.record({ reason: fc.constant('not-allowed' as const), need: accessNeed }),
  fc.record({ reason: fc.constant('promise-expired' as const), askedAt: instantMs }),
  fc.record({ reason: fc.constant('too-many' as const), until: instantMs }),
  fc.constantFrom({ reason: 'store-unavailable' as const }, { reason: 'promise-cancelled' as const }),
);

const promise: fc.Arbitrary<ReplyPromise> = fc.oneof(
  fc.record({ kind: fc.constant('queued' as const), jobId: fc.uuid(), answerAt: instantMs }),
  fc.record({
    kind: fc.constant('none' as const),
    why: fc.constantFrom('not-asked-for' as const, 'not-durable' as const),
  }),
);

const basis = {
  perDayMb: fc.double({ min: 1e-6, max: 1e9, noNaN: true }),
  from: instantMs,
  points: fc.integer({ min: 3, max: 10_000 }),
};
const forecast: fc.Arbitrary<TellingForecast> = fc.oneof(
  fc.record(
    {
      kind: fc.constant('runs-out' as const),
      ...basis,
      at: instantMs,
      earliestAt: instantMs,
      latestAt: instantMs,
    },
    { requiredKeys: ['kind', 'perDayMb', 'from', 'points', 'at'] },
  ),
  fc.record(
    { kind: fc.constant('lasts' as const), ...basis, until: instantMs, earliestAt: instantMs },
    { requiredKeys: ['kind', 'perDayMb', 'from', 'points', 'until'] },
  ),
);

const seen = { iccid: anyIccid, reading: usageReading, asOf: instantMs, refreshableAt: instantMs };
const allOfSeen = ['iccid', 'reading', 'asOf', 'refreshableAt'] as const;

/** Any reply there can be. */
export const anyReply: fc.Arbitrary<Reply> = fc.oneof(
  fc.record(
    { kind: fc.constant('fresh' as const), ...seen, forecast },
    { requiredKeys: ['kind', ...allOfSeen] },
  ),
  fc.record(
    {
      kind: fc.constant('cached' as const),
      ...seen,
      because: fc.constantFrom('within-window' as const, 'airalo-unavailable' as const),
      forecast,
    },
    { requiredKeys: ['kind', ...allOfSeen, 'because'] },
  ),
  fc.record(
    {
      kind: fc.constant('deferred' as const),
      iccid: anyIccid,
      because: fc.constantFrom('rate-limited' as const, 'airalo-unavailable' as const, 'busy' as const),
      refreshableAt: instantMs,
      previous: fc.record({ reading: usageReading, asOf: instantMs }),
      forecast,
      promise,
    },
    { requiredKeys: ['kind', 'iccid', 'because', 'refreshableAt', 'promise'] },
  ),
  fc.record(
    {
      kind: fc.constant('refused' as const),
      iccid: anyIccid,
      refusal,
      previous: fc.record({ reading: usageReading, asOf: instantMs }),
    },
    { requiredKeys: ['kind', 'refusal'] },
  ),
);
