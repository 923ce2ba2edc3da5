import type { SimulatedOrder } from './account-orders.ts';
import { type DetailedEsim, esimData } from './detail-bodies.ts';

/** A status with its body. */
interface ListAnswer {
  readonly status: number;
  readonly body: unknown;
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** Airalo's own number of items where none is asked for. */
const USUAL_LIMIT = 25;
const NOT_FOUND = { data: [], meta: { message: 'messages.resource_not_found' } };

/** `GET /v2/sims` with its contains-search (Airalo's docs, Get eSIMs list). */
export function simsAnswer(query: URLSearchParams, esims: readonly DetailedEsim[]): ListAnswer {
  const part = query.get('filter[iccid]') ?? '';
  return paged(
    query,
    esims.filter(({ iccid }) => iccid.includes(part)),
    esimData,
  );
}

/** `GET /v2/orders`: its three text filters search for what contains them (Airalo's docs, Get order list). */
export function ordersAnswer(
  query: URLSearchParams,
  orders: readonly SimulatedOrder[],
  startAt: number,
  esims: ReadonlyMap<string, DetailedEsim>,
): ListAnswer {
  const has = (text: string, filter: string) =>
    text.toLowerCase().includes((query.get(`filter[${filter}]`) ?? '').toLowerCase());
  const wanted = query.get('filter[order_status]');
  const fitting = orders.filter(
    (one) =>
      has(one.code, 'code') &&
      has(one.description, 'description') &&
      (!query.has('filter[iccid]') || one.iccids.some((iccid) => has(iccid, 'iccid'))) &&
      (wanted === null || one.status.slug === wanted),
  );
  return paged(query, fitting, (one) => orderBody(one, query, startAt, esims));
}

/** `GET /v2/orders/{id}`. */
export function orderAnswer(
  id: string,
  query: URLSearchParams,
  orders: readonly SimulatedOrder[],
  startAt: number,
  esims: ReadonlyMap<string, DetailedEsim>,
): ListAnswer {
  const order = orders.find((one) => String(one.id) === id);
  return order
    ? {
        status: 200,
        body: { data: orderBody(order, query, startAt, esims), meta: { message: 'success' } },
      }
    : { status: 404, body: NOT_FOUND };
}

function orderBody(
  { id, code, description, type, status, daysAgo, iccids }: SimulatedOrder,
  query: URLSearchParams,
  startAt: number,
  esims: ReadonlyMap<string, DetailedEsim>,
): unknown {
  const included = (query.get('include') ?? '').split(',');
  const sims = iccids.flatMap((iccid) => esims.get(iccid) ?? []);
  return {
    id,
    code,
    description,
    type,
    currency: 'USD',
    package_id: 'sakura-mobile-15days-5gb',
    quantity: Math.max(1, iccids.length),
    package: 'Sakura Mobile-5 GB - 15 Days',
    esim_type: 'Prepaid',
    validity: '15',
    price: '11.50',
    net_price: 9.1,
    data: sims[0]?.usage.is_unlimited === true ? 'Unlimited' : '5 GB',
    created_at: new Date(startAt - daysAgo * DAY_MS).toISOString().slice(0, 19).replace('T', ' '),
    manual_installation: '<p>Settings, then Add eSIM.</p>',
    ...(included.includes('status') ? { status } : {}),
    ...(included.includes('sims') ? { sims: sims.map(esimData) } : {}),
  };
}

/** One page with the links and counts of Airalo's lists; `per_page` is a text there. A limit that is no number is a 422. */
export function paged<T>(
  query: URLSearchParams,
  items: readonly T[],
  draw: (item: T) => unknown,
): ListAnswer {
  const wrong = ['limit', 'page'].filter((name) => !/^\d*$/.test(query.get(name) ?? ''));
  if (wrong.length > 0)
    return {
      status: 422,
      body: {
        data: Object.fromEntries(wrong.map((name) => [name, `The ${name} must be an integer.`])),
        meta: { message: 'the parameter is invalid' },
      },
    };
  const limit = Number(query.get('limit')) || USUAL_LIMIT;
  const page = Number(query.get('page')) || 1;
  const shown = items.slice((page - 1) * limit, page * limit);
  const last = Math.max(1, Math.ceil(items.length / limit));
  const link = (to: number) => `https://partners-api.airalo.invalid/v2?page=${to}`;
  return {
    status: 200,
    body: {
      data: shown.map(draw),
      links: {
        first: link(1),
        last: link(last),
        prev: page > 1 ? link(page - 1) : null,
        next: page < last ? link(page + 1) : null,
      },
      meta: {
        message: 'success',
        current_page: page,
        from: shown.length === 0 ? null : (page - 1) * limit + 1,
        last_page: last,
        path: 'https://partners-api.airalo.invalid/v2',
        per_page: String(limit),
        to: (page - 1) * limit + shown.length,
        total: items.length,
      },
    },
  };
}
