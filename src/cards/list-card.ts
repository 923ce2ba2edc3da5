import { UPSTREAM_CACHE_MS } from '../domain/freshness.ts';
import { type Iccid, maskIccid } from '../domain/iccid.ts';
import { hasFigures, type UsageReading } from '../domain/usage.ts';
import { type DeferredReply, type Reply, readingIn } from '../usage/reply.ts';
import type { AskAction, Card, Line, PrivateViewer, Row, Tone } from './card.ts';
import { figureOf, headlineOf } from './headline.ts';
import { CARD_LIMITS } from './limits.ts';
import { besideData, shortIdentity } from './reading-parts.ts';
import { refusalTone } from './refusal-card.ts';
import { away, clip, dotted, foreign, instant, instantFrom } from './spans.ts';
import { type Words, wordsFor } from './words.ts';

/** A row of which it is known how it stands. */
type JudgedRow = Row & { readonly tone: Tone };

/** One of the eSIMs of a question; `index` is its place in the note that the buttons carry. */
export interface ListedReply {
  readonly iccid: Iccid;
  readonly index: number;
  readonly reply: Reply;
}

const MINUTE_MS = 60_000;
/** Within it a time of day is enough. */
const NEAR_MS = 12 * 60 * MINUTE_MS;
/** Minutes by which Airalo's own figures may lag behind. */
const LAG_MINUTES = UPSTREAM_CACHE_MS / MINUTE_MS;

/** The worst first: what needs somebody must not be looked for. */
const ORDER: readonly Tone[] = ['bad', 'low', 'attention', 'waiting', 'good', 'neutral'];
const NEEDS_ATTENTION: ReadonlySet<Tone> = new Set<Tone>(['bad', 'low', 'attention']);

/** Whether somebody should look at an eSIM whose card has this tone. */
export const needsAttention = (tone: Tone): boolean => NEEDS_ATTENTION.has(tone);

/**
 * Several eSIMs as one table, the worst first, with a choice of one to open, and all of it as a file. Private: it shows
 * names. The numbers are shortened, as many full ones would be unreadable; opening one shows it.
 */
export function listCard(listed: readonly ListedReply[], viewer: PrivateViewer): Card {
  const words = wordsFor(viewer.locale);
  const { list, actions } = words;
  const rows = listed
    .map((one) => ({ one, row: rowOf(one, viewer, words) }))
    .toSorted((left, right) => ORDER.indexOf(left.row.tone) - ORDER.indexOf(right.row.tone));
  const troubled = rows.filter(({ row }) => needsAttention(row.tone)).length;
  const waiting = rows.filter(({ row }) => row.tone === 'waiting').length;
  const title = list.title(listed.length, troubled, waiting);
  const isAway = listed.some(({ reply }) => 'because' in reply && reply.because === 'airalo-unavailable');
  return {
    title,
    tone: rows[0]?.row.tone ?? 'neutral',
    meters: [],
    lines: isAway ? [words.card.lastReading] : [],
    table: {
      caption: list.worstFirst,
      columns: [
        { label: list.columns.esim, align: 'text' },
        { label: list.columns.left, align: 'number' },
        { label: list.columns.status, align: 'text' },
        { label: list.columns.ends, align: 'text' },
      ],
      rows: rows.map(({ row }) => row),
    },
    facts: [],
    freshness: checkedLine(listed, viewer, words),
    actions: [{ kind: 'csv', label: actions.csv, style: 'normal' }],
    menu: {
      kind: 'choice',
      label: actions['open-one'],
      options: rows.map(({ one }) => openAction(one, viewer)),
    },
  };
}

function openAction({ iccid, index }: ListedReply, { names }: PrivateViewer): AskAction {
  // A long name must not hide which one it is.
  const end = maskIccid(iccid);
  const label = `${clip(names?.get(iccid) ?? '', CARD_LIMITS.actionLabel - end.length - 1)} ${end}`.trim();
  return {
    kind: 'ask',
    topic: 'usage',
    about: index,
    label,
    style: 'normal',
  };
}

/** One eSIM; a refused one keeps its older figures, with the reason where its status was. */
function rowOf({ iccid, reply }: ListedReply, viewer: PrivateViewer, words: Words): JudgedRow {
  const esim = shortIdentity(iccid, viewer);
  const known = readingIn(reply)?.reading;
  const row = known && knownCells(known, esim, viewer, words);
  if (reply.kind === 'refused') {
    const [, left = [], , ends = []] = row?.cells ?? [];
    const why = [words.refusal.titles[reply.refusal.reason]];
    const tone = refusalTone(reply.refusal.reason);
    return { tone, cells: [esim, left, why, ends], line: told([esim, why, left]) };
  }
  if (row) return row;
  const coming = reply.kind === 'deferred' ? waitingCell(reply, viewer, words) : [words.list.waiting];
  return { tone: 'waiting', cells: [esim, [], coming, []] };
}

const told = (parts: readonly Line[]): Line => dotted(parts.filter((part) => part.length > 0));

function knownCells(reading: UsageReading, esim: Line, viewer: PrivateViewer, words: Words): JudgedRow {
  const { now } = viewer;
  const { status, expiresAt } = reading;
  const { tone } = headlineOf(reading, now, words.card);
  const said: Line =
    status.kind === 'known'
      ? [words.card.statuses[status.name]]
      : [foreign(status.name, 'status', 'private')];
  const isOver = status.kind === 'known' && ['RECYCLED', 'UNKNOWN'].includes(status.name);
  const ends: Line =
    expiresAt === undefined || isOver ? [] : [away(expiresAt, words.card.away(expiresAt - now))];
  const left = leftCell(reading, words);
  return {
    tone,
    cells: [esim, left, said, ends],
    line: told([esim, ...rowWords(reading, left, said, viewer, words)]),
  };
}

/** Without headings: of a plan that runs how much and until when, of any other first what is the matter with it. */
function rowWords(
  { status, expiresAt }: UsageReading,
  left: Line,
  said: Line,
  { now }: PrivateViewer,
  { card }: Words,
): Line[] {
  const name = status.kind === 'known' ? status.name : undefined;
  const far = expiresAt === undefined ? undefined : away(expiresAt, card.away(expiresAt - now));
  const isPast = expiresAt !== undefined && expiresAt <= now;
  if (name === 'EXPIRED' && isPast && far) return [[card.headline.expired(expiresAt - now)], left];
  const isRunning = name === 'ACTIVE' || name === undefined;
  const ends = isRunning && far ? [isPast ? [card.headline.past(expiresAt - now)] : card.endsIn(far)] : [];
  return [...(name === 'ACTIVE' ? [] : [said]), left, ...ends];
}

/**
 * `1.3 GB of 5 GB`, with the calls and texts of a plan that has them; of a plan that has ended, what was lost with
 * it.
 */
function leftCell(reading: UsageReading, words: Words): Line {
  if (!hasFigures(reading)) return [];
  const { data, status } = reading;
  const isExpired = status.kind === 'known' && status.name === 'EXPIRED';
  if (isExpired)
    return data.kind === 'megabytes' && data.remaining > 0 ? [words.list.lost(data.remaining)] : [];
  const figure = mainFigure(reading, words);
  return dotted([...(figure === undefined ? [] : [[figure]]), ...besideData(reading, words.card)]);
}

function mainFigure(reading: UsageReading, { card }: Words): string | undefined {
  const { data } = reading;
  if (data.kind === 'unknown') return card.notKnown;
  return data.kind === 'megabytes' && data.total > 0 ? card.of('data', data) : figureOf(reading, card);
}

/** When its answer comes by itself, or that it is not there yet. */
function waitingCell({ promise }: DeferredReply, { now }: PrivateViewer, { list }: Words): Line {
  if (promise.kind === 'none') return [list.waiting];
  return list.comes(promise.answerAt <= now ? 'now' : instantFrom(now, promise.answerAt, 'time'));
}

/** One instant where all were checked within a minute, else the oldest and the newest. */
function checkedLine(listed: readonly ListedReply[], { now }: PrivateViewer, words: Words): Line[] {
  const checked = listed.flatMap(({ reply }) => {
    if (reply.kind === 'fresh' || reply.kind === 'cached') return [reply.asOf];
    return reply.kind !== 'watched' && reply.previous ? [reply.previous.asOf] : [];
  });
  if (checked.length === 0) return [];
  const [oldest, newest] = [Math.min(...checked), Math.max(...checked)];
  const lag = words.card.upstreamLag(LAG_MINUTES);
  if (newest - oldest < MINUTE_MS)
    return [dotted([words.card.asOf(instantFrom(now, oldest, 'relative')), lag])];
  const isNear = now - oldest < NEAR_MS;
  const style = isNear ? 'time' : 'date-time';
  return [dotted([words.list.checkedBetween(instant(oldest, style), instant(newest, style)), lag])];
}
