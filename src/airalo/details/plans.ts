import { z } from 'zod';
import type { TopUpOffer } from '../../domain/details.ts';
import type { PlanPlace, PlanQuery } from '../../domain/orders.ts';
import type { DetailQuestion } from '../detail-question.ts';
import { check } from '../wire.ts';
import { listOf, text } from './fields.ts';
import { offer } from './topups.ts';

/** Airalo's docs, Get packages: a high limit brings all at once; countries are some two hundred, regions a dozen. */
const ALL = '100';
/** Kept of one place; a country has some sixty. */
const MAX_OFFERS = 100;

const operator = z.object({ title: text, packages: listOf(offer) });
const place = z
  .object({ slug: text, title: text, operators: listOf(operator) })
  .transform(({ slug, title, operators }): PlanPlace => {
    const offers = operators.flatMap(({ title: by, packages }) =>
      packages.map((one): TopUpOffer => {
        const named = operators.length > 1 && by !== undefined ? `${by} ${one.title}` : one.title;
        return { ...one, title: named };
      }),
    );
    return {
      title: title ?? slug ?? '',
      ...(slug === undefined ? {} : { slug }),
      offers: offers
        .toSorted((a, b) => sizeOf(a) - sizeOf(b) || (a.days ?? 0) - (b.days ?? 0))
        .slice(0, MAX_OFFERS),
    };
  });
const body = z.object({ data: listOf(place) });

/** Unlimited is the most. */
function sizeOf({ data }: TopUpOffer): number {
  return data?.kind === 'megabytes' ? data.total : Number.MAX_SAFE_INTEGER;
}

/**
 * `GET /v2/packages`: what can be bought, for one country, or for each region (`global` in Airalo's terms). Reading it spends nothing.
 * Each package brings its instructions as HTML, so that this is the largest body there is.
 */
export function plansQuestion(wanted: PlanQuery): DetailQuestion<PlanPlace[]> {
  const query = new URLSearchParams({ limit: ALL, page: '1' });
  if (wanted === 'regions') query.set('filter[type]', 'global');
  else query.set('filter[country]', wanted.country);
  return {
    endpoint: 'plans',
    about: 'account',
    path: `/v2/packages?${query}`,
    largestBytes: 8 * 1024 * 1024,
    parse: (given) => check(body, given).data,
  };
}
