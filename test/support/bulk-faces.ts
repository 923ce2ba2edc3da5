import type { BulkFace } from '../../src/domain/bulk.ts';
import { MINUTE_MS, NOW } from './replies.ts';

const reading = { kind: 'reading', jobId: 'list-AAAAAAAAAAAAAAAAAAAAAA', total: 500 } as const;

/** The forms that the message about a list takes, by what they show. */
export const BULK_FACES: Readonly<Record<string, BulkFace>> = {
  'just taken': { ...reading, done: 0, leftMs: 250_000 },
  'half way': { ...reading, done: 260, leftMs: 2 * MINUTE_MS },
  'waiting for Airalo': { ...reading, done: 488, waiting: { count: 12, until: NOW + 20 * MINUTE_MS } },
  finished: {
    kind: 'finished',
    counts: { read: 480, older: 8, unknown: 4, unread: 3, invalid: 5, repeated: 12, elsewhere: 0 },
    attention: 31,
  },
  cancelled: { kind: 'cancelled', done: 120, total: 500 },
  'not brought': { kind: 'unsent' },
  'too long': { kind: 'refused', refusal: { kind: 'too-many', found: 612, most: 500 } },
  'with numbers beside the column': {
    kind: 'finished',
    counts: { read: 8, older: 0, unknown: 0, unread: 0, invalid: 0, repeated: 0, elsewhere: 3 },
    attention: 0,
  },
  'rounded by a spreadsheet': { kind: 'refused', refusal: { kind: 'digits-lost' } },
  'enough for today': {
    kind: 'refused',
    refusal: { kind: 'day-used-up', most: 2_000, left: 40, until: NOW + 600 * MINUTE_MS },
  },
};
