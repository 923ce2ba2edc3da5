import { cancelledCard, pendingCard } from '../cards/pending-card.ts';
import type { Clock } from '../clock.ts';
import type { UsageService } from '../usage/platform.ts';
import { cardsAnswer, viewerOf } from './each-esim.ts';
import { unlessStoreIsAway } from './find.ts';
import type { InquiryHandler } from './inquiry-router.ts';

/** What cancelling needs. */
export interface CancelParts {
  readonly usageService: Pick<UsageService, 'pendingOf' | 'unreadableOf' | 'cancel'>;
  readonly clock: Clock;
}

/**
 * `cancel ICCID` takes back the answers still on their way for an eSIM; `cancel` the only one there
 * is, or asks which. An answer that is being sent at this moment is not taken back, and the card
 * says so.
 */
export function createCancelHandler({ usageService, clock }: CancelParts): InquiryHandler {
  return unlessStoreIsAway(clock, async ({ iccids }, asking) => {
    const viewer = viewerOf(asking, clock);
    const pending = await usageService.pendingOf(asking.asker);
    const waiting = [...new Set(pending.map(({ iccid }) => iccid))];
    if (iccids.length === 0 && waiting.length !== 1)
      return cardsAnswer(
        [pendingCard(pending, viewer, await usageService.unreadableOf(asking.asker))],
        waiting,
      );
    const wanted = iccids.length > 0 ? iccids : waiting;
    const ended = await Promise.all(
      wanted.map(async (iccid) => {
        const jobs = pending.filter((job) => job.iccid === iccid);
        const cancelled = await Promise.all(
          jobs.map(({ jobId }) => usageService.cancel(jobId, asking.asker)),
        );
        return { iccid, cancelled: cancelled.includes(true) };
      }),
    );
    return cardsAnswer([cancelledCard(ended, viewer)], wanted);
  });
}
