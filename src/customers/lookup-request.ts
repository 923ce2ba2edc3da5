import { createHmac } from 'node:crypto';
import type { CustomerQueryKind } from '../usage/customer-records.ts';

/** HMAC-SHA256 of the raw body, as lower-case hex. */
const SIGNATURE_HEADER = 'x-esim-usage-signature';
/** Unix seconds; the same number stands in the body, where it is signed. */
const TIMESTAMP_HEADER = 'x-esim-usage-timestamp';

/** What is sent: the bytes that are signed, and the headers that go with them. */
export interface LookupRequest {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * A question to the reseller's server. The instant stands within the body, so that what is signed is the raw body and nothing but it, and
 * a request that somebody has kept is known by its age; the header repeats it for those who refuse old ones before they read.
 */
export function lookupRequest(
  secret: string,
  query: string,
  kind: CustomerQueryKind,
  now: number,
): LookupRequest {
  const timestamp = Math.floor(now / 1000);
  const body = JSON.stringify({ query, kind, timestamp });
  return {
    body,
    headers: {
      'content-type': 'application/json',
      [TIMESTAMP_HEADER]: String(timestamp),
      [SIGNATURE_HEADER]: createHmac('sha256', secret).update(body).digest('hex'),
    },
  };
}
