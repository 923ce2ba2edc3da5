import { usageCard } from '../../src/cards/usage-card.ts';
import type { CardHandle, Pen } from '../../src/platforms/chat/seam.ts';
import type { CachedReply } from '../../src/usage/reply.ts';
import { toIccid } from '../../test/support/arbitraries.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const HANDLE: CardHandle = { note: 'abcdefghijkl', index: 0, jobId: '' };

/** What the bot's cached answer looks like, drawn once: what it costs a platform's library to send it, and nothing of what the bot does. */
export function sameCard<M>(pen: Pen<M>): M {
  const now = Date.now();
  const reply: CachedReply = {
    kind: 'cached',
    iccid: toIccid('8910000000001000019'),
    reading: {
      status: { kind: 'known', name: 'ACTIVE' },
      data: { kind: 'megabytes', remaining: 1331, total: 5120 },
      expiresAt: now + 11 * DAY_MS,
    },
    asOf: now - 3 * MINUTE_MS,
    refreshableAt: now + 12 * MINUTE_MS,
    because: 'within-window',
  };
  const card = usageCard(reply, { audience: 'private', locale: 'en', now });
  return pen.message([{ card, handle: HANDLE }], { locale: 'en' });
}
