import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detailOf, readErrorBody } from '../../src/airalo/error-body.ts';
import { UnreadableBodyError } from '../../src/airalo/errors.ts';
import { parseExpiry } from '../../src/airalo/usage-fields.ts';
import { parseToken, parseUsage } from '../../src/airalo/wire.ts';
import { hasFigures, type UsageReading } from '../../src/domain/usage.ts';

const PLAIN = {
  remaining: 1331,
  total: 5120,
  expired_at: '2026-12-04 09:41:07',
  is_unlimited: false,
  status: 'ACTIVE',
  remaining_voice: 0,
  remaining_text: 0,
  total_voice: 0,
  total_text: 0,
};
const body = (data: unknown) => JSON.stringify({ data, meta: { message: 'api.succes' } });
const read = (changes: Record<string, unknown>) => parseUsage(body({ ...PLAIN, ...changes }));

/** A number of the body's, or nothing in the place of less than nothing and of what is no number. */
const saysAmount = (field: unknown, amount: number) =>
  Number(field) === amount || (amount === 0 && (typeof field === 'boolean' || !(Number(field) > 0)));

/** Every statement of a reading is one that the body makes. */
function expectSaidBy({ data }: { data: Record<string, unknown> }, reading: UsageReading): void {
  const { status, expiresAt, voiceMinutes, textMessages } = reading;
  if (status.name !== '') {
    const said = String(data.status).trim();
    if (status.kind === 'known') expect(said.toUpperCase().replace(/[\s-]+/g, '_')).toBe(status.name);
    else expect(said.startsWith(status.name)).toBe(true);
  }
  if (reading.data.kind === 'unlimited') expect(String(data.is_unlimited).trim()).toMatch(/^(true|1)$/i);
  if (reading.data.kind === 'megabytes' && hasFigures(reading)) {
    const { remaining, total } = reading.data;
    expect(remaining).toBeGreaterThanOrEqual(0);
    expect(data.remaining ?? 'nothing').not.toBe('nothing');
    expect(saysAmount(data.remaining, remaining) && saysAmount(data.total, total)).toBe(true);
    // Nothing left and no total is said by zeros alone.
    if (remaining === 0 && total === 0) expect(Number(data.total)).toBe(0);
  }
  if (expiresAt !== undefined) expect(String(data.expired_at)).toMatch(/\d{4}-\d\d-\d\d/);
  for (const [allowance, left, all] of [
    [voiceMinutes, data.remaining_voice, data.total_voice],
    [textMessages, data.remaining_text, data.total_text],
  ] as const)
    if (allowance)
      expect(saysAmount(left, allowance.remaining) && saysAmount(all, allowance.total)).toBe(true);
}

describe('a usage body', () => {
  it('becomes a reading', () => {
    expect(parseUsage(body(PLAIN))).toEqual({
      status: { kind: 'known', name: 'ACTIVE' },
      data: { kind: 'megabytes', remaining: 1331, total: 5120 },
      expiresAt: Date.UTC(2026, 11, 4, 9, 41, 7),
    });
  });

  it('has calls and texts only when the plan has', () => {
    expect(read({ remaining_voice: 63, total_voice: 100, remaining_text: 0, total_text: 50 })).toMatchObject({
      voiceMinutes: { remaining: 63, total: 100 },
      textMessages: { remaining: 0, total: 50 },
    });
    expect(read({})).not.toHaveProperty('voiceMinutes');
  });

  it.each([
    ['zeros', {}],
    ['other numbers', { remaining: 911, total: 2048 }],
    ['nonsense', { remaining: null, total: 'many' }],
  ])('of an unlimited plan has no numbers, whatever stands there: %s', (_what, numbers) => {
    expect(read({ remaining: 0, total: 0, ...numbers, is_unlimited: true }).data).toEqual({
      kind: 'unlimited',
    });
  });

  it('of a recycled eSIM comes with nulls', () => {
    const reading = read({
      remaining: 0,
      total: 0,
      expired_at: null,
      is_unlimited: null,
      status: 'RECYCLED',
    });
    expect(reading.status).toEqual({ kind: 'known', name: 'RECYCLED' });
    expect(reading).not.toHaveProperty('expiresAt');
  });

  it('keeps a status nobody knows, bounded, and ignores fields nobody knows', () => {
    expect(read({ status: 'SUSPENDED', suspended_by: 'x' }).status).toEqual({
      kind: 'unseen',
      name: 'SUSPENDED',
    });
    const long = read({ status: 'X'.repeat(5_000) }).status;
    expect(long.name.length).toBeLessThanOrEqual(60);
  });

  it('takes numbers in strings, and a body of version 1 without calls and texts', () => {
    expect(read({ remaining: '12.5', total: '1024' }).data).toMatchObject({ remaining: 12.5, total: 1024 });
    const { remaining, total, expired_at, is_unlimited, status } = PLAIN;
    expect(parseUsage(body({ remaining, total, expired_at, is_unlimited, status }))).toMatchObject({
      data: { remaining: 1331 },
    });
  });

  it.each<[what: string, changes: Record<string, unknown>, reading: Record<string, unknown>]>([
    ['less than nothing left', { remaining: -1 }, { data: { kind: 'megabytes', remaining: 0, total: 5120 } }],
    ['something left of an unknown total', { total: -1 }, { data: { remaining: 1331, total: 0 } }],
    ['an amount that is no number', { remaining: 'NaN' }, { data: { kind: 'unknown', total: 5120 } }],
    ['an amount that is missing', { remaining: undefined }, { data: { kind: 'unknown', total: 5120 } }],
    [
      'an amount that is null',
      { remaining: null, status: 'NOT_ACTIVE' },
      { data: { kind: 'unknown', total: 5120 } },
    ],
    ['an amount that is a list', { remaining: [] }, { data: { kind: 'unknown', total: 5120 } }],
    ['no amounts at all', { remaining: null, total: null }, { data: { kind: 'unknown' } }],
    ['an amount beyond all numbers', { remaining: '9'.repeat(400) }, { data: { kind: 'unknown' } }],
    [
      'no flag and zeros, as an unlimited plan has',
      { is_unlimited: null, remaining: 0, total: 0 },
      { data: { kind: 'unknown' } },
    ],
    ['no flag and numbers', { is_unlimited: null }, { data: { kind: 'megabytes', remaining: 1331 } }],
    ['a flag nobody can read', { is_unlimited: 'perhaps' }, { data: { kind: 'unknown', total: 5120 } }],
    ['the flag as 1', { is_unlimited: 1 }, { data: { kind: 'unlimited' } }],
    ['the flag as "1"', { is_unlimited: '1' }, { data: { kind: 'unlimited' } }],
    ['the flag as "True"', { is_unlimited: 'True' }, { data: { kind: 'unlimited' } }],
    ['the flag as "0"', { is_unlimited: '0' }, { data: { kind: 'megabytes' } }],
    ['a negative total of minutes', { total_voice: -1 }, { unread: ['voice'] }],
    [
      'minutes left of a negative total',
      { remaining_voice: 9, total_voice: -1 },
      { voiceMinutes: { remaining: 9, total: 0 } },
    ],
    ['texts that are no number', { remaining_text: {}, total_text: 50 }, { unread: ['texts'] }],
    ['a status in small letters', { status: 'active' }, { status: { kind: 'known', name: 'ACTIVE' } }],
    ['a status with a space', { status: ' Not active ' }, { status: { kind: 'known', name: 'NOT_ACTIVE' } }],
    ['no status', { status: null }, { status: { kind: 'unseen', name: '' } }],
    ['a status that is a number', { status: 7 }, { status: { kind: 'unseen', name: '' } }],
    ['an end that is no date', { expired_at: 'next week' }, { unread: ['end'] }],
    [
      'the null of a database for an end',
      { expired_at: '0000-00-00 00:00:00' },
      { data: { remaining: 1331 } },
    ],
  ])('with %s keeps the rest, and invents nothing', (_what, changes, reading) => {
    const odd: string[] = [];
    const read = parseUsage(body({ ...PLAIN, ...changes }), (fields) =>
      odd.push(...fields.map(({ name }) => name)),
    );
    expect(read).toMatchObject(reading);
    expect(odd.every((name) => name in changes)).toBe(true);
    if (!('status' in changes)) expect(read.status).toEqual({ kind: 'known', name: 'ACTIVE' });
    if (!('expired_at' in changes)) expect(read.expiresAt).toBe(Date.UTC(2026, 11, 4, 9, 41, 7));
  });

  it('that is as documented has nothing odd', () => {
    parseUsage(body(PLAIN), () => expect.unreachable());
    parseUsage(body({ ...PLAIN, status: 'RECYCLED', is_unlimited: null, expired_at: null }), () =>
      expect.unreachable(),
    );
  });

  it.each([
    '',
    '{',
    'null',
    '[]',
    '{"data":[]}',
    '{"data":{}}',
    '<html>',
    '{"message":"Too Many Attempts."}',
    '{"data":{"status":"ok"}}',
    '{"status":"ACTIVE","remaining":1,"total":2}',
  ])('such as %j is unreadable', (text) => {
    expect(() => parseUsage(text)).toThrow(UnreadableBodyError);
  });

  it('is a reading or unreadable, never anything else, whatever JSON it is', () => {
    const amount = fc.oneof(fc.jsonValue(), fc.nat(), fc.double(), fc.string());
    const data = fc.record(
      Object.fromEntries(Object.keys(PLAIN).map((key) => [key, fc.oneof(amount, fc.constant(PLAIN.status))])),
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), data, fc.record({ data })), (value) => {
        try {
          const text = JSON.stringify(value) ?? '';
          const reading = parseUsage(text);
          expectSaidBy(JSON.parse(text), reading);
        } catch (error) {
          expect(error).toBeInstanceOf(UnreadableBodyError);
        }
      }),
      { examples: [[{ data: { ...PLAIN, remaining_voice: 5, total_voice: true } }]] },
    );
  });

  it('never shows itself in the error', () => {
    const secret = 'customer-data-8910000000001000019';
    for (const text of [secret, body(secret), body({ ...PLAIN, remaining: secret })]) {
      const error = (() => {
        try {
          return parseUsage(text);
        } catch (thrown) {
          return thrown;
        }
      })();
      expect(String(error)).not.toContain('customer-data');
    }
  });
});

describe('the end of validity', () => {
  it.each([
    ['2026-12-04 09:41:07', '2026-12-04T09:41:07Z'],
    ['2026-12-04T09:41:07+00:00', '2026-12-04T09:41:07Z'],
    ['2026-12-04T09:41:07+0200', '2026-12-04T07:41:07Z'],
    ['2026-12-04T09:41:07.123Z', '2026-12-04T09:41:07.123Z'],
    ['2026-12-04T09:41:07+02', '2026-12-04T07:41:07Z'],
    ['2026-12-04 09:41', '2026-12-04T09:41:00Z'],
    ['2026-12-04 09:41:07 UTC', '2026-12-04T09:41:07Z'],
  ])('%s is %s', (text, iso) => {
    expect(parseExpiry(text)).toBe(Date.parse(iso));
  });

  it.each([null, undefined, '', 'soon', '2026-12-04', '2026-02-30 00:00:00', '2026-13-01 00:00:00', 5, {}])(
    '%j is unknown',
    (value) => {
      expect(parseExpiry(value)).toBeUndefined();
    },
  );
});

describe('a token body', () => {
  it('gives the token and the life Airalo says it has', () => {
    const text = JSON.stringify({ data: { token_type: 'Bearer', expires_in: 31622400, access_token: 't' } });
    expect(parseToken(text)).toEqual({ accessToken: 't', expiresInMs: 31_622_400_000 });
  });

  it('does without a usable life', () => {
    const text = JSON.stringify({ data: { expires_in: 'long', access_token: 't' } });
    expect(parseToken(text)).toEqual({ accessToken: 't', expiresInMs: undefined });
  });

  it('without a token is unreadable', () => {
    expect(() => parseToken('{"data":{}}')).toThrow(UnreadableBodyError);
  });
});

describe('an error body', () => {
  it.each([
    ['{"code":73,"reason":"recycled"}', { kind: 'business', code: 73, reason: 'recycled' }],
    ['{"data":[],"meta":{"message":"m"}}', { kind: 'general', message: 'm', fields: {} }],
    [
      '{"data":{"f":"wrong"},"meta":{"message":"m"}}',
      { kind: 'general', message: 'm', fields: { f: 'wrong' } },
    ],
    ['{"message":"Too Many Attempts."}', { kind: 'throttle', message: 'Too Many Attempts.' }],
    ['{"error":"no"}', { kind: 'error', message: 'no' }],
    ['<html>', { kind: 'foreign' }],
    ['', { kind: 'empty' }],
    ['[1]', { kind: 'foreign' }],
    ['{"meta":{"message":"m"}}', { kind: 'foreign' }],
  ])('%s is told by its envelope', (text, expected) => {
    expect(readErrorBody(text)).toEqual(expected);
  });

  it('is quoted in one bounded line without full ICCIDs', () => {
    const reason = `The eSIM 8910000000001000019\nis ${'very '.repeat(200)}wrong`;
    const detail = detailOf({ kind: 'business', code: 1, reason });
    expect(detail).toContain('…0019');
    expect(detail).not.toMatch(/8910000000001000019|\n/);
    expect(detail.length).toBeLessThanOrEqual(200);
  });

  it('is never an exception, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.json()),
        (text) => typeof detailOf(readErrorBody(text)) === 'string',
      ),
    );
  });
});
