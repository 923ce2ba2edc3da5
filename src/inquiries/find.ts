import type { Card, PrivateViewer } from '../cards/card.ts';
import { didYouMeanCard } from '../cards/did-you-mean-card.ts';
import { foundCard, notFoundCard, storeAwayCard } from '../cards/find-card.ts';
import { MAX_FOUND } from '../cards/limits.ts';
import type { Clock } from '../clock.ts';
import { nearlyTopic } from '../domain/topic.ts';
import { StoreError } from '../storage/ports.ts';
import type { EsimDirectory } from '../usage/esim-directory.ts';
import { cardsAnswer, viewerOf } from './each-esim.ts';
import type { InquiryAnswer, InquiryHandler } from './inquiry-router.ts';

/** What finding and naming need. */
export interface FindParts {
  readonly directory: EsimDirectory;
  readonly clock: Clock;
}

/**
 * `find 0019`, `find anna-trip`, `find <order code>`: the lookup of the one it means, or a choice. What was only guessed to mean an eSIM and
 * means none is the nearest command, or a lookup of nothing, as if it had not been guessed.
 */
export function createFindHandler({ directory, clock }: FindParts): InquiryHandler {
  return unlessStoreIsAway(clock, async ({ iccids, words, guessed }, asking) => {
    if (iccids.length > 0) return { kind: 'lookup', iccids };
    const query = words.trim();
    const found = query === '' ? [] : await directory.find(asking.asker, query, guessed ? 'exact' : 'part');
    const [only] = found;
    if (only && found.length === 1) return { kind: 'lookup', iccids: [only.iccid] };
    const viewer = viewerOf(asking, clock);
    if (!only && guessed) return nearlyOrNothing(query, viewer);
    if (!only) return cardsAnswer([notFoundCard(query, viewer)]);
    const about = found.slice(0, MAX_FOUND).map(({ iccid }) => iccid);
    return cardsAnswer([foundCard(query, found, viewer)], about);
  });
}

/** Neither an eSIM nor a command: the command that is nearest, if any is near. */
function nearlyOrNothing(query: string, viewer: PrivateViewer): InquiryAnswer {
  const [typed = ''] = query.split(/\s+/u);
  const meant = nearlyTopic(typed);
  if (meant === undefined) return { kind: 'lookup', iccids: [] };
  return cardsAnswer([didYouMeanCard(typed, meant, [], viewer)]);
}

/**
 * The same answers; while the store is away a word of it (`awayCard`), and for what was only
 * guessed none. Anything but a `StoreError` is thrown on.
 */
export function unlessStoreIsAway(
  clock: Clock,
  answer: InquiryHandler,
  awayCard: (viewer: PrivateViewer) => Card = storeAwayCard,
): InquiryHandler {
  return async (inquiry, asking) => {
    try {
      return await answer(inquiry, asking);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      if (inquiry.guessed) return { kind: 'lookup', iccids: [] };
      return { ...cardsAnswer([awayCard(viewerOf(asking, clock))]), refused: true };
    }
  };
}
