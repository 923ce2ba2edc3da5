import { type Iccid, maskIccid } from '../domain/iccid.ts';
import type { Card, PrivateViewer } from './card.ts';
import { detailCard } from './detail-card.ts';
import { MAX_LISTED } from './limits.ts';
import { strong } from './spans.ts';
import { wordsFor } from './words.ts';

/** How the bot is, and what of the reader's is still on its way. */
export interface BotStatus {
  /** Undefined while the store is away. */
  readonly pending: readonly { readonly iccid: Iccid; readonly answerAt: number }[] | undefined;
  /** How many more the store cannot open. */
  readonly unreadable?: number | undefined;
  readonly version: string;
}

/** Whether all is well, in a line; then the answers on their way, and the version to name to the bot's admin. */
export function statusCard({ pending, unreadable = 0, version }: BotStatus, viewer: PrivateViewer): Card {
  const { home } = wordsFor(viewer.locale);
  const waiting = (pending ?? []).slice(0, MAX_LISTED);
  const isWell = pending !== undefined && unreadable === 0;
  return detailCard({
    title: isWell ? home.healthy : home.troubled,
    tone: isWell ? 'good' : 'attention',
    lines: [
      ...(pending === undefined ? [home.unhealthy] : []),
      ...(waiting.length === 0 ? [] : [[strong(home.pending(pending?.length ?? 0))]]),
      ...waiting.map(({ iccid, answerAt }) => home.pendingItem(maskIccid(iccid), answerAt)),
      ...(unreadable === 0 ? [] : [home.unreadable(unreadable)]),
      home.version(version),
    ],
  });
}
