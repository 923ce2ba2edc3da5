import { type Iccid, maskIccid } from '../domain/iccid.ts';
import { WATCH_CONDITIONS, type WatchCondition } from '../domain/watch.ts';
import type { WatchedReply } from '../usage/reply.ts';
import type { AskAction, Card, Line, Row, Span, Viewer } from './card.ts';
import { MAX_LISTED_WATCHES } from './limits.ts';
import { iccidFact, identityLine, readingParts, shortIdentity } from './reading-parts.ts';
import { clip, dotted, foreign, instantFrom, mention } from './spans.ts';
import { type Words, wordsFor } from './words.ts';

/** Of a name on a button beside other words. */
const SHORT_NAME = 14;

/** What has become of the wish to watch. */
export type WatchOutcome =
  | {
      readonly kind: 'set';
      readonly id: string;
      readonly condition: WatchCondition;
      readonly channelId?: string;
      readonly endsAt: number;
    }
  | { readonly kind: 'known'; readonly condition: WatchCondition; readonly channelId?: string }
  | { readonly kind: 'already-so'; readonly condition: WatchCondition }
  | { readonly kind: 'not-for-unlimited' }
  /** Asked for a channel: there is none here; the bot may not write there; it could not this time. */
  | { readonly kind: 'no-channel' | 'channel-closed' | 'channel-failed' }
  | { readonly kind: 'too-many'; readonly most: number };

/** A watch in the list of its owner. */
export interface ListedWatch {
  /** Short; Stop carries it. */
  readonly id: string;
  readonly iccid: Iccid;
  readonly condition: WatchCondition;
  /** Absent: the owner is told, in the direct message. */
  readonly channelId?: string;
  /** Epoch ms: when Airalo is asked for it next. */
  readonly nextLookAt: number;
}

/**
 * The message that a watch was set for: for its owner, or, with the number masked, for a channel. `event` says
 * whether it was met or has ended without.
 */
export function watchedCard(reply: WatchedReply, viewer: Viewer): Card {
  const words = wordsFor(viewer.locale);
  const { last, iccid } = reply;
  const parts = last && readingParts(last.reading, iccid, viewer, words.card);
  const inPublic = viewer.audience === 'public';
  const { met, metHere, ended } = words.watch;
  const told = reply.event === 'met' ? (inPublic ? metHere : met)(reply.condition) : ended(reply.event);
  return {
    title: parts?.title ?? words.card.esim(maskIccid(iccid)),
    tone: parts?.tone ?? (reply.event === 'met' ? 'attention' : 'neutral'),
    meters: parts?.meters ?? [],
    lines: [told, ...(parts?.lines ?? [identityLine(iccid, viewer)])],
    facts: [],
    freshness: last ? [words.card.asOf(instantFrom(viewer.now, last.asOf, 'relative'))] : [],
    actions: [
      inPublic
        ? { kind: 'show', label: words.actions.show, style: 'normal' }
        : { kind: 'ask', topic: 'usage', label: words.actions.refresh, style: 'primary' },
    ],
  };
}

/**
 * The choice of what to be told, and whether the channel is to be; `iccid` absent: which eSIM was not said. `asked`:
 * what was said and can not be watched for.
 */
export function watchChoiceCard(
  iccid: Iccid | undefined,
  viewer: Viewer,
  inChannel: boolean,
  asked?: string,
): Card {
  const { watch, refusal } = wordsFor(viewer.locale);
  if (iccid === undefined) return plain(refusal.titles['malformed-iccid'], [watch.whichEsim]);
  const choices = (label: (condition: WatchCondition) => string, more: string) =>
    WATCH_CONDITIONS.map(
      (condition): AskAction => ({
        kind: 'ask',
        topic: 'watch',
        words: `${condition}${more}`,
        label: label(condition),
        style: 'normal',
      }),
    );
  const not = asked === undefined ? [] : [watch.notThat(foreign(asked, 'given', 'private'))];
  const lines = [
    ...not,
    identityLine(iccid, viewer),
    ...(inChannel ? [watch.orHere] : []),
    watch.orWrite(`watch ${iccid} 25`),
  ];
  return {
    ...plain(watch.whenToTell, lines),
    menu: {
      kind: 'choice',
      label: watch.choice,
      options: [...choices(watch.choose, ''), ...(inChannel ? choices(watch.chooseHere, ' channel') : [])],
    },
  };
}

/** What came of the choice. */
export function watchOutcomeCard(iccid: Iccid, outcome: WatchOutcome, viewer: Viewer): Card {
  const { watch } = wordsFor(viewer.locale);
  const isThere = outcome.kind === 'set' || outcome.kind === 'known';
  const lines = [outcomeLine(outcome, viewer), ...(outcome.kind === 'set' ? [watch.howToList] : [])];
  return {
    ...plain(watch.headline(isThere ? outcome.condition : undefined), lines),
    facts: iccidFact(iccid, viewer),
  };
}

/**
 * Everything a person watches, each with its Stop; `stopped`: what was just done; `unreadable`: how many more there
 * are.
 */
export function watchListCard(
  watches: readonly ListedWatch[],
  viewer: Viewer,
  stopped?: boolean,
  unreadable = 0,
): Card {
  const words = wordsFor(viewer.locale);
  const { watch } = words;
  const shown = watches.slice(0, MAX_LISTED_WATCHES);
  const stops = shown.map(
    ({ id, iccid, condition }, about): AskAction => ({
      kind: 'ask',
      topic: 'watches',
      about,
      words: `stop ${id}`,
      label: watch.stop(clip(viewer.names?.get(iccid) ?? maskIccid(iccid), SHORT_NAME), condition),
      style: 'normal',
    }),
  );
  const notice = stopped === undefined ? [] : [watch.stopped(stopped)];
  const esims = new Set(watches.map(({ iccid }) => iccid)).size;
  // What cannot be read is not counted: none is said only where there is none.
  const title = esims === 0 && unreadable > 0 ? words.home.troubled : watch.watched(esims);
  return {
    ...plain(title, [
      ...notice,
      ...(shown.length + unreadable === 0 ? [watch.none] : []),
      ...(shown.length < watches.length ? [words.topics.topups.more(watches.length - shown.length)] : []),
      ...(unreadable === 0 ? [] : [watch.unreadable(unreadable)]),
    ]),
    ...(shown.length === 0
      ? {}
      : {
          table: {
            caption: watch.soonestFirst,
            columns: [
              { label: words.list.columns.esim, align: 'text' },
              { label: watch.columns.condition, align: 'text' },
              { label: watch.columns.next, align: 'text' },
              { label: watch.columns.to, align: 'text' },
            ],
            rows: shown.map((one) => watchRow(one, viewer, words)),
          },
          menu: { kind: 'choice', label: watch.stopOne, options: stops },
        }),
  };
}

/** No sign: a watch says nothing of how its eSIM stands. */
function watchRow(
  { iccid, condition, channelId, nextLookAt }: ListedWatch,
  viewer: Viewer,
  { card, watch }: Words,
): Row {
  const esim = shortIdentity(iccid, viewer);
  const wanted: Line = [watch.condition(condition)];
  const next = instantFrom(viewer.now, nextLookAt, 'time');
  const channel = channelOf(channelId);
  return {
    cells: [esim, wanted, [next], [channel ?? watch.toYou]],
    line: dotted([esim, wanted, card.nextCheck(next), ...(channel ? [[channel]] : [])]),
  };
}

/** What came of stopping every watch on an eSIM, an eSIM a line. */
export function unwatchedCard(
  stopped: readonly { readonly iccid: Iccid; readonly count: number }[],
  viewer: Viewer,
): Card {
  const { watch } = wordsFor(viewer.locale);
  const lines = stopped.map(({ iccid, count }) => watch.unwatched(maskIccid(iccid), count));
  const count = stopped.reduce((sum, one) => sum + one.count, 0);
  return plain(watch.stoppedAll(count), [...lines.slice(0, MAX_LISTED_WATCHES), watch.howToList]);
}

function outcomeLine(outcome: WatchOutcome, viewer: Viewer): Line {
  const { watch } = wordsFor(viewer.locale);
  switch (outcome.kind) {
    case 'set': {
      const endsAt = instantFrom(viewer.now, outcome.endsAt, 'time');
      const channel = channelOf(outcome.channelId);
      return channel
        ? watch.setHere(outcome.condition, channel, endsAt)
        : watch.set(outcome.condition, endsAt);
    }
    case 'known':
      return (outcome.channelId === undefined ? watch.known : watch.knownHere)(outcome.condition);
    case 'already-so':
      return watch.alreadySo(outcome.condition);
    case 'not-for-unlimited':
      return watch.notForUnlimited;
    case 'too-many':
      return watch.tooMany(outcome.most);
    case 'no-channel':
      return watch.noChannel;
    case 'channel-closed':
      return watch.channelClosed;
    case 'channel-failed':
      return watch.channelFailed;
    default:
      return outcome satisfies never;
  }
}

function channelOf(id: string | undefined): Span | undefined {
  return id === undefined ? undefined : mention('channel', id);
}

function plain(title: string, lines: readonly Line[]): Card {
  return { title, tone: 'neutral', lines, meters: [], facts: [], freshness: [], actions: [] };
}
