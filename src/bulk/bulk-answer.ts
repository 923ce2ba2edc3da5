import { headlineOf } from '../cards/headline.ts';
import { needsAttention } from '../cards/list-card.ts';
import type { BulkWords } from '../cards/words/bulk.ts';
import { wordsFor } from '../cards/words.ts';
import type { BulkCount, BulkCounts, BulkRow } from '../domain/bulk.ts';
import { findIccids, type Iccid, luhnHolds } from '../domain/iccid.ts';
import { hasFigures } from '../domain/usage.ts';
import type { Snapshot, SnapshotCache } from '../storage/ports.ts';
import type { BulkWork, RowEnd } from './bulk-job.ts';
import { iso, type RowAnswer, writeCsv } from './csv-answer.ts';

/** A list written down, or the eSIMs whose reading the cache has lost: they are to be read again. */
export type BulkAnswer =
  | {
      readonly kind: 'written';
      readonly csv: Buffer;
      readonly counts: BulkCounts;
      /** Rows with a reading that somebody should look at. */
      readonly attention: number;
    }
  | { readonly kind: 'lost'; readonly iccids: readonly Iccid[] };

/** What one row adds to the counts, and what its line says. */
type Answered = { readonly count: BulkCount; readonly answer: RowAnswer };
/** The part of a list that its file is written from. */
type Written = Pick<BulkWork, 'rows' | 'repeated' | 'elsewhere' | 'delimiter' | 'locale'>;

/** The eSIMs of a list, in its order. */
export function iccidsOf(rows: readonly BulkRow[]): Iccid[] {
  return rows.flatMap((row) => ('iccid' in row ? findIccids(row.iccid) : []));
}

/**
 * Puts together what is known of each row. `ends` holds an entry for each eSIM of the list; one
 * without it counts as lost. Readings come from the cache, which may throw `StoreError`. `now` in
 * epoch ms.
 */
export async function writeAnswer(
  list: Written,
  ends: ReadonlyMap<Iccid, RowEnd>,
  snapshots: SnapshotCache,
  now: number,
): Promise<BulkAnswer> {
  const { bulk: words, card } = wordsFor(list.locale);
  const counts = {
    read: 0,
    older: 0,
    unknown: 0,
    unread: 0,
    invalid: 0,
    repeated: list.repeated,
    elsewhere: list.elsewhere,
  };
  const lost: Iccid[] = [];
  let attention = 0;
  const rows: (BulkRow & { readonly answer: RowAnswer })[] = [];
  for (const row of list.rows) {
    const [iccid] = iccidsOf([row]);
    const answered =
      iccid === undefined ? invalid(row, words) : await answerTo(iccid, ends, snapshots, words);
    if (answered === undefined && iccid !== undefined) lost.push(iccid);
    if (!answered) continue;
    const { count, answer } = answered;
    counts[count]++;
    if (answer.kind === 'reading' && needsAttention(headlineOf(answer.reading, now, card).tone)) attention++;
    rows.push({ ...row, answer });
  }
  if (lost.length > 0) return { kind: 'lost', iccids: lost };
  return { kind: 'written', csv: writeCsv(rows, list.delimiter), counts, attention };
}

/**
 * Undefined when a reading that was there is not any more. The cache keeps readings far longer than
 * a list lives: so only where the store was emptied, or an entry damaged.
 */
async function answerTo(
  iccid: Iccid,
  ends: ReadonlyMap<Iccid, RowEnd>,
  snapshots: SnapshotCache,
  words: BulkWords,
): Promise<Answered | undefined> {
  const end = ends.get(iccid);
  if (end === undefined) return undefined;
  if (end.kind === 'declined') return { count: 'unread', answer: none(words.notes.declined(end.detail)) };
  const until = 'until' in end && end.until !== undefined ? iso(end.until) : undefined;
  if (end.kind === 'unread') return { count: 'unread', answer: none(words.notes.unread[end.because](until)) };
  const known = await snapshots.get(iccid);
  return known && learnt(iccid, known, end, words, until);
}

/** A reading without figures is an answer all the same; its note says why the cells are empty. */
function learnt(
  iccid: Iccid,
  known: Snapshot,
  end: Extract<RowEnd, { kind: 'learnt' | 'older' }>,
  words: BulkWords,
  until: string | undefined,
): Answered {
  if (known.kind === 'unknown-esim')
    return { count: 'unknown', answer: none(words.notes.unknown(!luhnHolds(iccid))) };
  const { reading, asOf } = known;
  const older = end.kind === 'older' ? [words.notes.older[end.because](until)] : [];
  const empty = hasFigures(reading) ? [] : [words.notes.noFigures];
  const note = [...older, ...empty].join(' ');
  return { count: end.kind === 'older' ? 'older' : 'read', answer: { kind: 'reading', reading, asOf, note } };
}

function invalid(row: BulkRow, words: BulkWords): Answered {
  return { count: 'invalid', answer: none('problem' in row ? words.notes.invalid(row.problem) : '') };
}

function none(note: string): RowAnswer {
  return { kind: 'none', note };
}
