import { customerReplyCard } from '../cards/customer-reply-card.ts';
import { LANGUAGES } from '../cards/languages.ts';
import type { Clock } from '../clock.ts';
import { takeFirst } from '../domain/iccid.ts';
import { seenOf } from '../usage/forecasting.ts';
import type { UsageService } from '../usage/platform.ts';
import { cardsAnswer, viewerOf } from './each-esim.ts';
import type { InquiryHandler } from './inquiry-router.ts';

/** Of one question: each is a text of its own to copy. */
const MAX_REPLIES = 3;

/**
 * `reply ICCID`, `reply de ICCID`: what to tell the customer, from the last figure there is;
 * nothing is asked of Airalo for it. Without a number it is a lookup of nothing, answered as any
 * text without one.
 */
export function createReplyHandler({
  usageService,
  clock,
}: {
  readonly usageService: Pick<UsageService, 'peek'>;
  readonly clock: Clock;
}): InquiryHandler {
  return async ({ iccids, words }, asking) => {
    if (iccids.length === 0) return { kind: 'lookup', iccids };
    const viewer = viewerOf(asking, clock);
    const { asked, leftOut } = takeFirst(iccids, MAX_REPLIES);
    const spoken = words.toLowerCase().split(/\s+/u);
    const language = LANGUAGES.find((one) => spoken.includes(one)) ?? asking.locale;
    const cards = asked.map(async (iccid, about) => {
      const reply = await usageService.peek(iccid);
      return customerReplyCard(iccid, reply && seenOf(reply), viewer, { language, about });
    });
    return { ...cardsAnswer(await Promise.all(cards), asked), leftOut };
  };
}
