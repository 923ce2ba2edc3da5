import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detailOf, readErrorBody } from '../../src/airalo/error-body.ts';
import { UnreadableBodyError } from '../../src/airalo/errors.ts';
import { parseExpiry } from '../../src/airalo/usage-fields.ts';
import { parseToken, parseUsage } from '../../src/airalo/wire.ts';

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

  it.each([
    ['negative', -1],
    ['not a number', 'NaN'],
    ['missing', undefined],
    ['null', null],
    ['a list', []],
  ])('with an amount that is %s is unreadable', (_what, remaining) => {
    expect(() => read({ remaining })).toThrow(UnreadableBodyError);
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
          const reading = parseUsage(JSON.stringify(value) ?? '');
          if (reading.data.kind === 'megabytes')
            expect(Math.min(reading.data.remaining, reading.data.total)).toBeGreaterThanOrEqual(0);
        } catch (error) {
          expect(error).toBeInstanceOf(UnreadableBodyError);
        }
      }),
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
