import { createHmac, timingSafeEqual } from 'node:crypto';

/** The header of every webhook of Airalo's. */
export const SIGNATURE_HEADER = 'airalo-signature';

const HEX_SHA512 = /^[0-9a-f]{128}$/;

/**
 * Whether `signature` (HMAC-SHA512, lower-case hex, keyed with the partner's API secret) is one of this body. Airalo documents the
 * raw body; its SDKs decode and encode it again before they sign, each in its own way, so their forms count as well, and
 * nothing else does. What is acted on is read from the same JSON, so a form that differs only in its writing says nothing else.
 */
export function signatureHolds(secret: string, body: Buffer, signature: unknown): boolean {
  if (typeof signature !== 'string' || !HEX_SHA512.test(signature)) return false;
  const given = Buffer.from(signature, 'hex');
  // Every form is compared, in the same time whichever holds.
  return formsOf(body)
    .map((form) => timingSafeEqual(createHmac('sha512', secret).update(form).digest(), given))
    .includes(true);
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

function formsOf(body: Buffer): (Buffer | string)[] {
  const parsed = parse(body);
  if (parsed === undefined) return [body];
  const compact = JSON.stringify(parsed);
  // As it came; PHP SDK; Node and Python SDKs, which differ among themselves only in their slashes.
  return [body, phpJson(parsed), escapeSlashes(compact), compact];
}

/** Outside of strings JSON has no slash. */
function escapeSlashes(json: string): string {
  return json.replaceAll('/', '\\/');
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
}
