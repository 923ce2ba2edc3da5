import { z } from 'zod';
import type { EsimDetails } from '../../domain/details.ts';
import type { Iccid } from '../../domain/iccid.ts';
import type { DetailQuestion } from '../detail-question.ts';
import { check } from '../wire.ts';
import { figure, flag, href, instant, present, text } from './fields.ts';

/** Seen both directly under `data` and within the order. */
const sharing = z.object({ link: href, access_code: text }).partial().optional().catch(undefined);

/** Of the activation data (`lpa`, `matching_id`, `qrcode` …) nothing is read here: the installation has it. */
const body = z.object({
  data: z.object({
    created_at: instant,
    brand_settings_name: text,
    is_roaming: flag,
    apn_value: text,
    recycled: flag,
    recycled_at: instant,
    sharing,
    simable: z
      .object({
        code: text,
        description: text,
        package: text,
        package_id: text,
        validity: figure,
        data: text,
        status: z.object({ name: text }).partial().optional().catch(undefined),
        sharing,
      })
      .partial()
      .nullish()
      .catch(undefined),
  }),
});

/**
 * The sharing link directly under `data` wins over the one of the order: live answers had it there,
 * the documentation has it in the order.
 */
function parse(given: string): EsimDetails {
  const { data } = check(body, given);
  const { simable: order } = data;
  const share = data.sharing?.link === undefined ? order?.sharing : data.sharing;
  return {
    // Either sign is enough: it can never be used again, whichever of them says so (Airalo's docs).
    recycled: data.recycled === true || data.recycled_at !== undefined,
    ...present({
      createdAt: data.created_at,
      orderCode: order?.code,
      orderStatus: order?.status?.name,
      description: order?.description,
      packageTitle: order?.package ?? order?.package_id,
      validityDays: order?.validity,
      dataAmount: order?.data,
      brand: data.brand_settings_name,
      roaming: data.is_roaming,
      apn: data.apn_value,
      recycledAt: data.recycled_at,
    }),
    ...(share?.link !== undefined && {
      sharing: { href: share.link, ...present({ accessCode: share.access_code }) },
    }),
  };
}

/**
 * `GET /v2/sims/{iccid}`: the eSIM, its order and its sharing link. Only eSIMs ordered through the
 * API are there. Validity is in days. Sharing link and access code together open the eSIM's page:
 * they are for the asker alone.
 */
export function esimQuestion(iccid: Iccid): DetailQuestion<EsimDetails> {
  return {
    endpoint: 'esim',
    about: 'esim',
    path: `/v2/sims/${encodeURIComponent(iccid)}?include=order,order.status,share`,
    largestBytes: 512 * 1024,
    parse,
  };
}
