import type { IncomingMessage } from 'node:http';
import type { DetailEndpoint } from '../detail-question.ts';
import {
  BALANCE_BODY,
  DEVICES_BODY,
  type DetailedEsim,
  esimBody,
  packagesBody,
  topUpsBody,
} from './detail-bodies.ts';
import { instructionsBody } from './instructions.ts';

/** Which of the reading endpoints beside usage a request is for; undefined for none of them. */
export interface DetailRoute {
  readonly endpoint: DetailEndpoint;
  /** Absent for questions about the account. */
  readonly iccid?: string;
}

/**
 * By method and path, as documented. Queries are ignored: the bodies hold all that the bot includes.
 */
export function detailRouteOf({ method, url = '' }: IncomingMessage): DetailRoute | undefined {
  if (method !== 'GET') return undefined;
  const [path = ''] = url.split('?');
  if (path === '/v2/balance') return { endpoint: 'balance' };
  if (path === '/v2/compatible-devices-lite') return { endpoint: 'devices' };
  const [, iccid, part] = /^\/v2\/sims\/([^/]+)(?:\/(packages|topups|instructions))?$/.exec(path) ?? [];
  if (iccid === undefined) return undefined;
  if (part === 'packages' || part === 'topups' || part === 'instructions') return { endpoint: part, iccid };
  return { endpoint: 'esim', iccid };
}

/**
 * The answer about the account, or about an eSIM that is known. An eSIM that is not known is a 404
 * with an empty list for `data`, as in every error body of Airalo's.
 */
export function detailAnswer(
  request: IncomingMessage,
  endpoint: DetailEndpoint,
  esim: DetailedEsim | undefined,
): { readonly status: number; readonly body: unknown } {
  if (endpoint === 'balance') return { status: 200, body: BALANCE_BODY };
  if (endpoint === 'devices') return { status: 200, body: DEVICES_BODY };
  if (!esim) return { status: 404, body: { data: [], meta: { message: 'messages.resource_not_found' } } };
  switch (endpoint) {
    case 'packages':
      return { status: 200, body: packagesBody(esim) };
    case 'esim':
      return { status: 200, body: esimBody(esim) };
    case 'instructions':
      return { status: 200, body: instructionsBody(esim.iccid, request.headers['accept-language'] ?? 'en') };
    case 'topups':
      return topUpsAnswer(esim);
    default:
      return endpoint satisfies never;
  }
}

/**
 * Business errors have an envelope of their own: `code` and `reason`, no `data`, no `meta`
 * (Airalo's page on error codes, code 73).
 */
function topUpsAnswer(esim: DetailedEsim) {
  const body = topUpsBody(esim);
  if (body !== undefined) return { status: 200, body };
  const reason = `The eSIM with iccid ${esim.iccid} has been recycled. It can no longer be used or topped up.`;
  return { status: 422, body: { code: 73, reason } };
}
