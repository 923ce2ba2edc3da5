import { z } from 'zod';
import { findIccids } from '../../domain/iccid.ts';
import type { AccountOrder, OrderFilter, Page } from '../../domain/orders.ts';
import { storedIccid } from '../../domain/stored-iccid.ts';
import type { DetailQuestion } from '../detail-question.ts';
import { check } from '../wire.ts';
import { figure, instant, listOf, present, text } from './fields.ts';

/** As many as a list of the newest, or a search, is worth; each brings its instructions along, some kilobytes of HTML. */
const PAGE_ORDERS = 20;
const LARGEST_BYTES = 2 * 1024 * 1024;

/** Of each eSIM its number alone is read: all else in there activates it. */
const sim = z.object({ iccid: storedIccid }).transform(({ iccid }) => iccid);
const order = z
  .object({
    code: z.string().trim().min(1).max(100),
    created_at: instant,
    description: text,
    type: text,
    package: text,
    package_id: text,
    status: z.object({ name: text }).partial().optional().catch(undefined),
    sims: listOf(sim).optional().catch(undefined),
  })
  .transform((one): AccountOrder => {
    const sims = one.sims ?? [];
    // "Topup (8910…)": an order of a top-up has no eSIMs of its own (Airalo's docs, Get order list).
    const isTopUp = one.type === 'topup' || (sims.length === 0 && /top-?up/i.test(one.description ?? ''));
    return {
      code: one.code,
      isTopUp,
      iccids: [...new Set(sims.length === 0 && isTopUp ? findIccids(one.description ?? '') : sims)],
      ...present({
        createdAt: one.created_at,
        status: one.status?.name,
        packageTitle: one.package ?? one.package_id,
      }),
    };
  });
const orderBody = z.object({ data: order });
const total = z.object({ total: figure }).partial().optional().catch(undefined);
const ordersBody = z.object({ data: listOf(order), meta: total });

/** `GET /v2/orders/{id}`; `id` are digits. What is not there is an `UnknownEsimError`, as with any other thing of the account's. */
export function orderQuestion(id: string): DetailQuestion<AccountOrder> {
  return {
    endpoint: 'order',
    about: 'order',
    path: `/v2/orders/${encodeURIComponent(id)}?include=sims,status`,
    largestBytes: LARGEST_BYTES,
    parse: (given) => check(orderBody, given).data,
  };
}

/**
 * `GET /v2/orders`: the first page, the newest first. In which order Airalo lists them is not documented; each page is put in order here.
 */
export function ordersQuestion(filter: OrderFilter): DetailQuestion<Page<AccountOrder>> {
  const query = new URLSearchParams({ include: 'sims,status', limit: String(PAGE_ORDERS), page: '1' });
  if (filter.by !== 'newest') query.set(`filter[${filter.by}]`, filter.text);
  return {
    endpoint: 'orders',
    about: 'account',
    path: `/v2/orders?${query}`,
    largestBytes: LARGEST_BYTES,
    parse: (given) => {
      const { data, meta } = check(ordersBody, given);
      const items = data.toSorted((a, b) => (b.createdAt ?? 0) - (a.createdAt ?? 0));
      return { items, total: Math.max(meta?.total ?? 0, items.length) };
    },
  };
}
