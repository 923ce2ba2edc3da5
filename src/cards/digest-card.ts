import type { DigestSchedule, NamedChannel } from '../domain/digest-schedule.ts';
import { type Iccid, maskIccid } from '../domain/iccid.ts';
import type { DigestReport, DigestRows } from '../usage/digest-report.ts';
import type { Card, Line, PrivateViewer, Span } from './card.ts';
import { listCard } from './list-card.ts';
import { foreign, instant, mention } from './spans.ts';
import { wordsFor } from './words.ts';

/** A digest in the list of its owner. */
export interface ListedDigest {
  readonly schedule: DigestSchedule;
  /** Absent: it comes to its owner alone. */
  readonly channelId?: string;
  /** Epoch ms. */
  readonly nextAt: number;
  /** Epoch ms: it could not be posted, and rests until it is set again. */
  readonly pausedAt?: number;
}

/** What has become of the wish for a digest. */
export type DigestOutcome =
  /** `elsewhere`: the id of another channel than the one it was typed in. */
  | {
      readonly kind: 'set';
      readonly schedule: DigestSchedule;
      readonly nextAt: number;
      readonly elsewhere?: string;
    }
  | { readonly kind: 'off'; readonly stopped: boolean }
  | { readonly kind: 'too-many'; readonly most: number }
  | { readonly kind: 'unreadable'; readonly given: string }
  | { readonly kind: 'elsewhere'; readonly channel: NamedChannel }
  | { readonly kind: 'channel-closed' | 'channel-failed' };

/** For whom a digest is drawn: a channel never sees a name or a whole number. */
export interface DigestViewer {
  readonly locale: string;
  readonly now: number;
  readonly toChannel: boolean;
  readonly names?: ReadonlyMap<Iccid, string>;
}

/** The eSIMs to look at as one table, the worst first; the button gives them all to whoever presses, alone. */
export function digestCard({ rows, more }: DigestRows, viewer: DigestViewer): Card {
  const { locale, now, toChannel, names } = viewer;
  const words = wordsFor(locale);
  const known = names && !toChannel ? { names } : {};
  const listed = rows.map(({ iccid, last }, index) => ({
    iccid,
    index,
    reply: {
      kind: 'cached',
      iccid,
      reading: last.reading,
      asOf: last.asOf,
      refreshableAt: now,
      because: 'within-window',
    } as const,
  }));
  const { menu: _, ...card } = listCard(listed, { audience: 'private', locale, now, ...known });
  const silent = rows.filter(({ concern }) => concern === 'silent').map(({ iccid }) => iccid);
  const called = silent.map((iccid) => known.names?.get(iccid) ?? maskIccid(iccid)).join(', ');
  return {
    ...card,
    title: words.digest.headline(rows.length + more),
    lines: [
      ...(silent.length === 0 ? [] : [words.digest.silent(called)]),
      ...(more === 0 ? [] : [words.topics.topups.more(more)]),
    ],
    actions: [{ kind: 'show', label: words.actions.show, style: 'normal' }],
  };
}

/** What would be posted now, for the asker alone. */
export function digestPreviewCard(found: DigestRows, viewer: PrivateViewer): Card {
  const { digest } = wordsFor(viewer.locale);
  if (found.rows.length === 0) return plain(digest.nothingTitle, [digest.nothing]);
  const { locale, now, names } = viewer;
  const card = digestCard(found, { locale, now, toChannel: false, ...(names ? { names } : {}) });
  return { ...card, lines: [digest.preview, ...card.lines], actions: [] };
}

/** Those that a person has set, with the numbers by which `digest off 2` ends one; `sealed`: how many more there are. */
export function digestListCard(
  digests: readonly ListedDigest[],
  sealed: number,
  { locale, now }: PrivateViewer,
): Card {
  const { digest, home } = wordsFor(locale);
  const more = sealed === 0 ? [] : [digest.sealed(sealed)];
  if (digests.length === 0)
    return more.length > 0 ? plain(home.troubled, more) : plain(digest.noneSet, [digest.none]);
  const items = digests.map(({ schedule, nextAt, channelId, pausedAt }, index): Line => {
    const channel = channelId === undefined ? undefined : mention('channel', channelId);
    const item =
      pausedAt === undefined
        ? digest.item(schedule, instant(nextAt, 'date-time'), channel)
        : digest.pausedItem(schedule, instant(pausedAt, 'date-time'), channel);
    return [`${index + 1}. `, ...item];
  });
  const [next] = digests
    .filter(({ pausedAt }) => pausedAt === undefined)
    .toSorted((left, right) => left.nextAt - right.nextAt);
  const title = digest.listed(digests.length, next && { at: next.nextAt, now, zone: next.schedule.zone });
  return plain(title, [...items, ...more, digest.howToEndByNumber]);
}

/** What came of a wish. */
export function digestOutcomeCard(outcome: DigestOutcome, { locale }: PrivateViewer): Card {
  const { digest, watch } = wordsFor(locale);
  switch (outcome.kind) {
    case 'set': {
      const { schedule, elsewhere } = outcome;
      const nextAt = instant(outcome.nextAt, 'date-time');
      const told =
        elsewhere === undefined
          ? [digest.set(nextAt), digest.howToEnd]
          : [digest.setElsewhere(nextAt, mention('channel', elsewhere)), digest.howToEndByNumber];
      return plain(digest.setTitle(schedule), told);
    }
    case 'off':
      return plain(digest.off(outcome.stopped), []);
    case 'too-many':
      return plain(digest.noneSet, [digest.tooMany(outcome.most)]);
    case 'unreadable':
      return plain(digest.noneSet, [digest.unreadable(foreign(outcome.given, 'given', 'private'))]);
    case 'elsewhere':
      return plain(digest.noneSet, [digest.elsewhere(namedSpan(outcome.channel))]);
    case 'channel-closed':
      return plain(digest.noneSet, [watch.channelClosed]);
    case 'channel-failed':
      return plain(digest.noneSet, [watch.channelFailed]);
    default:
      return outcome satisfies never;
  }
}

/** What is the matter with a digest, for its owner. */
export function digestNoteLine(note: Exclude<DigestReport, { kind: 'digest' }>, locale: string): Line {
  const { digest } = wordsFor(locale);
  return note.kind === 'missed'
    ? digest.missed(instant(note.dueAt, 'date-time'))
    : digest.closed(note.channelId);
}

/** A name holds letters, digits, `-` and `_` alone. */
function namedSpan(channel: NamedChannel): Span {
  return channel.kind === 'id' ? mention('channel', channel.id) : `#${channel.name}`;
}

function plain(title: string, lines: readonly Line[]): Card {
  return { title, tone: 'neutral', lines, meters: [], facts: [], freshness: [], actions: [] };
}
