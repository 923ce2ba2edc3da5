import type { EsimDetails, PackageRecord, TopUpOffer } from '../domain/details.ts';
import type { Iccid } from '../domain/iccid.ts';
import type { DetailResult } from '../usage/detail-result.ts';
import { instant, instants } from './replies.ts';
import type { Activation, DetailsReply, PackagesReply, TopUpsReply } from './schemas.ts';

/**
 * What is known of something beside usage, in the four kinds of the usage replies. `formOf` makes the value's own form; read at `askedAt` (epoch ms) or later
 * it is fresh.
 */
function replyOf<Found, Value>(
  iccid: Iccid,
  result: DetailResult<Found>,
  askedAt: number,
  formOf: (found: Found) => Value,
) {
  switch (result.kind) {
    case 'found': {
      const times = { asOf: instant(result.asOf), refreshableAt: instant(result.askableAt) };
      const held = { iccid, value: formOf(result.value), ...times };
      if (result.asOf >= askedAt && result.late === undefined) return { kind: 'fresh' as const, ...held };
      const because =
        result.late === undefined ? ('within-window' as const) : ('airalo-unavailable' as const);
      return { kind: 'cached' as const, ...held, because };
    }
    case 'wait': {
      const promise = { kind: 'none', why: 'not-asked-for' } as const;
      const { because, until } = result;
      return { kind: 'deferred' as const, iccid, because, refreshableAt: instant(until), promise };
    }
    case 'unknown-esim': {
      const refreshableAt = instant(result.askableAt);
      return { kind: 'refused' as const, iccid, reason: 'unknown-esim' as const, refreshableAt };
    }
    case 'recycled':
    case 'operator-needed':
    case 'declined':
      return { kind: 'refused' as const, iccid, reason: result.kind };
    default:
      return result satisfies never;
  }
}

/** See `PackageRecord`. */
export function packagesReplyOf(
  iccid: Iccid,
  result: DetailResult<PackageRecord[]>,
  askedAt: number,
): PackagesReply {
  return replyOf(iccid, result, askedAt, (packages) =>
    packages.map(({ type, title, status, data, ...times }) => ({
      type,
      ...(title === undefined ? {} : { title }),
      status: status.name,
      ...(data === undefined ? {} : { data }),
      ...instants(times, ['activatedAt', 'expiredAt', 'finishedAt']),
    })),
  );
}

/** Prices stay out unless `withPrices`. */
export function topUpsReplyOf(
  iccid: Iccid,
  result: DetailResult<TopUpOffer[]>,
  askedAt: number,
  withPrices: boolean,
): TopUpsReply {
  return replyOf(iccid, result, askedAt, (offers) =>
    offers.map(({ netPrice, price, ...offer }) => ({
      ...offer,
      ...(withPrices && netPrice !== undefined ? { netPrice } : {}),
      ...(withPrices && price !== undefined ? { price } : {}),
    })),
  );
}

/** What opens the eSIM stays out unless it is given as `activation`. */
export function detailsReplyOf(
  iccid: Iccid,
  result: DetailResult<EsimDetails>,
  askedAt: number,
  activationOf?: (sharing: EsimDetails['sharing']) => Activation,
): DetailsReply {
  return replyOf(iccid, result, askedAt, ({ sharing, createdAt, recycledAt, ...rest }) => ({
    ...rest,
    ...instants({ createdAt, recycledAt }, ['createdAt', 'recycledAt']),
    ...(activationOf ? { activation: activationOf(sharing) } : {}),
  }));
}
