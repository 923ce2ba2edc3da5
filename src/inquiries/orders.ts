import { ordersCard } from '../cards/orders-card.ts';
import { cardsAnswer, type DetailParts, viewerOf } from './each-esim.ts';
import type { InquiryHandler } from './inquiry-router.ts';

/** `orders`: the newest orders of the account, with a choice; `order` alone is the same, and with further words either is a search. */
export function createOrdersHandler(
  { details, clock }: Pick<DetailParts, 'details' | 'clock'>,
  order: InquiryHandler,
): InquiryHandler {
  return async (inquiry, asking) => {
    if (inquiry.iccids.length > 0 || inquiry.words.trim() !== '') return order(inquiry, asking);
    const { card, about } = ordersCard(await details.orders({ by: 'newest' }), viewerOf(asking, clock));
    return cardsAnswer([card], about);
  };
}
