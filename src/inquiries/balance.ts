import { balanceCard, balanceRefusalCard } from '../cards/balance-card.ts';
import { cardsAnswer, type DetailParts, viewerOf } from './each-esim.ts';
import type { InquiryHandler } from './inquiry-router.ts';

/**
 * `balance`: what is left of the partner's credit, for those alone whom the operator has named. The
 * permission is asked before Airalo is: a refusal costs no call.
 */
export function createBalanceHandler({ details, clock }: DetailParts): InquiryHandler {
  return async (_inquiry, asking) => {
    const money = await asking.mayReadMoney();
    if (money.kind === 'allowed')
      return cardsAnswer([balanceCard(await details.balance(), viewerOf(asking, clock))]);
    return { ...cardsAnswer([balanceRefusalCard(money, viewerOf(asking, clock))]), refused: true };
  };
}
