import { topUpsCard } from '../cards/topups-card.ts';
import { answerEach, type DetailParts, viewerOf } from './each-esim.ts';
import type { InquiryHandler } from './inquiry-router.ts';

/**
 * `topups ICCID`: what could be bought, with prices for those who may read the balance. Nothing is
 * bought. Who may not see prices gets the offers without them.
 */
export function createTopUpsHandler({ details, clock }: DetailParts): InquiryHandler {
  return (inquiry, asking) =>
    answerEach('topups', inquiry, viewerOf(asking, clock), async (iccid) => {
      const [result, money] = await Promise.all([details.topUps(iccid), asking.mayReadMoney()]);
      const withPrices = money.kind === 'allowed';
      return topUpsCard(iccid, result, { viewer: viewerOf(asking, clock), withPrices });
    });
}
