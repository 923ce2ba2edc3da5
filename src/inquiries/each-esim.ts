import type { Card, PrivateViewer } from '../cards/card.ts';
import { whichEsimCard } from '../cards/detail-card.ts';
import type { EsimTopic } from '../cards/topic-words.ts';
import type { Clock } from '../clock.ts';
import { type Iccid, takeFirst } from '../domain/iccid.ts';
import type { DetailReader } from '../usage/detail-reader.ts';
import type { Asking, InquiryAnswer } from './inquiry-router.ts';
import type { Inquiry } from './question.ts';

/** What answering from Airalo's other endpoints needs. */
export interface DetailParts {
  /** Cached and gated: what was read a moment ago costs no call. */
  readonly details: DetailReader;
  readonly clock: Clock;
  /** Told of the order an eSIM came with. */
  readonly noteOrder: (orderCode: string, iccid: Iccid) => void;
}

/** eSIMs in one question: each is a call of its own, and a card that needs room. */
const MAX_ESIMS = 5;

/**
 * One card for each of the first eSIMs; where none is named, one that says so. Read side by side,
 * shown in the order asked; `index` is the place among them, for the buttons.
 */
export async function answerEach(
  topic: EsimTopic,
  { iccids }: Inquiry,
  viewer: PrivateViewer,
  cardOf: (iccid: Iccid, index: number) => Promise<Card>,
): Promise<InquiryAnswer> {
  if (iccids.length === 0) return cardsAnswer([whichEsimCard(topic, viewer)]);
  const { asked, leftOut } = takeFirst(iccids, MAX_ESIMS);
  return { ...cardsAnswer(await Promise.all(asked.map(cardOf)), asked), leftOut };
}

/** Cards for the asker alone. */
export function cardsAnswer(
  cards: readonly Card[],
  about: readonly Iccid[] = [],
): Extract<InquiryAnswer, { kind: 'cards' }> {
  return { kind: 'cards', cards, about };
}

/** Every answer to an inquiry is private. */
export function viewerOf({ locale, names }: Pick<Asking, 'locale' | 'names'>, clock: Clock): PrivateViewer {
  return { audience: 'private', locale, now: clock.now(), ...(names ? { names } : {}) };
}
