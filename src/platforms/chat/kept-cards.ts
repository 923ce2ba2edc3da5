import type { Card, PrivateViewer } from '../../cards/card.ts';
import { usageCard } from '../../cards/usage-card.ts';
import type { UsageReading } from '../../domain/usage.ts';
import type { CachedReply, FreshReply, Reply } from '../../usage/reply.ts';

/** As long as those who ask share a reading: an age on a card is a second older at most. */
const KEPT_FOR_MS = 1_000;

interface KeptCard {
  readonly drawnAt: number;
  readonly forecast: CachedReply['forecast'];
  readonly card: Card;
}

/** By its reading, which those who ask in the same moment share, and by what else it says. */
const kept = new WeakMap<UsageReading, Map<string, KeptCard>>();

/**
 * The private card of a reply as `usageCard` draws it, without its Share button where there is nobody to share it with. Many ask about one
 * eSIM in the same moment: then it is drawn for the first of them, and is the same object for all.
 */
export function privateUsageCard(reply: Reply, viewer: PrivateViewer, sharable: boolean): Card {
  if (reply.kind !== 'fresh' && reply.kind !== 'cached') return drawn(reply, viewer, sharable);
  const cards = kept.get(reply.reading) ?? new Map<string, KeptCard>();
  kept.set(reply.reading, cards);
  const key = keyOf(reply, viewer, sharable);
  const before = cards.get(key);
  const isRecent = before !== undefined && Math.abs(viewer.now - before.drawnAt) < KEPT_FOR_MS;
  if (isRecent && before.forecast === reply.forecast) return before.card;
  const card = drawn(reply, viewer, sharable);
  cards.set(key, { drawnAt: viewer.now, forecast: reply.forecast, card });
  return card;
}

function drawn(reply: Reply, viewer: PrivateViewer, sharable: boolean): Card {
  const card = usageCard(reply, viewer);
  return sharable ? card : { ...card, actions: card.actions.filter(({ kind }) => kind !== 'share') };
}

function keyOf(reply: FreshReply | CachedReply, { locale, names }: PrivateViewer, sharable: boolean): string {
  const { kind, iccid, asOf, refreshableAt } = reply;
  const because = kind === 'cached' ? reply.because : '';
  return `${kind}\n${iccid}\n${asOf}\n${refreshableAt}\n${because}\n${locale}\n${sharable}\n${names?.get(iccid) ?? ''}`;
}
