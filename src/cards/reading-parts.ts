import { type Iccid, maskIccid } from '../domain/iccid.ts';
import { expiryOf, hasFigures, type UsageReading } from '../domain/usage.ts';
import type { Card, Fact, Line, Meter, Span, Viewer } from './card.ts';
import { figureOf, headlineOf, isEmpty, lowKinds, saysHowFar } from './headline.ts';
import { dataMeter } from './meters.ts';
import { away, code, dotted, foreign, instant } from './spans.ts';
import { type CardWords, wordsFor } from './words.ts';

/** What a reading alone has to say, whenever and however it was got. */
export interface ReadingParts {
  /** The answer. */
  readonly title: string;
  readonly tone: Card['tone'];
  readonly meters: readonly Meter[];
  /** Which eSIM, its status and end, the next step. */
  readonly lines: readonly Line[];
}

/**
 * What a reading puts on a card, from its first line on. Nothing of when it was read: that is the card's own. Pure.
 */
export function readingParts(
  reading: UsageReading,
  iccid: Iccid,
  viewer: Viewer,
  words: CardWords,
): ReadingParts {
  return {
    ...headlineOf(reading, viewer.now, words),
    meters: isMeasured(reading) ? dataMeter(reading) : [],
    lines: [
      ...besideData(reading, words),
      identityLine(iccid, viewer),
      ...statusLine(reading, viewer, words),
      ...stepsOf(reading, viewer.now, words),
    ],
  };
}

/** What the eSIM is called and its number, to copy; in public the last digits alone. */
export function identityLine(iccid: Iccid, { audience, locale, names }: Viewer): Line {
  if (audience === 'public') return [wordsFor(locale).card.esim(maskIccid(iccid))];
  const name = names?.get(iccid);
  return [...(name === undefined ? [] : [foreign(name, 'name', 'private'), ' · ']), code(iccid)];
}

/** One of several in a list: its name, or its last digits; both where others have the same, as the eSIMs of one customer. */
export function shortIdentity(iccid: Iccid, { names }: Viewer): Line {
  const name = names?.get(iccid);
  if (name === undefined) return [maskIccid(iccid)];
  const isShared = [...(names?.values() ?? [])].filter((other) => other === name).length > 1;
  return [foreign(name, 'name', 'private'), ...(isShared ? [` ${maskIccid(iccid)}`] : [])];
}

/** The same as a fact, on cards that answer another question. */
export function iccidFact(iccid: Iccid, viewer: Viewer): Fact[] {
  if (viewer.audience === 'public') return [];
  return [{ label: wordsFor(viewer.locale).card.labels.iccid, value: identityLine(iccid, viewer) }];
}

/** A bar says something only of a plan that runs. */
function isMeasured({ status }: UsageReading): boolean {
  return status.kind === 'unseen' || status.name === 'ACTIVE';
}

/** Calls and texts on one line; what the headline tells already is left out. */
export function besideData(reading: UsageReading, words: CardWords): Line[] {
  const { data, voiceMinutes, textMessages, status, unread = [] } = reading;
  const isRunning = isMeasured(reading) || (status.kind === 'known' && status.name === 'NOT_ACTIVE');
  if (!isRunning) return [];
  const hasData = data.kind !== 'megabytes' || data.total > 0 || data.remaining > 0;
  const notKnown = (kind: 'calls' | 'texts') => `${words.labels[kind]} (${inMidLine(words.notKnown)})`;
  const parts = [
    ...(voiceMinutes && hasData ? [words.of('calls', voiceMinutes)] : []),
    ...(unread.includes('voice') ? [notKnown('calls')] : []),
    ...(textMessages && (hasData || voiceMinutes) ? [words.of('texts', textMessages)] : []),
    ...(unread.includes('texts') ? [notKnown('texts')] : []),
  ];
  return parts.length === 0 ? [] : [dotted(parts.map((part) => [part]))];
}

/** `Active · ends in 11 days (9 Dec, 8:01)`; of a plan that is over, what was lost with it. */
function statusLine(reading: UsageReading, viewer: Viewer, words: CardWords): Line[] {
  const { status, expiresAt } = reading;
  const name = status.kind === 'known' ? status.name : undefined;
  if (name === 'EXPIRED') return expiredLine(reading, viewer, words);
  if (name === 'RECYCLED') return [];
  const end = endsOf(reading, viewer, words);
  // What the headline has said is not said again: a status that is not the ordinary one, an end that has passed.
  if (name === 'ACTIVE' && expiresAt !== undefined && expiresAt <= viewer.now) return end;
  if (name !== undefined && name !== 'ACTIVE') return end.map(asSentence);
  return [dotted([[saidStatus(status, viewer, words)], ...end])];
}

/** Begins with a capital letter. */
function asSentence([first = '', ...rest]: Line): Line {
  return typeof first === 'string'
    ? [first.slice(0, 1).toUpperCase() + first.slice(1), ...rest]
    : [first, ...rest];
}

const inMidLine = (text: string) => text.slice(0, 1).toLowerCase() + text.slice(1);

/** Nothing where the plan has no end; that it could not be read is told, since somebody may wait for it. */
function endsOf(reading: UsageReading, viewer: Viewer, words: CardWords): Line[] {
  const { expiresAt, unread } = reading;
  if (unread?.includes('end')) return [[`${words.labels.ends} (${inMidLine(words.notKnown)})`]];
  if (expiresAt === undefined) return [];
  return [
    saysHowFar(reading, viewer.now)
      ? words.endsOn(instant(expiresAt, 'date-time'))
      : endOf(expiresAt, viewer, words),
  ];
}

/** The empty name: Airalo has reported none. */
function saidStatus(status: UsageReading['status'], { audience }: Viewer, words: CardWords): Span {
  if (status.kind === 'known') return words.statuses[status.name];
  return status.name === '' ? words.notKnown : foreign(status.name, 'status', audience);
}

/** How far off and when, or only when for what is past. */
function endOf(expiresAt: number, { now }: Viewer, words: CardWords): Line {
  const at = instant(expiresAt, 'date-time');
  return expiresAt <= now
    ? words.endedAt(at)
    : words.endsAt(away(expiresAt, words.away(expiresAt - now)), at);
}

function expiredLine({ data, expiresAt }: UsageReading, viewer: Viewer, words: CardWords): Line[] {
  const isPast = expiresAt !== undefined && expiresAt <= viewer.now;
  const at = isPast ? instant(expiresAt, 'date-time') : undefined;
  if (data.kind === 'megabytes' && data.remaining > 0) return [words.unused(data, at)];
  return at === undefined ? [] : [words.endedAt(at)];
}

/** What it means for the customer; nothing where Airalo has reported no status. */
function stepsOf(reading: UsageReading, now: number, words: CardWords): Line[] {
  const { status } = reading;
  if (status.kind === 'unseen') return status.name === '' ? [] : [words.unseenStatus];
  switch (status.name) {
    case 'ACTIVE':
      return activeSteps(reading, now, words);
    case 'FINISHED': {
      const { data } = reading;
      const hasRest = data.kind === 'unlimited' || (data.kind === 'megabytes' && data.remaining > 0);
      const left = hasRest ? figureOf(reading, words) : undefined;
      return [...(left === undefined ? [] : [words.stillReported(left)]), words.nextSteps.FINISHED];
    }
    default:
      return paragraphsOf(words.nextSteps[status.name]);
  }
}

/** Where the words break the line: each phone has its own way to the figure. */
function paragraphsOf(line: Line): Line[] {
  const lines: Span[][] = [[]];
  for (const span of line) {
    const [first = '', ...further] = typeof span === 'string' ? span.split('\n') : [span];
    lines.at(-1)?.push(first);
    for (const text of further) lines.push([text]);
  }
  return lines;
}

/** More than one can be due: empty, out of step and ending are told apart. */
function activeSteps(reading: UsageReading, now: number, words: CardWords): Line[] {
  if (!hasFigures(reading)) return [];
  const expiry = expiryOf(reading, now);
  const empty = isEmpty(reading);
  const low = lowKinds(reading).filter((kind) => !(empty && kind === 'data'));
  return [
    ...(empty || expiry === 'past' ? [words.outOfStep] : []),
    ...(empty ? [words.nextSteps.FINISHED] : []),
    ...(low.length > 0 ? [words.low(low), ...(empty ? [] : [words.nextSteps.FINISHED])] : []),
    ...(expiry === 'soon' && !empty ? [words.endingSoon] : []),
  ];
}
