import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readWebhook } from '../../src/airalo/webhook-events.ts';
import { credit, ESIM, lowData, PACKAGE } from '../support/airalo-webhooks.ts';

const read = (payload: unknown) => readWebhook(JSON.stringify(payload));

describe('what a webhook says', () => {
  it.each([
    ['75%', { kind: 'used', percent: 75 }],
    ['90%', { kind: 'used', percent: 90 }],
    ['3days', { kind: 'ending', days: 3 }],
    ['1days', { kind: 'ending', days: 1 }],
    ['1day', { kind: 'ending', days: 1 }],
    ['1', { kind: 'ending', days: 1 }],
    [3, { kind: 'ending', days: 3 }],
    ['100 %', { kind: 'used', percent: 100 }],
  ])('is the level %s', (level, expected) => {
    expect(read(lowData('75%', { level }))).toMatchObject({
      kind: 'low-data',
      iccid: ESIM,
      packageName: PACKAGE,
      level: expected,
    });
  });

  it('is what is left, as a number or in a string, and nothing where it is neither', () => {
    expect(read(lowData('90%', { remaining_percentage: 9 }))).toMatchObject({ remainingPercent: 9 });
    expect(read(lowData('90%', { remaining_percentage: '9' }))).toMatchObject({ remainingPercent: 9 });
    expect(read(lowData('90%', { remaining_percentage: -3 }))).toMatchObject({ remainingPercent: 0 });
    for (const strange of [null, 'few', {}, undefined])
      expect(read(lowData('90%', { remaining_percentage: strange }))).not.toHaveProperty('remainingPercent');
  });

  it('keeps the number of the example in the documentation, which has 17 digits', () => {
    expect(read(lowData('75%', { iccid: '87100000000010000' }))).toMatchObject({ kind: 'low-data' });
  });

  it.each([50, 70, 80, 90])('is %d %% of the credit limit, which stands only in the text', (percent) => {
    expect(read(credit(percent))).toEqual({ kind: 'credit', percent, remaining: 1874.2 });
  });

  it('is an order, which is none of our business', () => {
    expect(read({ request_id: 'abc', sims: [], message: 'x 80%' })).toEqual({ kind: 'order' });
  });

  it.each([
    ['no JSON', '{"level":'],
    ['a list', '[]'],
    ['nothing', ''],
    ['an unknown level', JSON.stringify(lowData('75%', { level: 'soon' }))],
    ['no ICCID', JSON.stringify(lowData('75%', { iccid: 'x' }))],
    ['a message without a share', JSON.stringify({ message: 'Hello', remaining: 1 })],
    ['something else', '{"event":"ping"}'],
  ])('is unreadable: %s', (_what, body) => {
    expect(readWebhook(body)).toMatchObject({ kind: 'unreadable', why: expect.stringMatching(/./) });
  });

  it('is read without an exception, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.jsonValue().map((it) => JSON.stringify(it)),
        ),
        (body) => {
          expect(readWebhook(body).kind).toMatch(/low-data|credit|order|unreadable/);
        },
      ),
    );
  });
});
