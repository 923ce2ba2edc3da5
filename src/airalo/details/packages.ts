import { z } from 'zod';
import type { PackageRecord } from '../../domain/details.ts';
import type { Iccid } from '../../domain/iccid.ts';
import type { DetailQuestion } from '../detail-question.ts';
import { check } from '../wire.ts';
import { figure, flag, instant, listOf, present, status, text } from './fields.ts';

/**
 * `remaining` and `amount` are megabytes. For an unlimited package both are zeros that mean nothing
 * (Airalo's docs), so they are dropped.
 */
const record = z
  .object({
    status,
    remaining: figure,
    activated_at: instant,
    expired_at: instant,
    finished_at: instant,
    package: z
      .object({ type: text, title: text, data: text, amount: figure, is_unlimited: flag })
      .partial()
      .catch({}),
  })
  .transform(({ package: bought, ...own }): PackageRecord => {
    const { amount, is_unlimited: unlimited } = bought;
    const data =
      unlimited === true
        ? ({ kind: 'unlimited' } as const)
        : amount !== undefined && {
            kind: 'megabytes' as const,
            total: amount,
            ...present({ remaining: own.remaining }),
          };
    return {
      // `topup` is the one name that is documented; what the first package is called is not.
      type: bought.type === 'topup' ? 'topup' : 'other',
      status: own.status,
      ...present({ title: bought.title ?? bought.data }),
      ...(data && { data }),
      ...present({ activatedAt: own.activated_at, expiredAt: own.expired_at, finishedAt: own.finished_at }),
    };
  });
const body = z.object({ data: listOf(record) });

/**
 * `GET /v2/sims/{iccid}/packages`: the first package and every top-up. Once in 15 minutes by the
 * older rule. Ten a minute per eSIM since May 2026 (Airalo's page on rate limits). A 200 has no
 * `meta`. Any of the three instants may be missing.
 */
export function packagesQuestion(iccid: Iccid): DetailQuestion<PackageRecord[]> {
  return {
    endpoint: 'packages',
    about: 'esim',
    path: `/v2/sims/${encodeURIComponent(iccid)}/packages`,
    largestBytes: 512 * 1024,
    parse: (given) => check(body, given).data,
  };
}
