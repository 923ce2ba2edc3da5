import type { Card } from '../cards/card.ts';
import { MAX_LISTED } from '../cards/limits.ts';
import { pendingCard } from '../cards/pending-card.ts';
import { recentCard } from '../cards/recent-card.ts';
import { watchListCard } from '../cards/watch-card.ts';
import type { Clock } from '../clock.ts';
import type { EsimDirectory } from '../usage/esim-directory.ts';
import type { UsageService } from '../usage/platform.ts';
import type { Watches } from '../usage/watches.ts';
import { cardsAnswer, viewerOf } from './each-esim.ts';
import { unlessStoreIsAway } from './find.ts';
import type { InquiryHandler } from './inquiry-router.ts';

/** What the list needs. */
export interface RecentParts {
  readonly usageService: Pick<UsageService, 'peek' | 'pendingOf' | 'unreadableOf'>;
  readonly directory: Pick<EsimDirectory, 'knownTo' | 'namesOf'>;
  readonly watches: Pick<Watches, 'listOf' | 'unreadableOf'>;
  readonly clock: Clock;
}

/**
 * `recent`: what a person works with, as on Slack's App Home: the eSIMs they asked about last with what is known of each, the answers on
 * their way with Cancel, their watches with Stop. `recent ICCID` is the lookup. Airalo is not asked.
 */
export function createRecentHandler({
  usageService,
  directory,
  watches,
  clock,
}: RecentParts): InquiryHandler {
  return unlessStoreIsAway(clock, async ({ iccids }, asking) => {
    if (iccids.length > 0) return { kind: 'lookup', iccids };
    const { asker } = asking;
    const [known, pending, unreadablePending, watched, unreadable] = await Promise.all([
      directory.knownTo(asker),
      usageService.pendingOf(asker),
      usageService.unreadableOf(asker),
      watches.listOf(asker),
      watches.unreadableOf(asker),
    ]);
    const asked = known.filter(({ askedAt }) => askedAt !== undefined).slice(0, MAX_LISTED);
    const recent = await Promise.all(
      asked.map(async (one) => ({ ...one, reply: await usageService.peek(one.iccid) })),
    );
    const names = await directory.namesOf([...pending, ...watched].map(({ iccid }) => iccid));
    const viewer = viewerOf({ ...asking, names }, clock);
    const waiting = [...new Map(pending.map((one) => [one.iccid, one])).values()];
    const parts: { readonly card: Card; readonly about: typeof iccids }[] = [
      { card: recentCard(recent, viewer), about: recent.map(({ iccid }) => iccid) },
      ...(waiting.length + unreadablePending === 0
        ? []
        : [
            {
              card: pendingCard(waiting, viewer, unreadablePending),
              about: waiting.map(({ iccid }) => iccid),
            },
          ]),
      ...(watched.length + unreadable === 0
        ? []
        : [
            {
              card: watchListCard(watched, viewer, undefined, unreadable),
              about: watched.map(({ iccid }) => iccid),
            },
          ]),
    ];
    const before = (place: number) => parts.slice(0, place).flatMap(({ about }) => about).length;
    return cardsAnswer(
      parts.map(({ card }, place) => shifted(card, before(place))),
      parts.flatMap(({ about }) => about),
    );
  });
}

/** The cards of one message share one list of eSIMs: each counts from its own place in it. */
function shifted({ menu, actions, ...card }: Card, by: number): Card {
  const shift = <A extends Card['actions'][number]>(action: A): A =>
    action.kind === 'ask' && action.about !== undefined ? { ...action, about: action.about + by } : action;
  return {
    ...card,
    actions: actions.map(shift),
    ...(menu ? { menu: { ...menu, options: menu.options.map(shift) } } : {}),
  };
}
