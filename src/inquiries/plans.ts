import { plansCard, whichPlaceCard } from '../cards/plans-card.ts';
import { readPlace } from '../domain/place.ts';
import { cardsAnswer, type DetailParts, viewerOf } from './each-esim.ts';
import type { InquiryHandler } from './inquiry-router.ts';

/** "plans for Japan": small words before the place, in the languages of the bot. */
const BEFORE = /^(?:for|in|to|für|nach|para|en|em|no|na|pour|au|aux)\s+(?=\S)/iu;

/**
 * `plans JP`, `plans Japan`, `plans Europe`: what can be bought there, with prices for those who may read the balance. Nothing is bought. A
 * number of an eSIM beside it is a lookup: its own offers are the topic `topups`.
 */
export function createPlansHandler({
  details,
  clock,
}: Pick<DetailParts, 'details' | 'clock'>): InquiryHandler {
  return async ({ iccids, words }, asking) => {
    if (iccids.length > 0) return { kind: 'lookup', iccids };
    const viewer = viewerOf(asking, clock);
    const asked = words.trim();
    const place = readPlace(asked.replace(BEFORE, ''), asking.locale);
    if (!place) return cardsAnswer([whichPlaceCard(asked, viewer)]);
    const wanted = place.kind === 'region' ? 'regions' : { country: place.code };
    const [result, money] = await Promise.all([details.plans(wanted), asking.mayReadMoney()]);
    return cardsAnswer([plansCard(place, result, { viewer, withPrices: money.kind === 'allowed' })]);
  };
}
