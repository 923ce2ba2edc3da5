import { type Iccid, maskIccid } from '../domain/iccid.ts';
import { WATCH_CONDITIONS, type WatchCondition } from '../domain/watch.ts';
import type { WatchedReply } from '../usage/reply.ts';
import type { AskAction, Card, Line, Viewer } from './card.ts';
import { MOST_LISTED_WATCHES } from './limits.ts';
import { readingParts } from './reading-parts.ts';
import { code, instantFrom } from './spans.ts';
import { wordsFor } from './words.ts';

/** What has become of the wish to watch. */
export type WatchOutcome =
  | { readonly kind: 'set'; readonly condition: WatchCondition; readonly endsAt: number }
  | { readonly kind: 'known' | 'already-so'; readonly condition: WatchCondition }
  | { readonly kind: 'not-for-unlimited' }
  | { readonly kind: 'too-many'; readonly most: number };

/** A watch in the list. */
export interface ListedWatch {
  readonly id: string;
  readonly iccid: Iccid;
  readonly condition: WatchCondition;
  readonly nextLookAt: number;
}

/** The message that a watch was set for. Private, as all of these. */
export function watchedCard(reply: WatchedReply, viewer: Viewer): Card {
  const words = wordsFor(viewer.locale);
  const parts = reply.last && readingParts(reply.last.reading, viewer, words.card);
  return {
    title: words.card.esim(maskIccid(reply.iccid)),
    tone: reply.event === 'met' ? 'attention' : 'neutral',
    lines: [words.watch.told(reply.event, reply.condition), ...(parts?.lines ?? [])],
    meters: parts?.meters ?? [],
    facts: [iccidFact(reply.iccid, viewer), ...(parts?.facts ?? [])],
    freshness: reply.last ? [words.card.asOf(instantFrom(viewer.now, reply.last.asOf, 'relative'))] : [],
    actions: [{ kind: 'ask', topic: 'usage', label: words.actions.refresh, style: 'primary' }],
  };
}

/** The choice of what to be told; `iccid` absent: which eSIM was not said. */
export function watchChoiceCard(iccid: Iccid | undefined, viewer: Viewer): Card {
  const { card, watch } = wordsFor(viewer.locale);
  if (iccid === undefined) return plain(watch.watch, [watch.whichEsim]);
  const choices = WATCH_CONDITIONS.map(
    (condition): AskAction => ({
      kind: 'ask',
      topic: 'watch',
      words: condition,
      label: watch.choose(condition),
      style: 'normal',
    }),
  );
  return {
    ...plain(card.esim(maskIccid(iccid)), [watch.whenToTell]),
    facts: [iccidFact(iccid, viewer)],
    actions: choices,
  };
}

/** What came of the choice. */
export function watchOutcomeCard(iccid: Iccid, outcome: WatchOutcome, viewer: Viewer): Card {
  const { card, watch } = wordsFor(viewer.locale);
  const lines = [outcomeLine(outcome, viewer), ...(outcome.kind === 'set' ? [watch.howToList] : [])];
  return { ...plain(card.esim(maskIccid(iccid)), lines), facts: [iccidFact(iccid, viewer)] };
}

/** Everything a person watches, each with its Stop; `notice` says what was just done. */
export function watchListCard(watches: readonly ListedWatch[], viewer: Viewer, stopped?: boolean): Card {
  const { watch } = wordsFor(viewer.locale);
  const shown = watches.slice(0, MOST_LISTED_WATCHES);
  const items = shown.map(({ iccid, condition, nextLookAt }) =>
    watch.item(code(iccid), condition, instantFrom(viewer.now, nextLookAt, 'time')),
  );
  const notice = stopped === undefined ? [] : [watch.stopped(stopped)];
  return {
    ...plain(watch.listTitle, [...notice, ...(items.length === 0 ? [watch.none] : items)]),
    actions: shown.map(({ id, iccid, condition }, about) => ({
      kind: 'ask',
      topic: 'watches',
      about,
      words: `stop ${id}`,
      label: watch.stop(maskIccid(iccid), condition),
      style: 'normal',
    })),
  };
}

function outcomeLine(outcome: WatchOutcome, viewer: Viewer): Line {
  const { watch } = wordsFor(viewer.locale);
  switch (outcome.kind) {
    case 'set':
      return watch.set(outcome.condition, instantFrom(viewer.now, outcome.endsAt, 'time'));
    case 'known':
      return watch.known(outcome.condition);
    case 'already-so':
      return watch.alreadySo(outcome.condition);
    case 'not-for-unlimited':
      return watch.notForUnlimited;
    case 'too-many':
      return watch.tooMany(outcome.most);
    default:
      return outcome satisfies never;
  }
}

function iccidFact(iccid: Iccid, viewer: Viewer): Card['facts'][number] {
  const shown = viewer.audience === 'public' ? maskIccid(iccid) : code(iccid);
  return { label: wordsFor(viewer.locale).card.labels.iccid, value: [shown] };
}

function plain(title: string, lines: readonly Line[]): Card {
  return { title, tone: 'neutral', lines, meters: [], facts: [], freshness: [], actions: [] };
}
