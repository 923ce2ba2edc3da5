import type { PlanPlace } from '../domain/orders.ts';
import { type Place, placeName, regionSlugs } from '../domain/place.ts';
import type { DetailResult } from '../usage/detail-result.ts';
import type { Card, PrivateViewer } from './card.ts';
import { ageOf, detailCard, notFoundCard } from './detail-card.ts';
import { MAX_PLANS } from './limits.ts';
import { code, foreign } from './spans.ts';
import { offerLine } from './topups-card.ts';
import { wordsFor } from './words.ts';

/**
 * What can be bought for a country or a region, the smallest plans first; the bot buys nothing. `withPrices`: the reader may see money,
 * which the caller has asked.
 */
export function plansCard(
  place: Place,
  result: DetailResult<readonly PlanPlace[]>,
  { viewer, withPrices }: { readonly viewer: PrivateViewer; readonly withPrices: boolean },
): Card {
  const words = wordsFor(viewer.locale);
  const { plans, topics } = words;
  const name = placeName(place, words.locale);
  const title = plans.title(name);
  if (result.kind !== 'found') return notFoundCard(result, { title, viewer });
  const offers = offersFor(place, result.value);
  const shown = offers.slice(0, MAX_PLANS);
  const more = offers.length - shown.length;
  return detailCard({
    title: plans.headline(offers.length, name),
    lines: [
      ...(shown.length === 0
        ? [plans.none(name)]
        : shown.map((offer) => offerLine(offer, withPrices, words))),
      ...(more > 0 ? [topics.topups.more(more)] : []),
    ],
    freshness: [
      ...ageOf(result, viewer),
      ...(withPrices || shown.length === 0 ? [] : [topics.topups.pricesHidden]),
      plans.noBuying,
    ],
  });
}

/** No place was named; or `asked` is none. */
export function whichPlaceCard(asked: string, viewer: PrivateViewer): Card {
  const { plans } = wordsFor(viewer.locale);
  const example = code('/esim-usage plans JP');
  const line = asked === '' ? plans.ask(example) : plans.noPlace(foreign(asked, 'given', 'private'), example);
  return detailCard({ title: plans.which, lines: [line] });
}

/** Airalo lists all regions at once; of a country it lists that one. */
function offersFor(place: Place, places: readonly PlanPlace[]): PlanPlace['offers'] {
  if (place.kind === 'country') return places.flatMap(({ offers }) => offers);
  const slugs = regionSlugs(place);
  const slugOf = ({ slug, title }: PlanPlace) => slug ?? title.toLowerCase().replaceAll(' ', '-');
  const [region] = slugs.flatMap((slug) => places.filter((one) => slugOf(one) === slug));
  return region?.offers ?? [];
}
