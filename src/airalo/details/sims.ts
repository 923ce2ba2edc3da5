import { z } from 'zod';
import type { Iccid } from '../../domain/iccid.ts';
import type { Page } from '../../domain/orders.ts';
import { storedIccid } from '../../domain/stored-iccid.ts';
import type { DetailQuestion } from '../detail-question.ts';
import { check } from '../wire.ts';
import { figure, listOf } from './fields.ts';

/** More than can be chosen from: those that end in the digits are looked for among them. */
const PAGE_SIMS = 25;

const sim = z.object({ iccid: storedIccid }).transform(({ iccid }) => iccid);
const body = z.object({
  data: listOf(sim),
  meta: z.object({ total: figure }).partial().optional().catch(undefined),
});

/**
 * `GET /v2/sims?filter[iccid]=`: the account's eSIMs whose number contains `part`, which are digits; those that end in it come first.
 * Without a filter Airalo lists every eSIM there is, so that one is always sent.
 */
export function simsQuestion(part: string): DetailQuestion<Page<Iccid>> {
  const query = new URLSearchParams({ 'filter[iccid]': part, limit: String(PAGE_SIMS), page: '1' });
  return {
    endpoint: 'sims',
    about: 'account',
    path: `/v2/sims?${query}`,
    largestBytes: 1024 * 1024,
    parse: (given) => {
      const { data, meta } = check(body, given);
      // An Airalo that does not know the filter lists all there are: what does not fit is nothing that was asked for.
      const fitting = [...new Set(data)].filter((iccid) => iccid.includes(part));
      const ending = fitting.filter((iccid) => iccid.endsWith(part));
      const others = fitting.filter((iccid) => !iccid.endsWith(part));
      const total = fitting.length < data.length ? 0 : (meta?.total ?? 0);
      return { items: [...ending, ...others], total: Math.max(total, fitting.length) };
    },
  };
}
