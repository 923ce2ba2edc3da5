import type { DigestRows } from '../../src/usage/digest-report.ts';
import { toIccid } from './arbitraries.ts';
import { DAY_MS, ICCID, MINUTE_MS, NOW, readingOf } from './replies.ts';
import { STATES } from './states.ts';

const OTHER = toIccid('8910000000001000035');
/** When a digest comes. */
export const WEEKDAYS = { days: [1, 2, 3, 4, 5], time: { hour: 9, minute: 0 }, zone: 'UTC' } as const;
/** Three to look at, and two beside. */
export const DIGEST: DigestRows = {
  rows: [
    { iccid: OTHER, concern: 'used-up', last: { reading: STATES['Used up'], asOf: NOW - 20 * MINUTE_MS } },
    { iccid: ICCID, concern: 'low', last: { reading: STATES['Running low'], asOf: NOW - 5 * MINUTE_MS } },
    {
      iccid: toIccid('8910000000001000092'),
      concern: 'silent',
      last: { reading: readingOf({ expiresAt: NOW + 9 * DAY_MS }), asOf: NOW - 40 * MINUTE_MS },
    },
  ],
  more: 2,
};
