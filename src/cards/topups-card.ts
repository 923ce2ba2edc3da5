import type { TopUpOffer } from '../domain/details.ts';
import type { Iccid } from '../domain/iccid.ts';
import type { DetailResult } from '../usage/detail-result.ts';
import type { Card, Line, PrivateViewer } from './card.ts';
import { ageOf, detailCard, esimTitle, notFoundCard } from './detail-card.ts';
import { MAX_LISTED } from './limits.ts';
import { moneyText } from './money.ts';
import { iccidFact } from './reading-parts.ts';
import { foreign } from './spans.ts';
import { type Words, wordsFor } from './words.ts';

/**
 * What could be bought for an eSIM; the bot buys nothing. `withPrices`: the reader may see money, which the caller
 * has asked.
 */
export function topUpsCard(
  iccid: Iccid,
  result: DetailResult<TopUpOffer[]>,
  { viewer, withPrices }: { readonly viewer: PrivateViewer; readonly withPrices: boolean },
): Card {
  const title = esimTitle('topups', iccid, viewer);
  if (result.kind !== 'found') return notFoundCard(result, { title, iccid, viewer });
  const words = wordsFor(viewer.locale);
  const { topups } = words.topics;
  const shown = result.value.slice(0, MAX_LISTED);
  const more = result.value.length - shown.length;
  return detailCard({
    title: topups.headline(result.value.length),
    lines: [
      ...(shown.length === 0 ? [topups.none] : shown.map((offer) => offerLine(offer, withPrices, words))),
      ...(more > 0 ? [topups.more(more)] : []),
    ],
    facts: iccidFact(iccid, viewer),
    freshness: [
      ...ageOf(result, viewer),
      ...(withPrices || shown.length === 0 ? [] : [topups.pricesHidden]),
      topups.noBuying,
    ],
  });
}

/** Prices in US dollars, as Airalo quotes them. */
export function offerLine(offer: TopUpOffer, withPrices: boolean, words: Words): Line {
  const { minutes, messages, netPrice, price } = offer;
  const inDollars = (amount: number | undefined) =>
    withPrices && amount !== undefined ? moneyText(words.locale, amount, 'USD') : undefined;
  const [net, recommended] = [inDollars(netPrice), inDollars(price)];
  return words.topics.topups.line({
    title: foreign(offer.title, 'name', 'private'),
    ...(minutes === undefined ? {} : { minutes }),
    ...(messages === undefined ? {} : { messages }),
    ...(net === undefined ? {} : { netPrice: net }),
    ...(recommended === undefined ? {} : { price: recommended }),
  });
}
