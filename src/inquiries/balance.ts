import { balanceCard, balanceRefusalCard } from '../cards/balance-card.ts';
import { cardsAnswer, type DetailParts, viewerOf } from './each-esim.ts';
import type { InquiryHandler } from './inquiry-router.ts';

/**
 * `balance`: what is left of the partner's credit, for those alone whom the operator has named; `balance ICCID` is the lookup, which shows
 * the eSIM's.
 */
export function createBalanceHandler({ details, clock }: DetailParts): InquiryHandler {
  return async ({ iccids }, asking) => {
    if (iccids.length > 0) return { kind: 'lookup', iccids };
    // Asked before Airalo is: a refusal costs no call.
    const money = await asking.mayReadMoney();
    if (money.kind === 'allowed')
      return cardsAnswer([balanceCard(await details.balance(), viewerOf(asking, clock))]);
    return { ...cardsAnswer([balanceRefusalCard(money, viewerOf(asking, clock))]), refused: true };
  };
}
