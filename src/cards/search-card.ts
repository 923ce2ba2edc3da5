import type { AccountOrder } from '../domain/orders.ts';
import type { SearchTroubles } from '../usage/search-result.ts';
import type { Card, Line, PrivateViewer } from './card.ts';
import { comingOrNow, detailCard } from './detail-card.ts';
import { code, foreign } from './spans.ts';
import { wordsFor } from './words.ts';

/** Nothing was found, and not everything could be asked: what could not, and when it can. */
export function searchTroubleCard(asked: string, troubles: SearchTroubles, viewer: PrivateViewer): Card {
  const { find } = wordsFor(viewer.locale);
  return detailCard({
    title: find.soFarTitle,
    tone: 'attention',
    lines: [
      find.notEverything(foreign(asked, 'given', 'private')),
      ...recordLines(troubles, viewer),
      ...accountLines(troubles, viewer),
    ],
  });
}

/** An e-mail, and no records are connected; `setting` is where the operator would. */
export function noRecordsCard(setting: string, viewer: PrivateViewer): Card {
  const { find } = wordsFor(viewer.locale);
  return detailCard({ title: find.noRecordsTitle, lines: [find.noRecords(code(setting)), find.whatIsFound] });
}

/** The order is there, and nothing in it can be looked up. */
export function emptyOrderCard({ code: order, status }: AccountOrder, viewer: PrivateViewer): Card {
  const { find } = wordsFor(viewer.locale);
  const said = status === undefined ? undefined : foreign(status, 'status', 'private');
  return detailCard({
    title: find.emptyOrderTitle,
    tone: 'attention',
    lines: [find.emptyOrder(foreign(order, 'id', 'private'), said)],
  });
}

function recordLines({ records }: SearchTroubles, { locale }: PrivateViewer): Line[] {
  const { find } = wordsFor(locale);
  switch (records?.kind) {
    case 'unavailable':
      return [find.recordsAway];
    case 'operator-needed':
      return [find.recordsBroken];
    case undefined:
      return [];
    default:
      return records satisfies undefined;
  }
}

function accountLines({ account }: SearchTroubles, { locale, now }: PrivateViewer): readonly Line[] {
  const { topics, refusal } = wordsFor(locale);
  switch (account?.kind) {
    case 'wait':
      return [topics.askAgain(account.because, comingOrNow(account.until, now))];
    case 'operator-needed':
      return refusal.operatorNeeded.slice(0, 1);
    case 'declined':
      return refusal.declined(foreign(account.detail, 'detail', 'private'));
    case undefined:
      return [];
    default:
      return account satisfies undefined;
  }
}
