import type { BulkCount, BulkRefusal } from '../../domain/bulk.ts';
import type { IccidProblem } from '../../domain/iccid.ts';
import type { Line, Span } from '../card.ts';
import type { Say } from '../say.ts';

/** A refusal that says no more than its kind. */
type Plain = Exclude<
  BulkRefusal['kind'],
  'too-large' | 'broken' | 'too-many' | 'too-many-cells' | 'day-used-up'
>;

/** Why an eSIM of a list has no new reading; each has a sentence of its own in the file. */
type Because = 'rate-limited' | 'airalo-unavailable' | 'operator-needed';

/** Every word about lists of eSIMs that are sent as a file. */
export interface BulkWords {
  /** Of the form that takes a file. */
  readonly title: string;
  /** Of the message, by what it tells; a finished list has the headline of several eSIMs. */
  readonly titles: Readonly<Record<'reading' | 'cancelled' | 'unsent' | 'refused', string>>;
  /** Beside the bar, at most 80 characters. */
  readonly label: string;
  progress(done: number, total: number): string;
  /** How long the rest takes; 0 is less than a minute. */
  minutesLeft(minutes: number): Line;
  /** eSIMs that Airalo lets be read only later, the last of them at `until`. */
  waiting(count: number, until: Span): Line;
  /** What happens by itself. */
  readonly comesHere: Line;
  /** On the button; at most 30 characters. */
  readonly cancel: string;
  /** Of the form that takes a file. `send`: at most 24 characters. */
  readonly form: { file(mostKb: number): string; readonly send: string };
  /** Until the file is fetched and understood. */
  readonly taking: Line;
  /** In a channel, about a list that stands there or was sent from there. */
  readonly inDirectMessage: Line;
  /** Above the file; `rows` without the repetitions. */
  finished(rows: number): Line;
  /** What became of the rows, in one list, as a sentence. */
  listed(list: string): Line;
  /** Rows by how they ended. */
  readonly counts: Readonly<Record<BulkCount, (count: number) => string>>;
  /** What was read is kept: the same list, sent again, goes on from there. */
  cancelled(done: number, total: number): Line;
  /** The file could not be brought; the operator finds why in the log. */
  readonly unsent: Line;
  readonly refusals: Readonly<Record<Plain, Line>>;
  /** `mostKb` of 1024 bytes. */
  tooLarge(mostKb: number): Line;
  /** `line` counts from 1, as an editor shows it. */
  broken(line: number): Line;
  /** `found` rows where `most` are answered. */
  tooMany(found: number, most: number): Line;
  /** Cells that hold something, of the whole file. */
  tooManyCells(most: number): Line;
  /** `left` of the `most` rows a day; `until`: when the next day begins. */
  dayUsedUp(most: number, left: number, until: Span): Line;
  /** In the file, where times are ISO 8601 in UTC; one sentence or two, without line breaks. */
  readonly notes: {
    /** Beside an older reading; `until` where it is known when Airalo allows the next check. */
    readonly older: Readonly<Record<Because, (until: string | undefined) => string>>;
    /** The same where there is no reading at all. */
    readonly unread: Readonly<Record<Because, (until: string | undefined) => string>>;
    /** Airalo knows no such eSIM; `checkDigitOff`: perhaps because of a typing mistake. */
    unknown(checkDigitOff: boolean): string;
    /** `detail` in Airalo's own words: foreign, and one line already. */
    declined(detail: string): string;
    readonly noFigures: string;
    invalid(problem: IccidProblem): string;
  };
}

/** The words about lists. */
export function bulkWords({ text, line }: Say): BulkWords {
  const note = (kind: 'older' | 'unread', because: Because) => (until: string | undefined) =>
    until === undefined
      ? text(`bulk.notes.${kind}.${because}`)
      : text(`bulk.notes.${kind}.${because}.until`, { until });
  return {
    title: text('bulk.title'),
    titles: {
      reading: text('bulk.titles.reading'),
      cancelled: text('bulk.titles.cancelled'),
      unsent: text('bulk.titles.unsent'),
      refused: text('bulk.titles.refused'),
    },
    label: text('bulk.label'),
    progress: (done, total) => text('bulk.progress', { done, total }),
    minutesLeft: (minutes) =>
      minutes === 0 ? line('bulk.minutesLeft.none') : line('bulk.minutesLeft', { minutes }),
    waiting: (count, until) => line('bulk.waiting', { count, until }),
    comesHere: line('bulk.comesHere'),
    cancel: text('bulk.cancel'),
    form: { file: (mostKb) => text('bulk.form.file', { mostKb }), send: text('bulk.form.send') },
    taking: line('bulk.taking'),
    inDirectMessage: line('bulk.inDirectMessage'),
    listed: (list) => line('bulk.listed', { list }),
    finished: (rows) => line('bulk.finished', { rows }),
    counts: {
      read: (count) => text('bulk.counts.read', { count }),
      older: (count) => text('bulk.counts.older', { count }),
      unknown: (count) => text('bulk.counts.unknown', { count }),
      unread: (count) => text('bulk.counts.unread', { count }),
      invalid: (count) => text('bulk.counts.invalid', { count }),
      repeated: (count) => text('bulk.counts.repeated', { count }),
      elsewhere: (count) => text('bulk.counts.elsewhere', { count }),
    },
    cancelled: (done, total) => line('bulk.cancelled', { done, total }),
    unsent: line('bulk.unsent'),
    refusals: {
      spreadsheet: line('bulk.refusals.spreadsheet'),
      'not-text': line('bulk.refusals.not-text'),
      'no-iccids': line('bulk.refusals.no-iccids'),
      'digits-lost': line('bulk.refusals.digits-lost'),
      'other-file': line('bulk.refusals.other-file'),
      'several-files': line('bulk.refusals.several-files'),
      'only-in-direct-message': line('bulk.refusals.only-in-direct-message'),
      'not-fetched': line('bulk.refusals.not-fetched'),
      'one-at-a-time': line('bulk.refusals.one-at-a-time'),
      'not-stored': line('bulk.refusals.not-stored'),
    },
    tooLarge: (mostKb) => line('bulk.tooLarge', { mostKb }),
    broken: (at) => line('bulk.broken', { line: at }),
    tooMany: (found, most) => line('bulk.tooMany', { found, most }),
    tooManyCells: (most) => line('bulk.tooManyCells', { most }),
    dayUsedUp: (most, left, until) => line('bulk.dayUsedUp', { most, left, until }),
    notes: {
      older: {
        'rate-limited': note('older', 'rate-limited'),
        'airalo-unavailable': note('older', 'airalo-unavailable'),
        'operator-needed': note('older', 'operator-needed'),
      },
      unread: {
        'rate-limited': note('unread', 'rate-limited'),
        'airalo-unavailable': note('unread', 'airalo-unavailable'),
        'operator-needed': note('unread', 'operator-needed'),
      },
      unknown: (checkDigitOff) =>
        text(checkDigitOff ? 'bulk.notes.unknown.checkDigit' : 'bulk.notes.unknown'),
      declined: (detail) => text('bulk.notes.declined', { detail }),
      noFigures: text('bulk.notes.noFigures'),
      invalid(problem) {
        switch (problem.kind) {
          case 'empty':
          case 'not-digits':
          case 'rounded':
            return text(`bulk.notes.invalid.${problem.kind}`);
          case 'too-short':
          case 'too-long':
            return text(`bulk.notes.invalid.${problem.kind}`, { digits: problem.digits });
          case 'several':
            return text('bulk.notes.invalid.several', { found: problem.found });
          default:
            return problem satisfies never;
        }
      },
    },
  };
}
