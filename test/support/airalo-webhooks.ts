import { request } from 'undici';
import { phpJson, sign } from '../../src/airalo/webhook-signature.ts';

export const WEBHOOK_SECRET = 'test-secret';
export const PACKAGE = 'sakura-mobile-15days-5gb';
export const ESIM = '8910000000001000019';

/** A warning as Airalo words it; `left` is the other way round than `level`. */
export function lowData(level: string, changes: Readonly<Record<string, unknown>> = {}) {
  const remaining_percentage = level.endsWith('%') ? 100 - Number.parseInt(level, 10) : 40;
  return { level, package_name: PACKAGE, remaining_percentage, iccid: ESIM, ...changes };
}

export function credit(percent: number, remaining = 1874.2) {
  return { message: `Surpassed ${percent}% of the credit limit balance`, remaining };
}

/** Posts a body with the signature Airalo would give it, or with another one. Returns the status. */
export async function postWebhook(
  botUrl: string,
  payload: unknown,
  changes: { readonly body?: string; readonly signature?: string | undefined } = {},
): Promise<number> {
  const signed = phpJson(payload);
  const signature = 'signature' in changes ? changes.signature : sign(WEBHOOK_SECRET, signed);
  const response = await request(`${botUrl}/airalo/webhooks`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(signature === undefined ? {} : { 'airalo-signature': signature }),
    },
    body: changes.body ?? signed,
  });
  await response.body.dump();
  return response.statusCode;
}
