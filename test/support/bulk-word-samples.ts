import type { Words } from '../../src/cards/words.ts';
import type { IccidProblem } from '../../src/domain/iccid.ts';
import { NOW } from './replies.ts';

const at = { kind: 'instant', at: NOW, style: 'time' } as const;
const ISO = '2026-11-23T14:20:00Z';
const COUNTS = ['read', 'older', 'unknown', 'unread', 'invalid', 'repeated', 'elsewhere'] as const;
const REASONS = ['rate-limited', 'airalo-unavailable', 'operator-needed'] as const;
const PROBLEMS: readonly IccidProblem[] = [
  { kind: 'empty' },
  { kind: 'not-digits' },
  { kind: 'too-short', digits: 12 },
  { kind: 'too-long', digits: 31 },
  { kind: 'several', found: 3 },
  { kind: 'rounded' },
];

type Sample = readonly [path: string, say: (words: Words) => unknown];

/** The functions of the section about lists. */
export const BULK_SAMPLES: Readonly<Record<string, (words: Words) => unknown>> = {
  'bulk.form.file': ({ bulk }) => bulk.form.file(256),
  'bulk.progress': ({ bulk }) => bulk.progress(120, 500),
  'bulk.minutesLeft': ({ bulk }) => bulk.minutesLeft(2),
  'bulk.minutesLeft none': ({ bulk }) => bulk.minutesLeft(0),
  'bulk.waiting': ({ bulk }) => bulk.waiting(12, at),
  'bulk.finished': ({ bulk }) => bulk.finished(500),
  'bulk.cancelled': ({ bulk }) => bulk.cancelled(120, 500),
  'bulk.tooLarge': ({ bulk }) => bulk.tooLarge(256),
  'bulk.broken': ({ bulk }) => bulk.broken(7),
  'bulk.tooMany': ({ bulk }) => bulk.tooMany(612, 500),
  'bulk.tooManyCells': ({ bulk }) => bulk.tooManyCells(100_000),
  'bulk.dayUsedUp': ({ bulk }) => bulk.dayUsedUp(900, 40, at),
  'bulk.notes.unknown': ({ bulk }) => bulk.notes.unknown(false),
  'bulk.notes.unknown mistyped': ({ bulk }) => bulk.notes.unknown(true),
  'bulk.notes.declined': ({ bulk }) => bulk.notes.declined('x1'),
  ...Object.fromEntries([
    ...COUNTS.map((name): Sample => [`bulk.counts.${name}`, ({ bulk }) => bulk.counts[name](3)]),
    ...COUNTS.map((name): Sample => [`bulk.counts.${name} one`, ({ bulk }) => bulk.counts[name](1)]),
    ...REASONS.map((name): Sample => [`bulk.notes.older.${name}`, ({ bulk }) => bulk.notes.older[name](ISO)]),
    ...REASONS.map(
      (name): Sample => [`bulk.notes.unread.${name}`, ({ bulk }) => bulk.notes.unread[name](ISO)],
    ),
    ...REASONS.map(
      (name): Sample => [`bulk.notes.unread.${name} open`, ({ bulk }) => bulk.notes.unread[name](undefined)],
    ),
    ...PROBLEMS.map(
      (problem): Sample => [`bulk.notes.invalid ${problem.kind}`, ({ bulk }) => bulk.notes.invalid(problem)],
    ),
  ]),
};
