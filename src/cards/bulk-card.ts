import type { BulkCount, BulkCounts, BulkFace, BulkRefusal } from '../domain/bulk.ts';
import type { Card, Line, Meter, Viewer } from './card.ts';
import { createFigures } from './figures.ts';
import { barOf } from './meters.ts';
import { instant } from './spans.ts';
import type { BulkWords } from './words/bulk.ts';
import { wordsFor } from './words.ts';

const MINUTE_MS = 60_000;
/** The order in which they are told, from what was read to what has no row of its own. */
const COUNTS: readonly BulkCount[] = [
  'read',
  'older',
  'unknown',
  'unread',
  'invalid',
  'repeated',
  'elsewhere',
];

/**
 * The message about a list: how far it is, what came of it, or why it is not taken. Always private: its file has full
 * numbers. Pure.
 */
export function bulkCard(face: BulkFace, { locale }: Pick<Viewer, 'locale'>): Card {
  const { bulk: words, list } = wordsFor(locale);
  const card = { meters: [], facts: [], freshness: [], actions: [] };
  switch (face.kind) {
    case 'reading':
      return {
        ...card,
        title: words.titles.reading,
        tone: 'waiting',
        meters: [meterOf(face, words)],
        lines: [...leftOf(face, words), words.comesHere],
        actions: [{ kind: 'cancel-list', label: words.cancel, style: 'danger' }],
      };
    case 'finished': {
      const { counts } = face;
      const bad = face.attention + counts.unknown;
      return {
        ...card,
        title: list.title(counts.read + counts.older + counts.unknown + counts.unread, bad, counts.unread),
        tone: bad + counts.unread > 0 ? 'attention' : 'good',
        lines: finishedLines(counts, words, locale),
      };
    }
    case 'cancelled':
      return {
        ...card,
        title: words.titles.cancelled,
        tone: 'neutral',
        lines: [words.cancelled(face.done, face.total)],
      };
    case 'unsent':
      return { ...card, title: words.titles.unsent, tone: 'bad', lines: [words.unsent] };
    case 'refused':
      return {
        ...card,
        title: words.titles.refused,
        tone: 'attention',
        lines: [bulkRefusalLine(face.refusal, words)],
      };
    default:
      return face satisfies never;
  }
}

/** Why a list is not taken, in one paragraph; also said alone, where there is no card. */
export function bulkRefusalLine(refusal: BulkRefusal, words: BulkWords): Line {
  switch (refusal.kind) {
    case 'too-large':
      return words.tooLarge(refusal.mostKb);
    case 'broken':
      return words.broken(refusal.line);
    case 'too-many':
      return words.tooMany(refusal.found, refusal.most);
    case 'too-many-cells':
      return words.tooManyCells(refusal.most);
    case 'day-used-up':
      return words.dayUsedUp(refusal.most, refusal.left, instant(refusal.until, 'date-time'));
    default:
      return words.refusals[refusal.kind];
  }
}

/** Full only when nothing is open, and empty only when nothing is done. */
function meterOf({ done, total }: Extract<BulkFace, { kind: 'reading' }>, words: BulkWords): Meter {
  const percent = done === 0 ? 0 : done >= total ? 100 : (done / total) * 100;
  return { label: words.label, bar: barOf(percent), text: words.progress(done, total) };
}

/** How long what can be read now takes; and what Airalo lets be read only later. */
function leftOf({ leftMs, waiting }: Extract<BulkFace, { kind: 'reading' }>, words: BulkWords): Line[] {
  const minutes = Math.round((leftMs ?? 0) / MINUTE_MS);
  return [
    ...(leftMs === undefined ? [] : [words.minutesLeft(minutes)]),
    ...(waiting ? [words.waiting(waiting.count, instant(waiting.until, 'time'))] : []),
  ];
}

/** Every way that at least one row has gone. */
function finishedLines(counts: BulkCounts, words: BulkWords, locale: string): Line[] {
  const named = COUNTS.filter((count) => counts[count] > 0);
  // Repetitions, and numbers beside the column of ICCIDs, have no row of their own in the answer.
  const rows = COUNTS.reduce(
    (sum, count) => sum + (count === 'repeated' || count === 'elsewhere' ? 0 : counts[count]),
    0,
  );
  const list = createFigures(locale).list(named.map((count) => words.counts[count](counts[count])));
  return [words.finished(rows), ...(named.length > 0 ? [words.listed(list)] : [])];
}
