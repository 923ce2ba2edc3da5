import { ICCID_EXAMPLE } from '../../domain/iccid.ts';
import type { Line, Span } from '../card.ts';
import type { Say } from '../say.ts';

/** Words about finding an eSIM again, and about the names it is found by. */
export interface FindWords {
  readonly title: string;
  /** Title: which of several. */
  several(count: number): string;
  /** Below a title that tells what was found: what was typed, which is foreign. */
  searched(asked: Span): Line;
  /** Title where nothing fits. */
  readonly noneTitle: string;
  /** The same while not everything could be searched. */
  readonly soFarTitle: string;
  readonly emptyOrderTitle: string;
  readonly noRecordsTitle: string;
  readonly savedTitle: string;
  readonly takenTitle: string;
  readonly notSavedTitle: string;
  /** Behind an eSIM in the list: when the person last asked about it. */
  askedAt(when: Span): Line;
  /** eSIMs that fit beside those shown. */
  more(count: number): Line;
  readonly whatIsFound: Line;
  /** Nothing fits `asked`, and not everything could be searched. */
  notEverything(asked: Span): Line;
  /** The reseller's own records are away, or not as agreed. */
  readonly recordsAway: Line;
  readonly recordsBroken: Line;
  /** None are connected; `setting` names what the operator would set. */
  noRecords(setting: Span): Line;
  /** `status` is Airalo's word for it. */
  emptyOrder(order: Span, status: Span | undefined): Line;
  /** `before` is the name it had until now. */
  named(name: Span, before: Span | undefined): Line;
  /** Names are the whole team's. */
  readonly forEverybody: Line;
  /** `masked` names the eSIM that has the name already. */
  taken(name: Span, masked: string): Line;
  /** The team has `most` names, as many as are kept. */
  full(most: number): Line;
  is(name: Span): Line;
  /** Titles: the eSIM has no name, or has it no longer. */
  readonly nameless: string;
  readonly removed: string;
  /** The text is no name. */
  readonly noName: Line;
  readonly howToName: Line;
  /** The store is away. */
  readonly notNow: Line;
  /** Title of the team's list: how many there are, also none. */
  names(count: number): string;
  /** `who` gave it: a mention, or somebody on another platform. */
  nameItem(name: Span, masked: string, who: Line | undefined): Line;
  moreNames(count: number): Line;
  /** A name is to be taken away, and which was not said: title and example. */
  readonly whichNameTitle: string;
  readonly whichName: Line;
}

/** Finding and naming. */
export function findWords({ text, line }: Say): FindWords {
  return {
    title: text('find.title'),
    several: (count) => text('find.several', { count }),
    searched: (asked) => line('find.searched', { asked }),
    noneTitle: text('find.noneTitle'),
    soFarTitle: text('find.soFarTitle'),
    emptyOrderTitle: text('find.emptyOrderTitle'),
    noRecordsTitle: text('find.noRecordsTitle'),
    savedTitle: text('find.savedTitle'),
    takenTitle: text('find.takenTitle'),
    notSavedTitle: text('find.notSavedTitle'),
    askedAt: (when) => line('find.askedAt', { when }),
    more: (count) => line('find.more', { count }),
    whatIsFound: line('find.whatIsFound'),
    notEverything: (asked) => line('find.notEverything', { asked }),
    recordsAway: line('find.recordsAway'),
    recordsBroken: line('find.recordsBroken'),
    noRecords: (setting) => line('find.noRecords', { setting }),
    emptyOrder: (order, status) =>
      status === undefined
        ? line('find.emptyOrder', { order })
        : line('find.emptyOrder.status', { order, status }),
    named: (name, before) =>
      before === undefined ? line('find.named', { name }) : line('find.named.before', { name, before }),
    forEverybody: line('find.forEverybody'),
    taken: (name, masked) => line('find.taken', { name, masked }),
    full: (most) => line('find.full', { most }),
    is: (name) => line('find.is', { name }),
    nameless: text('find.nameless'),
    removed: text('find.removed'),
    noName: line('find.noName'),
    howToName: line('find.howToName', { example: ICCID_EXAMPLE }),
    notNow: line('find.notNow'),
    names: (count) => text('find.names', { count }),
    nameItem: (name, masked, who) =>
      who === undefined
        ? line('find.nameItem', { name, masked })
        : line('find.nameItem.by', { name, masked, who }),
    moreNames: (count) => line('find.moreNames', { count }),
    whichNameTitle: text('find.whichNameTitle'),
    whichName: line('find.whichName'),
  };
}
