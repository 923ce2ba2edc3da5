import { packagesCard } from '../cards/packages-card.ts';
import { answerEach, type DetailParts, viewerOf } from './each-esim.ts';
import type { InquiryHandler } from './inquiry-router.ts';

/**
 * `packages ICCID`: each package and top-up, with state and dates. Airalo's limit for it is counted
 * apart from that of usage.
 */
export function createPackagesHandler({ details, clock }: DetailParts): InquiryHandler {
  return (inquiry, asking) =>
    answerEach('packages', inquiry, viewerOf(asking, clock), async (iccid) => {
      const result = await details.packages(iccid);
      return packagesCard(iccid, result, viewerOf(asking, clock));
    });
}
