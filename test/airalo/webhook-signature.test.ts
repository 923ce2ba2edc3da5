import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { phpJson, sign, signatureHolds } from '../../src/airalo/webhook-signature.ts';
import { anyCharacter } from '../support/arbitraries.ts';

const SECRET = 'the partner secret';
const hmac = (text: string | Buffer, secret = SECRET) =>
  createHmac('sha512', secret).update(text).digest('hex');
const holds = (body: string | Buffer, signature: unknown) =>
  signatureHolds(SECRET, Buffer.from(body), signature);

const payload = fc.dictionary(
  fc.oneof(
    fc.constantFrom('level', 'iccid', 'package_name', 'a/b', 'ü', '名'),
    fc.string({ unit: anyCharacter }),
  ),
  fc.oneof(fc.jsonValue(), fc.constantFrom('a/b', 'München', '📶', 'https://x/y?z', '\u2028')),
);
/** The forms the SDKs of Airalo sign, written independently of the code under test. */
const FORMS: Readonly<Record<string, (value: unknown) => string>> = {
  'Node and Python, with slashes as they are': (value) => JSON.stringify(value),
  'Node and Python, with slashes escaped': (value) => JSON.stringify(value).split('/').join('\\/'),
  PHP: (value) =>
    [...JSON.stringify(value).split('/').join('\\/')]
      .flatMap((character) => (character > '\u007f' ? character.split('') : [character]))
      .map((unit) => (unit > '\u007f' ? `\\u${`000${unit.charCodeAt(0).toString(16)}`.slice(-4)}` : unit))
      .join(''),
};

describe('the signature of a webhook', () => {
  it('holds for the bytes as they came, whatever they are', () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => holds(Buffer.from(bytes), hmac(Buffer.from(bytes)))));
  });

  it.each(Object.entries(FORMS))('holds for the form of %s, however the body is written', (_name, form) => {
    fc.assert(
      fc.property(payload, fc.constantFrom(undefined, 1, 2, '\t'), (value, indent) => {
        const signature = hmac(form(value));
        expect(holds(JSON.stringify(value, null, indent), signature)).toBe(true);
        for (const other of Object.values(FORMS)) expect(holds(other(value), signature)).toBe(true);
      }),
    );
  });

  it('is made by the simulator as PHP makes it', () => {
    expect(phpJson({ a: 'x/ü📶' })).toBe('{"a":"x\\/\\u00fc\\ud83d\\udcf6"}');
    fc.assert(fc.property(payload, (value) => holds(JSON.stringify(value), sign(SECRET, phpJson(value)))));
  });

  it('does not hold for a form that none of them writes', () => {
    const value = { a: 'x/ü', b: 1 };
    const compact = JSON.stringify(value);
    for (const form of [
      JSON.stringify(value, null, 2),
      compact.replace('ü', '\\u00fc'),
      phpJson(value).toUpperCase(),
      phpJson(value).replace('\\u00fc', '\\u00FC'),
      '{"b":1,"a":"x/ü"}',
      `${compact}\n`,
    ])
      expect(holds(compact, hmac(form))).toBe(false);
  });

  it('does not hold for another body, another secret, a part of the body or a changed digit', () => {
    fc.assert(
      fc.property(payload, payload, fc.nat(127), (value, other, index) => {
        const body = JSON.stringify(value);
        const signature = hmac(body);
        if (JSON.stringify(other) !== body) expect(holds(JSON.stringify(other), signature)).toBe(false);
        expect(holds(body, hmac(body, 'another'))).toBe(false);
        expect(holds(body.slice(0, -1), signature)).toBe(false);
        const changed = signature[index] === '0' ? '1' : '0';
        expect(holds(body, signature.slice(0, index) + changed + signature.slice(index + 1))).toBe(false);
      }),
    );
  });

  it('refuses every other header without an exception', () => {
    const body = '{"level":"75%"}';
    const right = hmac(body);
    const headers: unknown[] = [
      undefined,
      '',
      right.slice(0, 64),
      `${right}00`,
      right.toUpperCase(),
      ` ${right}`,
      `sha512=${right}`,
      [right],
      `${right}, ${right}`,
      'z'.repeat(128),
    ];
    for (const header of headers) expect(holds(body, header)).toBe(false);
    fc.assert(fc.property(fc.anything(), (header) => !holds(body, header)));
    expect(holds(body, right)).toBe(true);
  });
});
