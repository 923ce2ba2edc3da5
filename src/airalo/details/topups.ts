import { z } from 'zod';
import type { TopUpOffer } from '../../domain/details.ts';
import type { Iccid } from '../../domain/iccid.ts';
import type { DetailQuestion } from '../detail-question.ts';
import { check } from '../wire.ts';
import { figure, flag, listOf, present, text } from './fields.ts';

/** Prices come in several currencies, of which only US dollars are read. */
const inDollars = z.object({ USD: figure }).partial().optional().catch(undefined);

/**
 * `amount` is in megabytes, `day` in days, `voice` in minutes, `text` in messages, prices in US
 * dollars. `net_price` is what the reseller pays; null or absent under a discount contract.
 */
export const offer = z
  .object({
    id: text,
    title: text,
    data: text,
    amount: figure,
    day: figure,
    is_unlimited: flag,
    voice: figure,
    text: figure,
    price: figure,
    net_price: figure,
    prices: z
      .object({ net_price: inDollars, recommended_retail_price: inDollars })
      .partial()
      .optional()
      .catch(undefined),
  })
  .transform((one): TopUpOffer => {
    const { is_unlimited: unlimited, amount, prices } = one;
    const data =
      unlimited === true
        ? ({ kind: 'unlimited' } as const)
        : amount !== undefined && { kind: 'megabytes' as const, total: amount };
    return {
      title: one.title ?? one.data ?? one.id ?? '',
      ...(data && { data }),
      ...present({
        days: one.day,
        // Zero is Airalo's way to say that there are none.
        minutes: one.voice || undefined,
        messages: one.text || undefined,
        netPrice: one.net_price ?? prices?.net_price?.USD,
        price: prices?.recommended_retail_price?.USD ?? one.price,
      }),
    };
  });
const body = z.object({ data: listOf(offer) });

/**
 * `GET /v2/sims/{iccid}/topups`: what could be bought. A recycled eSIM is answered 422 with code
 * 73. The list is empty where nothing can be bought. Reading it spends nothing; the bot has no way
 * to order.
 */
export function topUpsQuestion(iccid: Iccid): DetailQuestion<TopUpOffer[]> {
  return {
    endpoint: 'topups',
    about: 'esim',
    path: `/v2/sims/${encodeURIComponent(iccid)}/topups`,
    largestBytes: 512 * 1024,
    parse: (given) => check(body, given).data,
  };
}
