import { type Iccid, maskIccid } from '../domain/iccid.ts';
import type { AskAction, Card, PrivateViewer } from './card.ts';
import { detailCard } from './detail-card.ts';
import { MAX_LISTED } from './limits.ts';
import { wordsFor } from './words.ts';

/** An answer that is still to come. */
interface Pending {
  readonly iccid: Iccid;
  /** Epoch ms. */
  readonly answerAt: number;
}

/**
 * Answers on their way to a person, each eSIM with its Cancel; `about` of a button counts the eSIMs, each once. Of
 * several for one eSIM the first listed is told. `unreadable`: how many more there are that the store cannot open.
 */
export function pendingCard(pending: readonly Pending[], viewer: PrivateViewer, unreadable = 0): Card {
  const { actions, home } = wordsFor(viewer.locale);
  const byIccid = new Map(pending.toReversed().map(({ iccid, answerAt }) => [iccid, answerAt]));
  const shown = [...new Set(pending.map(({ iccid }) => iccid))].slice(0, MAX_LISTED);
  const items = shown.map((iccid) => home.pendingItem(maskIccid(iccid), byIccid.get(iccid) ?? viewer.now));
  const cancels = shown.map(
    (iccid, about): AskAction => ({
      kind: 'ask',
      topic: 'cancel',
      about,
      label: `${actions.cancel} ${maskIccid(iccid)}`,
      style: 'normal',
    }),
  );
  return detailCard({
    title: home.pending(byIccid.size + unreadable),
    tone: items.length + unreadable === 0 ? 'neutral' : 'waiting',
    lines: [...items, ...(unreadable === 0 ? [] : [home.unreadable(unreadable)])],
    ...(cancels.length > 1
      ? { menu: { kind: 'choice', label: actions['cancel-one'], options: cancels } }
      : { actions: cancels }),
  });
}

/** What came of cancelling, an eSIM a line. */
export function cancelledCard(
  ended: readonly { readonly iccid: Iccid; readonly cancelled: boolean }[],
  viewer: PrivateViewer,
): Card {
  const { chat, home, refusal } = wordsFor(viewer.locale);
  return detailCard({
    title: ended.some(({ cancelled }) => cancelled) ? refusal.titles['promise-cancelled'] : home.pending(0),
    lines: ended.map(({ iccid, cancelled }) => chat.cancelledFor(maskIccid(iccid), cancelled)),
  });
}
