import type { ListedReply } from '../../src/cards/list-card.ts';
import type { KnownStatus, UsageReading } from '../../src/domain/usage.ts';
import { toIccid } from './arbitraries.ts';
import { cachedReply, DAY_MS, deferredReply, freshReply, MINUTE_MS, NOW, refusedReply } from './replies.ts';

const GB = 1024;
const state = (name: KnownStatus, remaining: number, total: number, expiresAt?: number): UsageReading => ({
  status: { kind: 'known', name },
  data: { kind: 'megabytes', remaining, total },
  ...(expiresAt === undefined ? {} : { expiresAt }),
});
const LATER = NOW + 11 * DAY_MS;
const active = (remaining: number, total: number, expiresAt = LATER) =>
  state('ACTIVE', remaining, total, expiresAt);
const CALLS = { remaining: 63, total: 100 };
const TEXTS = { remaining: 41, total: 50 };

/** Each state from the body that Airalo sends for it. */
export const STATES = {
  'An unlimited plan': { ...active(0, 0), data: { kind: 'unlimited' } },
  'Running low': active(210, 5 * GB),
  'Ending soon': active(2 * GB, 5 * GB, NOW + 2 * DAY_MS),
  'Ending within the hour': active(2 * GB, 5 * GB, NOW + 40 * MINUTE_MS),
  'With calls and texts': { ...active(8 * GB, 10 * GB), voiceMinutes: CALLS, textMessages: TEXTS },
  'With calls alone': { ...active(0, 0), voiceMinutes: CALLS, textMessages: TEXTS },
  'Hardly used': active(102_399, 100 * GB),
  'More left than the plan has': active(4 * GB, 2 * GB),
  'A large plan': active(4_882.8 * GB, 5_120 * GB),
  'Active with nothing left': active(0, 5 * GB),
  'Active past its end': active(2 * GB, 5 * GB, NOW - 2 * DAY_MS),
  'Not started': state('NOT_ACTIVE', 3 * GB, 3 * GB),
  'Used up': state('FINISHED', 0, 5 * GB, LATER),
  'Used up, with something left': state('FINISHED', 204, 5 * GB, LATER),
  'Past its end': state('EXPIRED', 204, 3 * GB, NOW - 9 * DAY_MS),
  'Past its end, all used': state('EXPIRED', 0, 3 * GB, NOW - 9 * DAY_MS),
  'Not reported by the operator': state('UNKNOWN', 0, 0),
  Withdrawn: state('RECYCLED', 0, 0),
  'A status that is new': { ...active(700, GB), status: { kind: 'unseen', name: 'SUSPENDED' } },
} as const satisfies Readonly<Record<string, UsageReading>>;

const iccid = (place: number) => toIccid(`89100000000010000${String(place).padStart(2, '0')}`);

/** Several eSIMs as a question brings them together: most with a figure, one on its way, one refused. */
export const LISTED: readonly ListedReply[] = [
  cachedReply(),
  freshReply({ iccid: iccid(27), reading: STATES['An unlimited plan'] }),
  freshReply({ iccid: iccid(35), reading: STATES['Running low'] }),
  freshReply({ iccid: iccid(43), reading: STATES['Not started'] }),
  freshReply({ iccid: iccid(50), reading: STATES['Used up'] }),
  freshReply({ iccid: iccid(76), reading: STATES['Past its end'] }),
  freshReply({ iccid: iccid(68), reading: STATES.Withdrawn }),
  freshReply({ iccid: iccid(22), reading: STATES['A status that is new'] }),
  deferredReply({ iccid: iccid(84) }),
  refusedReply({ reason: 'operator-needed', cause: 'credentials-refused' }, iccid(92)),
].map((reply, index) => ({ iccid: reply.iccid ?? iccid(0), index, reply }));
