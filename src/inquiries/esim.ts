import { esimCard } from '../cards/esim-card.ts';
import { answerEach, type DetailParts, viewerOf } from './each-esim.ts';
import type { InquiryHandler } from './inquiry-router.ts';

/** `esim ICCID`: the order, the package, the brand, the sharing link. The order's code is remembered, to find the eSIM by. */
export function createEsimHandler({ details, clock, noteOrder }: DetailParts): InquiryHandler {
  return (inquiry, asking) =>
    answerEach('esim', inquiry, viewerOf(asking, clock), async (iccid, about) => {
      const result = await details.esim(iccid);
      if (result.kind === 'found' && result.value.orderCode !== undefined)
        noteOrder(result.value.orderCode, iccid);
      return esimCard(iccid, result, viewerOf(asking, clock), about);
    });
}
