import type { Card, PrivateViewer } from '../cards/card.ts';
import { didYouMeanCard } from '../cards/did-you-mean-card.ts';
import { foundCard, notFoundCard, storeAwayCard } from '../cards/find-card.ts';
import { MAX_FOUND } from '../cards/limits.ts';
import { emptyOrderCard, noRecordsCard, searchTroubleCard } from '../cards/search-card.ts';
import { usageCard } from '../cards/usage-card.ts';
import type { Clock } from '../clock.ts';
import { looksSought, readSought } from '../domain/sought.ts';
import { nearlyTopic } from '../domain/topic.ts';
import { StoreError } from '../storage/ports.ts';
import type { EsimDirectory } from '../usage/esim-directory.ts';
import type { EsimSearch, SearchRequest } from '../usage/esim-search.ts';
import type { SearchResult } from '../usage/search-result.ts';
import { cardsAnswer, viewerOf } from './each-esim.ts';
import type { InquiryAnswer, InquiryHandler } from './inquiry-router.ts';

/** What finding and naming need. */
export interface FindParts {
  readonly directory: EsimDirectory;
  readonly search: EsimSearch;
  readonly clock: Clock;
}

/** The setting by which the operator connects the reseller's records. */
const RECORDS_SETTING = 'CUSTOMER_LOOKUP_URL';

/**
 * `find 0019`, `find anna-trip`, `find customer@example.com`: the lookup of what it means, or a choice. What was only guessed to mean an
 * eSIM and means none is the nearest command, or a lookup of nothing, as if it had not been guessed.
 */
export function createFindHandler(parts: FindParts): InquiryHandler {
  return finding(parts, 'anything');
}

/** `order 20261115-070321`, `order 70321`, `order SHOP-1042`: the eSIMs of that order. */
export function createOrderHandler(parts: FindParts): InquiryHandler {
  return finding(parts, 'order');
}

function finding(
  { search, clock }: Pick<FindParts, 'search' | 'clock'>,
  as: SearchRequest['as'],
): InquiryHandler {
  return unlessStoreIsAway(clock, async ({ iccids, words, guessed }, asking) => {
    if (iccids.length > 0) return { kind: 'lookup', iccids };
    const query = words.trim();
    const { asker, place } = asking;
    const request = { text: query, as, asker, place, ...(guessed === undefined ? {} : { guessed }) };
    const result = await search.search(request);
    return answerOf(result, query, guessed === true, viewerOf(asking, clock));
  });
}

function answerOf(
  result: SearchResult,
  query: string,
  guessed: boolean,
  viewer: PrivateViewer,
): InquiryAnswer {
  switch (result.kind) {
    case 'found':
      return foundAnswer(result, query, viewer);
    case 'empty-order':
      return cardsAnswer([emptyOrderCard(result.order, viewer)]);
    case 'too-many': {
      const refusal = { reason: 'too-many', until: result.until } as const;
      return { ...cardsAnswer([usageCard({ kind: 'refused', refusal }, viewer)]), refused: true };
    }
    case 'no-records':
      return cardsAnswer([noRecordsCard(RECORDS_SETTING, viewer)]);
    case 'none':
      if (result.troubles.account || result.troubles.records)
        return cardsAnswer([searchTroubleCard(query, result.troubles, viewer)]);
      return guessed && !isSearch(query)
        ? nearlyOrNothing(query, viewer)
        : cardsAnswer([notFoundCard(query, viewer)]);
    default:
      return result satisfies never;
  }
}

/** Plainly one, though nobody has called it so. Many digits are rather an ICCID with some missing, and that is said of them. */
function isSearch(query: string): boolean {
  const sought = readSought(query);
  return sought !== undefined && looksSought(sought) && !/^\d{10,}$/.test(sought.text);
}

/** One is looked up, and so are those that belong together; else it is asked which. */
function foundAnswer(
  { esims, more, together }: Extract<SearchResult, { kind: 'found' }>,
  query: string,
  viewer: PrivateViewer,
): InquiryAnswer {
  const iccids = esims.map(({ iccid }) => iccid);
  if (together || (esims.length === 1 && more === 0)) {
    const labels = new Map(
      esims.flatMap(({ iccid, label }) => (together && label !== undefined ? [[iccid, label] as const] : [])),
    );
    return { kind: 'lookup', iccids, ...(labels.size > 0 ? { labels } : {}) };
  }
  return cardsAnswer([foundCard(query, esims, viewer, more)], iccids.slice(0, MAX_FOUND));
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
