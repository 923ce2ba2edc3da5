import type { AlertEntry, AlertFace, AlertPerson } from '../domain/alert.ts';
import type { AlertPress, OperatorNotice } from '../usage/alert-board.ts';
import type { AlertAction, Card, Line } from './card.ts';
import { code, dotted, foreign, instant, mention } from './spans.ts';
import type { AlertWords } from './words/alerts.ts';
import { type Words, wordsFor } from './words.ts';

/** Where an alert is shown: always a place that others read. */
export interface AlertViewer {
  /** Of `PLATFORM_NAMES`: people are mentioned only where their id means something. */
  readonly platform: string;
  /** BCP 47, of the channel. */
  readonly locale: string;
}

/** Share of the data or the credit that is used, 0 to 100: from here on the warning is the last of its kind. */
const URGENT_PERCENT = 90;
/** Days to the end of the plan, from which on the same holds. */
const URGENT_DAYS = 1;
/** Names of their own, the same in every language. */
const SERVICES = { slack: 'Slack', discord: 'Discord', telegram: 'Telegram', airalo: 'Airalo' } as const;
const PLATFORMS: Readonly<Record<string, string>> = {
  slack: SERVICES.slack,
  discord: SERVICES.discord,
  telegram: SERVICES.telegram,
};

/**
 * The parent message: the newest of each kind of warning, who has it, what can be pressed. Everybody in the channel
 * reads it: the number is masked, foreign text has its ICCIDs masked. Pure.
 */
export function alertCard(face: AlertFace, viewer: AlertViewer): Card {
  const { alerts: words } = wordsFor(viewer.locale);
  return {
    title: titleOf(face, words),
    tone: isUrgent(face) ? 'bad' : 'attention',
    lines: linesOf(face, viewer),
    meters: [],
    facts: [],
    freshness: [
      ...(face.claim
        ? [words.takenBy(who(face.claim, viewer, words), instant(face.claim.at, 'date-time'))]
        : []),
      ...(face.mute
        ? [words.mutedBy(byWhom(face.mute, viewer, words), instant(face.mute.until, 'date'))]
        : []),
    ],
    actions: actionsOf(face, words),
  };
}

/**
 * One warning as a line of the thread; its instant makes it unlike every other, by which an earlier try is known
 * again.
 */
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

/** What the presser alone is told; undefined where the face says it, which changes by itself. */
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

/** The end is the more pressing news, once it is near: whichever warning is the newer stands in the title. */
function titleOf({ about, used, ending, latestAt, remainingPercent }: AlertFace, words: AlertWords): string {
  if (about.kind === 'credit') return words.creditTitle(used?.percent ?? 0);
  if (ending && (!used || ending.at === latestAt)) return words.endingTitle(about.masked, ending.days);
  return words.usedTitle(about.masked, leftOf(used?.percent ?? 0, remainingPercent));
}

/** Airalo's own figure where it sends one, and never more than the highest level that it has warned of leaves. */
function leftOf(usedPercent: number, remainingPercent = 100): number {
  return Math.max(0, Math.min(100 - usedPercent, remainingPercent));
}

function isUrgent({ used, ending }: AlertFace): boolean {
  return (used?.percent ?? 0) >= URGENT_PERCENT || (ending?.days ?? Infinity) <= URGENT_DAYS;
}

/** Each fact once: what the title has told is not told again. */
function linesOf(face: AlertFace, { locale }: AlertViewer): Line[] {
  const words = wordsFor(locale);
  const { about, used, ending, latestAt, remainingPercent, remaining } = face;
  const warned = words.alerts.warned(instant(latestAt, 'date-time'));
  if (about.kind === 'credit') {
    const left = remaining === undefined ? [] : [words.alerts.creditLeft(remaining)];
    return [dotted([...left, warned]), words.alerts.creditNext];
  }
  const name = packageInWords(face.packageName ?? '', words);
  const isAboutEnd = ending !== undefined && (used === undefined || ending.at === latestAt);
  const other = isAboutEnd
    ? used || remainingPercent !== undefined
      ? [words.alerts.left(leftOf(used?.percent ?? 0, remainingPercent))]
      : []
    : ending
      ? [words.alerts.ending(ending.days, instant(ending.at, 'date-time'))]
      : [];
  const named = name === '' ? [] : [[foreign(name, 'package', 'public')]];
  return [dotted([...named, warned]), ...other, words.alerts.topUp];
}

/** `sakura-mobile-15days-5gb` as a person says it: `Sakura Mobile 5 GB, 15 days`; anything else as it came. */
function packageInWords(slug: string, { topics }: Words): string {
  const parts = /^([a-z][a-z-]*?)-(\d{1,3})days?-(\d{1,4})(gb|mb)(?:-topup)?$/.exec(slug);
  if (!parts) return slug;
  const [, name = '', days, amount = '', unit = ''] = parts;
  const said = name.replace(
    /(^|-)([a-z])/g,
    (_, gap: string, first: string) => `${gap === '' ? '' : ' '}${first.toUpperCase()}`,
  );
  return `${said} ${amount} ${unit.toUpperCase()}, ${topics.esim.days(Number(days))}`;
}

/** Show needs an eSIM; a warning about the credit has none. */
function actionsOf({ about, claim, mute }: AlertFace, { actions }: AlertWords): AlertAction[] {
  const hush = mute ? 'unmute' : 'mute';
  return [
    ...(about.kind === 'esim'
      ? [{ kind: 'alert', deed: 'show', label: actions.show, style: 'primary' } as const]
      : []),
    { kind: 'alert', deed: 'take', label: claim ? actions.release : actions.take, style: 'normal' },
    { kind: 'alert', deed: hush, label: actions[hush], style: 'normal' },
  ];
}

/** The same within a sentence. */
function byWhom(person: AlertPerson, viewer: AlertViewer, words: AlertWords): Line {
  const { platform } = person;
  const isElsewhere = platform !== viewer.platform;
  return isElsewhere ? words.bySomebodyOn(PLATFORMS[platform] ?? platform) : who(person, viewer, words);
}

/** An id of one platform means nothing on another. */
function who({ platform, personId }: AlertPerson, viewer: AlertViewer, words: AlertWords): Line {
  if (platform === viewer.platform) return [mention('person', personId)];
  return words.somebodyOn(PLATFORMS[platform] ?? platform);
}
