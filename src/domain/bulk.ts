import type { IccidProblem } from './iccid.ts';

/** A list of eSIMs that a person sends as a CSV is answered whole, row by row. These are its bounds. */
export const BULK_LIMITS = {
  /** Rows of one list, those that cannot be read included. */
  rows: 500,
  /** Of the file. 500 rows of anything sensible are far below. */
  bytes: 256 * 1024,
  /** Of the file, repetitions included. */
  lines: 10_000,
  /** Of the file, those that hold something: of 500 rows, two hundred each. */
  cells: 100_000,
} as const;

/** Why a file is no list. */
export type CsvProblem =
  | { readonly kind: 'too-large'; readonly mostKb: number }
  /** An Excel or OpenOffice file under whatever name. */
  | { readonly kind: 'spreadsheet' }
  /** No text at all. */
  | { readonly kind: 'not-text' }
  /** A quote that is never closed, or the like; `line` counts from 1. */
  | { readonly kind: 'broken'; readonly line: number }
  | { readonly kind: 'no-iccids' }
  /** Every number is rounded (`8.94E+18`) or ends in zeros: a spreadsheet kept 15 digits of each. */
  | { readonly kind: 'digits-lost' }
  /** More cells with something in them than a list may have. */
  | { readonly kind: 'too-many-cells'; readonly most: number }
  | { readonly kind: 'too-many'; readonly found: number; readonly most: number };

/** Why a list is not taken. */
export type BulkRefusal =
  | CsvProblem
  /** Neither CSV nor text. */
  | { readonly kind: 'other-file' }
  | { readonly kind: 'several-files' }
  /** In a channel, where others would see it. */
  | { readonly kind: 'only-in-direct-message' }
  /** It could not be fetched from the platform. */
  | { readonly kind: 'not-fetched' }
  | { readonly kind: 'one-at-a-time' }
  /** More rows than a person may ask for in a day; `left` of them until `until` (epoch ms). */
  | { readonly kind: 'day-used-up'; readonly most: number; readonly left: number; readonly until: number }
  | { readonly kind: 'not-stored' };

/** One row of a list as it was read. */
export type BulkRow =
  | { readonly iccid: string }
  /** `given` is bounded, foreign and unescaped. */
  | { readonly given: string; readonly problem: IccidProblem };

/** How many rows ended how. */
export type BulkCounts = Readonly<Record<BulkCount, number>>;
/** `older`: the last reading, since a new one could not be had; `repeated`: answered by their first row; `elsewhere`: beside the column of ICCIDs alone. */
export type BulkCount = 'read' | 'older' | 'unknown' | 'unread' | 'invalid' | 'repeated' | 'elsewhere';

/** What the message about a list shows. Instants are epoch ms. Plain JSON. */
export type BulkFace =
  | {
      readonly kind: 'reading';
      readonly jobId: string;
      readonly total: number;
      readonly done: number;
      /** Of what can be read now; absent where that is nothing. */
      readonly leftMs?: number;
      /** eSIMs whose gate is closed, and when the last of them opens. */
      readonly waiting?: { readonly count: number; readonly until: number };
    }
  /** `attention`: eSIMs with a reading that somebody should look at. */
  | { readonly kind: 'finished'; readonly counts: BulkCounts; readonly attention: number }
  | { readonly kind: 'cancelled'; readonly total: number; readonly done: number }
  /** The file could not be brought; the operator reads why. */
  | { readonly kind: 'unsent' }
  | { readonly kind: 'refused'; readonly refusal: BulkRefusal };
