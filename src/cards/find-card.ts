import { type Iccid, maskIccid } from '../domain/iccid.ts';
import type { FoundEsim } from '../usage/search-result.ts';
import type { AskAction, Card, Line, PrivateViewer, Span } from './card.ts';
import { detailCard } from './detail-card.ts';
import { CARD_LIMITS, MAX_FOUND } from './limits.ts';
import { iccidFact } from './reading-parts.ts';
import { clip, foreign, instantFrom, mention } from './spans.ts';
import { wordsFor } from './words.ts';

/** What has become of the wish to name an eSIM, or what its name is. */
export type NamingOutcome =
  /** Now the eSIM's name; `before` is the one it had. */
  | { readonly kind: 'named'; readonly name: string; readonly before?: string }
  /** `by` has that name already: a name leads to one eSIM. */
  | { readonly kind: 'taken'; readonly name: string; readonly by: Iccid }
  /** The team has as many names as there may be. */
  | { readonly kind: 'full'; readonly name: string; readonly most: number }
  /** Only asked for; undefined where it has none. */
  | { readonly kind: 'is'; readonly name: string | undefined }
  | { readonly kind: 'removed' | 'nameless' | 'no-name' | 'which-esim' | 'which-name' };

/**
 * More than one eSIM fits: a button for each, at most `MAX_FOUND`. Only for the asker: it lists what they asked
 * about. `about` of a button is the place in `found`; `beside`: how many fit that are not in it.
 */
export function foundCard(
  query: string,
  found: readonly FoundEsim[],
  viewer: PrivateViewer,
  beside = 0,
): Card {
  const { actions, find } = wordsFor(viewer.locale);
  const shown = found.slice(0, MAX_FOUND);
  const more = found.length - shown.length + beside;
  const options = shown.map(
    ({ iccid, name, label }, about): AskAction => ({
      kind: 'ask',
      topic: 'usage',
      about,
      label: clip(
        `${about + 1}. ${maskIccid(iccid)} ${name ?? label ?? ''}`.trimEnd(),
        CARD_LIMITS.actionLabel,
      ),
      style: 'normal',
    }),
  );
  return detailCard({
    title: find.several(found.length + beside),
    lines: [
      find.searched(foreign(query, 'given', 'private')),
      ...shown.map((one, index) => itemLine(one, index, viewer)),
      ...(more > 0 ? [find.more(more)] : []),
    ],
    menu: { kind: 'choice', label: actions['open-one'], options },
  });
}

/** Nothing fits, or nothing was asked for: what can be found, and how. */
export function notFoundCard(query: string, viewer: PrivateViewer): Card {
  const { find } = wordsFor(viewer.locale);
  if (query === '') return detailCard({ title: find.title, lines: [find.whatIsFound] });
  return detailCard({
    title: find.noneTitle,
    lines: [find.searched(foreign(query, 'given', 'private')), find.whatIsFound],
  });
}

/** The store is away, and with it every name. */
export function storeAwayCard(viewer: PrivateViewer): Card {
  const { find, refusal } = wordsFor(viewer.locale);
  return detailCard({ title: refusal.titles['store-unavailable'], lines: [find.notNow] });
}

/** What came of naming an eSIM; `iccid` absent where it was not said which. */
export function namingCard(iccid: Iccid | undefined, outcome: NamingOutcome, viewer: PrivateViewer): Card {
  return detailCard({
    title: namingTitle(iccid, outcome, viewer),
    lines: namingLines(outcome, viewer),
    ...(iccid === undefined ? {} : { facts: iccidFact(iccid, viewer) }),
  });
}

/** Names on one card, below what a detail card holds. */
const MAX_NAMES_LISTED = 20;

/** A name of the team's, and the asker who gave it. */
interface Named {
  readonly name: string;
  readonly iccid: Iccid;
  readonly by?: string;
}

/**
 * The team's names that have `part` in them, as `reader` (an asker) may see them: numbers shortened, since anybody
 * may list them.
 */
export function namesCard(
  part: string,
  named: readonly Named[],
  reader: string,
  viewer: PrivateViewer,
): Card {
  const { find } = wordsFor(viewer.locale);
  const shown = named.slice(0, MAX_NAMES_LISTED);
  const lines = shown.map(({ name, iccid, by }) =>
    find.nameItem(foreign(name, 'name', 'private'), maskIccid(iccid), giverOf(by, reader, viewer)),
  );
  const none = part === '' ? find.howToName : find.searched(foreign(part, 'given', 'private'));
  const more = named.length - shown.length;
  return detailCard({
    title: named.length === 0 && part !== '' ? find.noneTitle : find.names(named.length),
    lines: [...(named.length === 0 ? [none] : lines), ...(more > 0 ? [find.moreNames(more)] : [])],
  });
}

/** Platforms as people write them. */
const PLATFORMS: Readonly<Record<string, string>> = { slack: 'Slack', discord: 'Discord' };

/** A mention where the reader is on the giver's platform; an id of one platform means nothing on another. */
function giverOf(by: string | undefined, reader: string, viewer: PrivateViewer): Line | undefined {
  const platform = by?.split(':', 1).join();
  const personId = by?.split(':').at(-1);
  if (platform === undefined || personId === undefined || platform === 'terminal') return undefined;
  if (platform === reader.split(':', 1).join()) return [mention('person', personId)];
  return wordsFor(viewer.locale).alerts.bySomebodyOn(PLATFORMS[platform] ?? platform);
}

/** The answer; a name itself is text from outside, and stands below. */
function namingTitle(iccid: Iccid | undefined, outcome: NamingOutcome, { locale }: PrivateViewer): string {
  const { card, find, refusal } = wordsFor(locale);
  switch (outcome.kind) {
    case 'named':
      return find.savedTitle;
    case 'taken':
      return find.takenTitle;
    case 'is':
      if (outcome.name === undefined) return find.nameless;
      return iccid === undefined ? find.title : card.esim(maskIccid(iccid));
    case 'nameless':
      return find.nameless;
    case 'removed':
      return find.removed;
    case 'full':
    case 'no-name':
      return find.notSavedTitle;
    case 'which-esim':
      return refusal.titles['malformed-iccid'];
    case 'which-name':
      return find.whichNameTitle;
    default:
      return outcome satisfies never;
  }
}

function namingLines(outcome: NamingOutcome, viewer: PrivateViewer): Line[] {
  const { find } = wordsFor(viewer.locale);
  const shown = (name: string): Span => foreign(name, 'name', 'private');
  switch (outcome.kind) {
    case 'named': {
      const before = outcome.before === undefined ? undefined : shown(outcome.before);
      return [find.named(shown(outcome.name), before), find.forEverybody];
    }
    case 'taken':
      return [find.taken(shown(outcome.name), maskIccid(outcome.by))];
    case 'full':
      return [find.full(outcome.most)];
    case 'is':
      return [outcome.name === undefined ? find.howToName : find.is(shown(outcome.name))];
    case 'removed':
    case 'nameless':
      return [];
    case 'no-name':
      return [find.noName];
    case 'which-esim':
      return [find.howToName];
    case 'which-name':
      return [find.whichName];
    default:
      return outcome satisfies never;
  }
}

/** Shortened: an order may hold eSIMs that the asker has never asked about, and a look at each is counted. */
function itemLine({ iccid, name, label, askedAt }: FoundEsim, index: number, viewer: PrivateViewer): Line {
  const { find } = wordsFor(viewer.locale);
  const when = askedAt === undefined ? undefined : instantFrom(viewer.now, askedAt, 'relative');
  const asked = when === undefined ? [] : [' · ', ...find.askedAt(when)];
  const called = name === undefined ? [] : [' ', foreign(name, 'name', 'private')];
  const whose = label === undefined ? [] : [' · ', foreign(label, 'name', 'private')];
  return [`${index + 1}. ${maskIccid(iccid)}`, ...called, ...whose, ...asked];
}
