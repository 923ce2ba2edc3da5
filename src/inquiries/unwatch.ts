import { unwatchedCard } from '../cards/watch-card.ts';
import { cardsAnswer, viewerOf } from './each-esim.ts';
import { unlessStoreIsAway } from './find.ts';
import type { InquiryHandler } from './inquiry-router.ts';
import { createWatchesHandler, type WatchesParts } from './watch.ts';

/**
 * `unwatch ICCID` and `unwatch 0019` stop every watch of the asker on an eSIM; `unwatch` lists
 * them, each with its Stop. Fewer than four digits are no ending: they would fit too many.
 */
export function createUnwatchHandler(parts: WatchesParts): InquiryHandler {
  const { watches, clock } = parts;
  const list = createWatchesHandler(parts);
  return unlessStoreIsAway(clock, async (inquiry, asking) => {
    const own = await watches.listOf(asking.asker);
    const digits = /^\d{4,}$/u.exec(inquiry.words.trim())?.[0];
    const ending = digits === undefined ? [] : own.filter(({ iccid }) => iccid.endsWith(digits));
    const iccids =
      inquiry.iccids.length > 0 ? inquiry.iccids : [...new Set(ending.map(({ iccid }) => iccid))];
    if (iccids.length === 0) return list({ ...inquiry, words: '' }, asking);
    const stopped = await Promise.all(
      iccids.map(async (iccid) => {
        const those = own.filter((watch) => watch.iccid === iccid);
        const ended = await Promise.all(those.map(({ id }) => watches.stop(id, asking.asker)));
        return { iccid, count: ended.filter(Boolean).length };
      }),
    );
    return cardsAnswer([unwatchedCard(stopped, viewerOf(asking, clock))], iccids);
  });
}
