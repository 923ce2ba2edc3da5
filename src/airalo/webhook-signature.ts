import { createHmac, timingSafeEqual } from 'node:crypto';

/** The header of every webhook of Airalo's. */
export const SIGNATURE_HEADER = 'airalo-signature';

const HEX_SHA512 = /^[0-9a-f]{128}$/;

/** Whether a header can be a signature at all; asked before a body is read. */
export function isSignature(header: unknown): header is string {
  return typeof header === 'string' && HEX_SHA512.test(header);
}

/**
 * Whether `signature` (HMAC-SHA512, lower-case hex, keyed with the partner's API secret) is one of this body. Airalo documents the
 * raw body; its SDKs decode and encode it again before they sign, each in its own way, so their forms count as well, and
 * nothing else does. What is acted on is read from the same JSON, so a form that differs only in its writing says nothing else.
 * The bytes as they came are compared before anything is parsed; never throws, whatever they are.
 */
export function signatureHolds(secret: string, body: Buffer, signature: unknown): boolean {
  if (!isSignature(signature)) return false;
  const given = Buffer.from(signature, 'hex');
  const holds = (form: Buffer | string) =>
    timingSafeEqual(createHmac('sha512', secret).update(form).digest(), given);
  // Every other form is compared, in the same time whichever holds.
  return holds(body) || otherForms(body).map(holds).includes(true);
}

/** The header for a text that is sent as it is. */
export function sign(secret: string, text: string): string {
  return createHmac('sha512', secret).update(text).digest('hex');
}

/** Compact JSON as PHP writes it: `\/`, and `\uXXXX` for all that is not ASCII. */
export function phpJson(value: unknown): string {
  return escapeSlashes(JSON.stringify(value)).replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** PHP SDK; Node and Python SDKs, which differ among themselves only in their slashes. None for what no SDK would have sent. */
function otherForms(body: Buffer): string[] {
  try {
    const parsed: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
    const compact = JSON.stringify(parsed);
    return [phpJson(parsed), escapeSlashes(compact), compact];
  } catch {
    // Not JSON, or nested so deeply that writing it again has no room (V8 parses without a stack and writes with one).
    return [];
  }
}

/** Outside of strings JSON has no slash. */
function escapeSlashes(json: string): string {
  return json.replaceAll('/', '\\/');
}
