import type { BulkCount, BulkRefusal } from '../../../domain/bulk.ts';
import type { IccidProblem } from '../../../domain/iccid.ts';
import type { Line, Span } from '../../card.ts';
import type { Figures } from '../../figures.ts';

/** A refusal that says no more than its kind. */
type Plain = Exclude<
  BulkRefusal['kind'],
  'too-large' | 'broken' | 'too-many' | 'too-many-cells' | 'day-used-up'
>;

/** Why an eSIM of a list has no new reading. */
type Because = 'rate-limited' | 'airalo-unavailable' | 'operator-needed';

/** Every word about lists of eSIMs that are sent as a file. */
export interface BulkWords {
  readonly title: string;
  /** Beside the bar, at most 80 characters. */
  readonly label: string;
  progress(done: number, total: number): string;
  /** How long the rest takes; 0 is less than a minute. */
  minutesLeft(minutes: number): Line;
  waiting(count: number, until: Span): Line;
  /** What happens by itself. */
  readonly comesHere: Line;
  readonly cancel: string;
  /** Until the file is fetched and understood. */
  readonly taking: Line;
  /** In a channel, about a list that stands there or was sent from there. */
  readonly inDirectMessage: Line;
  /** Above the file. */
  finished(rows: number): Line;
  /** Rows by how they ended. */
  readonly counts: Readonly<Record<BulkCount, (count: number) => string>>;
  cancelled(done: number, total: number): Line;
  readonly unsent: Line;
  readonly refusals: Readonly<Record<Plain, Line>>;
  tooLarge(mostKb: number): Line;
  broken(line: number): Line;
  tooMany(found: number, most: number): Line;
  tooManyCells(most: number): Line;
  /** `until`: when the next day begins. */
  dayUsedUp(most: number, left: number, until: Span): Line;
  /** In the file, where times are ISO 8601 in UTC; one sentence or two, without line breaks. */
  readonly notes: {
    readonly older: Readonly<Record<Because, (until: string | undefined) => string>>;
    readonly unread: Readonly<Record<Because, (until: string | undefined) => string>>;
    unknown(checkDigitOff: boolean): string;
    declined(detail: string): string;
    readonly noFigures: string;
    invalid(problem: IccidProblem): string;
  };
}

/** The words about lists in English. */
export function bulkWords({ number, counted }: Figures): BulkWords {
  const rows = (count: number) => counted(count, { one: 'row', other: 'rows' });
  const next = (until: string | undefined) =>
    until === undefined ? '' : `; a new one can be had from ${until}`;
  const readable = (until: string | undefined) =>
    until === undefined ? '' : `; it can be read from ${until}`;
  return {
    title: 'eSIM list',
    label: 'Read',
    progress: (done, total) => `${number(done)} of ${number(total)}`,
    minutesLeft: (minutes) =>
      minutes === 0 ? ['Less than a minute left.'] : [`About ${number(minutes)} min left.`],
    waiting: (count, until) => [
      `Airalo asks to wait for ${counted(count, { one: 'eSIM', other: 'eSIMs' })}; all can be read by `,
      until,
      '.',
    ],
    comesHere: ['The answer comes here as a CSV. You need not wait for it.'],
    cancel: 'Cancel',
    taking: ['Reading your list …'],
    inDirectMessage: ['The answer to that list comes in our direct message.'],
    finished: (count) => [`Your list: ${rows(count)} answered.`],
    counts: {
      read: (count) => `${number(count)} read`,
      older: (count) => `${number(count)} with an older reading`,
      unknown: (count) => `${number(count)} not known to Airalo`,
      unread: (count) => `${number(count)} could not be read`,
      invalid: (count) => `${rows(count)} without an ICCID`,
      repeated: (count) => `${counted(count, { one: 'repetition', other: 'repetitions' })} left out`,
      elsewhere: (count) => `${counted(count, { one: 'ICCID', other: 'ICCIDs' })} in another column left out`,
    },
    cancelled: (done, total) => [
      `Cancelled after ${number(done)} of ${number(total)}. `,
      'What was read is kept: send the list again to go on from there.',
    ],
    unsent: [
      'Your list is read, but the file could not be brought here. The operator can see why in the log; ',
      'what was read is kept, so send the list again later.',
    ],
    refusals: {
      spreadsheet: ['That is a spreadsheet. Please save it as CSV and send that.'],
      'not-text': ['That file holds no text. Please send a CSV.'],
      'no-iccids': [
        'I found no ICCID in that file. It needs a column of them: 18 to 22 digits each, under the heading ICCID or under none.',
      ],
      'digits-lost': [
        'A spreadsheet has rounded the ICCIDs in that file (8.94E+18, or zeros at the end): their last digits are lost. ',
        'Please format the column as text before the numbers go in, and export it again.',
      ],
      'other-file': ['I can only read lists as CSV. For a single eSIM, write me its number.'],
      'several-files': ['Please send one list at a time.'],
      'only-in-direct-message': [
        'Please send me the list in a direct message: here others would see its numbers.',
      ],
      'not-fetched': ['I could not fetch that file. Please send it again in a minute.'],
      'one-at-a-time': ['Your last list is not finished yet. Please wait for it, or cancel it.'],
      'not-stored': ['I could not keep that list. Please send it again in a minute.'],
    },
    tooLarge: (mostKb) => [`That file is too large: a list may have ${number(mostKb)} KB.`],
    broken: (line) => [`I cannot read that CSV: something is wrong from line ${number(line)} on.`],
    tooMany: (found, most) => [
      `That list has ${number(found)} rows and may have ${number(most)}. Please send it in parts.`,
    ],
    tooManyCells: (most) => [
      `That file has more than ${number(most)} cells. Please send the column of ICCIDs alone.`,
    ],
    dayUsedUp: (most, left, until) => [
      `A person may have ${number(most)} eSIMs from lists in a day, and ${number(left)} of yours are left. More from `,
      until,
      '.',
    ],
    notes: {
      older: {
        'rate-limited': (until) => `Older reading: Airalo asks to wait${next(until)}.`,
        'airalo-unavailable': (until) => `Older reading: Airalo did not answer${next(until)}.`,
        'operator-needed': (until) => `Older reading: the bot cannot reach Airalo${next(until)}.`,
      },
      unread: {
        'rate-limited': (until) => `Not read: Airalo asks to wait${readable(until)}.`,
        'airalo-unavailable': (until) => `Not read: Airalo did not answer${readable(until)}.`,
        'operator-needed': (until) => `Not read: the bot cannot reach Airalo${readable(until)}.`,
      },
      unknown: (checkDigitOff) =>
        checkDigitOff
          ? 'Airalo does not know this eSIM. The check digit is off: a digit may be mistyped.'
          : 'Airalo does not know this eSIM.',
      declined: (detail) => `Airalo declined: ${detail}`,
      noFigures: 'Airalo reports no usage for this eSIM.',
      invalid(problem) {
        switch (problem.kind) {
          case 'empty':
            return 'No ICCID in this row.';
          case 'not-digits':
            return 'Not an ICCID: 18 to 22 digits are needed.';
          case 'too-short':
            return `Not an ICCID: ${number(problem.digits)} digits, and 18 to 22 are needed.`;
          case 'too-long':
            return `Not an ICCID: ${number(problem.digits)} digits, and 22 are the most.`;
          case 'several':
            return `${number(problem.found)} ICCIDs in one row: one is needed.`;
          case 'rounded':
            return 'Rounded by a spreadsheet: the last digits are lost. Format the column as text and export it again.';
          default:
            return problem satisfies never;
        }
      },
    },
  };
}
