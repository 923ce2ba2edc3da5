import type { AlertEntry, AlertFace, AlertPerson } from '../domain/alert.ts';
import type { AlertPress, OperatorNotice } from '../usage/alert-board.ts';
import type { AlertAction, Card, Fact, Line } from './card.ts';
import { code, foreign, instant, mention } from './spans.ts';
import type { AlertWords } from './words/alerts.ts';
import { wordsFor } from './words.ts';

/** Where an alert is shown: always a place that others read. */
export interface AlertViewer {
  readonly platform: string;
  /** BCP 47, of the channel. */
  readonly locale: string;
}

/** From here on the warning is the last of its kind. */
const URGENT_PERCENT = 90;
const URGENT_DAYS = 1;
const SERVICES = { slack: 'Slack', discord: 'Discord', airalo: 'Airalo' } as const;
const PLATFORMS: Readonly<Record<string, string>> = { slack: SERVICES.slack, discord: SERVICES.discord };

/** The parent message: the newest of each kind of warning, who has it, what can be pressed. */
export function alertCard(face: AlertFace, viewer: AlertViewer): Card {
  const { alerts: words } = wordsFor(viewer.locale);
  return {
    title: titleOf(face, words),
    tone: isUrgent(face) ? 'bad' : 'attention',
    lines: linesOf(face, words),
    meters: [],
    facts: factsOf(face, words),
    freshness: [
      ...(face.claim
        ? [words.takenBy(who(face.claim, viewer, words), instant(face.claim.at, 'date-time'))]
        : []),
      ...(face.mute ? [words.mutedBy(who(face.mute, viewer, words), instant(face.mute.until, 'date'))] : []),
    ],
    actions: actionsOf(face, words),
  };
}

/** One warning as a line of the thread; its instant makes it unlike every other. */
export function alertEntryLine({ at, event }: AlertEntry, { locale }: AlertViewer): Line {
  const { alerts: words } = wordsFor(locale);
  const when = instant(at, 'date-time');
  if (event.kind === 'credit') return words.creditEntry(when, event.percent, event.remaining);
  const { level, remainingPercent } = event;
  return level.kind === 'used'
    ? words.usedEntry(when, level.percent, remainingPercent)
    : words.endingEntry(when, level.days);
}

/** What the bot says of itself; the remedy stands in the words of the log, which name settings. */
export function operatorNoticeLines({ kind, refusal }: OperatorNotice, locale: string): Line[] {
  const { alerts: words } = wordsFor(locale);
  const service = SERVICES[refusal.service];
  if (kind === 'taken') return [words.credentialsTaken(service, code(refusal.name))];
  return [words.credentialsRefused(service, code(refusal.name)), [refusal.remedy]];
}

/** What the presser alone is told; undefined where the face says it. */
export function alertPressLine(press: AlertPress, viewer: AlertViewer): Line | undefined {
  const { alerts: words } = wordsFor(viewer.locale);
  switch (press.kind) {
    case 'changed':
      return undefined;
    case 'held':
      return words.held(
        who(press.by, viewer, words),
        instant(press.at, 'date-time'),
        instant(press.freeAt, 'date-time'),
      );
    case 'gone':
      return words.gone;
    default:
      return press satisfies never;
  }
}

/** The end is the more pressing news, once it is near. */
function titleOf({ about, used, ending, latestAt }: AlertFace, words: AlertWords): string {
  if (about.kind === 'credit') return words.creditTitle(used?.percent ?? 0);
  if (ending && (!used || ending.at === latestAt)) return words.endingTitle(about.masked, ending.days);
  return words.usedTitle(about.masked, used?.percent ?? 0);
}

function isUrgent({ used, ending }: AlertFace): boolean {
  return (used?.percent ?? 0) >= URGENT_PERCENT || (ending?.days ?? Infinity) <= URGENT_DAYS;
}

function linesOf({ about, used, ending, remainingPercent }: AlertFace, words: AlertWords): Line[] {
  if (about.kind === 'credit') return [words.credit(used?.percent ?? 0), words.creditNext];
  return [
    ...(used ? [words.used(used.percent)] : []),
    ...(ending ? [words.ending(ending.days, instant(ending.at, 'date-time'))] : []),
    ...(remainingPercent === undefined ? [] : [words.left(remainingPercent)]),
    words.topUp,
  ];
}

function factsOf({ about, packageName = '', remaining, latestAt }: AlertFace, words: AlertWords): Fact[] {
  const { labels } = words;
  return [
    ...(about.kind === 'esim' && packageName !== ''
      ? [{ label: labels.package, value: [foreign(packageName, 'package', 'public')] }]
      : []),
    ...(remaining === undefined ? [] : [{ label: labels.creditLeft, value: [words.amount(remaining)] }]),
    { label: labels.warnedAt, value: [instant(latestAt, 'date-time')] },
  ];
}

function actionsOf({ about, mute }: AlertFace, { actions }: AlertWords): AlertAction[] {
  const hush = mute ? 'unmute' : 'mute';
  return [
    ...(about.kind === 'esim'
      ? [{ kind: 'alert', deed: 'show', label: actions.show, style: 'primary' } as const]
      : []),
    { kind: 'alert', deed: 'take', label: actions.take, style: 'normal' },
    { kind: 'alert', deed: hush, label: actions[hush], style: 'normal' },
  ];
}

/** An id of one platform means nothing on another. */
function who({ platform, personId }: AlertPerson, viewer: AlertViewer, words: AlertWords): Line {
  if (platform === viewer.platform) return [mention('person', personId)];
  return words.somebodyOn(PLATFORMS[platform] ?? platform);
}
