import type { IncomingMessage } from 'node:http';
import type { DetailEndpoint } from '../detail-question.ts';
import { orderAnswer, ordersAnswer, simsAnswer } from './account-lists.ts';
import type { SimulatedOrder } from './account-orders.ts';
import {
  BALANCE_BODY,
  DEVICES_BODY,
  type DetailedEsim,
  esimBody,
  packagesBody,
  topUpsBody,
} from './detail-bodies.ts';
import { instructionsBody } from './instructions.ts';
import { plansAnswer } from './plan-bodies.ts';

/** Which of the reading endpoints beside usage a request is for; undefined for none of them. */
export interface DetailRoute {
  readonly endpoint: DetailEndpoint;
  /** Absent for questions about the account. */
  readonly iccid?: string;
  /** Of an order. */
  readonly id?: string;
}

/** Everything the partner has there. */
export interface SimulatedAccount {
  readonly esims: ReadonlyMap<string, DetailedEsim>;
  readonly orders: readonly SimulatedOrder[];
  /** Epoch ms. */
  readonly startAt: number;
}

/**
 * By method and path, as documented. Queries count for the lists alone: the other bodies hold all that the bot includes.
 */
export function detailRouteOf({ method, url = '' }: IncomingMessage): DetailRoute | undefined {
  if (method !== 'GET') return undefined;
  const [path = ''] = url.split('?');
  if (path === '/v2/balance') return { endpoint: 'balance' };
  if (path === '/v2/compatible-devices-lite') return { endpoint: 'devices' };
  if (path === '/v2/packages') return { endpoint: 'plans' };
  if (path === '/v2/orders') return { endpoint: 'orders' };
  // Also with a slash at its end, as a client writes it that has no ICCID: seen live.
  if (/^\/v2\/sims\/?$/.test(path)) return { endpoint: 'sims' };
  const [, id] = /^\/v2\/orders\/([^/]+)$/.exec(path) ?? [];
  if (id !== undefined) return { endpoint: 'order', id };
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
  { endpoint, iccid, id = '' }: DetailRoute,
  { esims, orders, startAt }: SimulatedAccount,
): { readonly status: number; readonly body: unknown } {
  if (endpoint === 'balance') return { status: 200, body: BALANCE_BODY };
  if (endpoint === 'devices') return { status: 200, body: DEVICES_BODY };
  const query = new URL(request.url ?? '', 'http://airalo.invalid').searchParams;
  if (endpoint === 'plans') return plansAnswer(query);
  if (endpoint === 'sims') return simsAnswer(query, [...esims.values()]);
  if (endpoint === 'orders') return ordersAnswer(query, orders, startAt, esims);
  if (endpoint === 'order') return orderAnswer(id, query, orders, startAt, esims);
  const esim = esims.get(iccid ?? '');
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
