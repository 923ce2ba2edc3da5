import { statusCard } from '../cards/status-card.ts';
import type { Clock } from '../clock.ts';
import { StoreError } from '../storage/ports.ts';
import type { UsageService } from '../usage/platform.ts';
import { cardsAnswer, viewerOf } from './each-esim.ts';
import type { InquiryHandler } from './inquiry-router.ts';

/** What telling the bot's state needs. */
export interface StatusParts {
  readonly usageService: Pick<UsageService, 'pendingOf' | 'unreadableOf'>;
  readonly clock: Clock;
  /** Of this program. */
  readonly version: string;
}

/**
 * `status` tells whether the bot is well and which version it is; `status ICCID` is the lookup,
 * which shows the eSIM's. A store that is away is what it tells, not an error.
 */
export function createStatusHandler({ usageService, clock, version }: StatusParts): InquiryHandler {
  return async ({ iccids }, asking) => {
    if (iccids.length > 0) return { kind: 'lookup', iccids };
    const viewer = viewerOf(asking, clock);
    try {
      const { asker } = asking;
      const [pending, unreadable] = await Promise.all([
        usageService.pendingOf(asker),
        usageService.unreadableOf(asker),
      ]);
      return cardsAnswer([statusCard({ pending, unreadable, version }, viewer)]);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      return cardsAnswer([statusCard({ pending: undefined, version }, viewer)]);
    }
  };
}
