import type { Clock } from '../clock.ts';
import type { AlertPerson } from '../domain/alert.ts';
import { findIccids } from '../domain/iccid.ts';
import type { Outbox, SnapshotCache } from '../storage/ports.ts';
import type { AlertPress, AlertService } from '../usage/alert-board.ts';
import { queueRedraw } from './alert-jobs.ts';
import type { AlertRecords } from './alert-records.ts';
import type { AlertState } from './alert-state.ts';

/** Of one alert: a press is answered again within seconds, or two hours where its platform is away. */
const REMEMBERED_PRESSES = 10;

/** What the buttons need. */
export interface AlertDeskParts {
  readonly records: AlertRecords;
  readonly outbox: Outbox;
  /** For the end of the plan, up to which an alert is muted. */
  readonly snapshots: Pick<SnapshotCache, 'get'>;
  readonly clock: Clock;
}

/** After a shift somebody else may take what nobody gave back. */
const HELD_MS = 12 * 60 * 60 * 1000;
/** Where the plan's end is not known: as long as most plans last. */
const MUTED_MS = 30 * 24 * 60 * 60 * 1000;

/** Changes the state and leaves the drawing to the worker, on every platform. */
export function createAlertService({ records, outbox, snapshots, clock }: AlertDeskParts): AlertService {
  /** Queued first: after a crash in between, a face is drawn once more for nothing, never left behind. */
  async function change(state: AlertState): Promise<AlertPress> {
    await queueRedraw(outbox, clock, state.subject);
    await records.putState(state);
    return { kind: 'changed' };
  }

  /** A press by the one who has it gives it back. */
  async function take(state: AlertState, by: AlertPerson): Promise<AlertPress> {
    const { claim, ...free } = state;
    const now = clock.now();
    if (!claim) return change({ ...free, claim: { ...by, at: now } });
    if (claim.platform === by.platform && claim.personId === by.personId) return change(free);
    const freeAt = claim.at + HELD_MS;
    if (now < freeAt) return { kind: 'held', by: claim, at: claim.at, freeAt };
    return change({ ...free, claim: { ...by, at: now } });
  }

  async function muteUntil({ subject }: AlertState): Promise<number> {
    const now = clock.now();
    const [iccid] = findIccids(subject);
    const known = iccid && (await snapshots.get(iccid));
    const endsAt = known?.kind === 'reading' ? (known.reading.expiresAt ?? 0) : 0;
    return endsAt > now ? endsAt : now + MUTED_MS;
  }

  return {
    async press(handle, deed, by, requestId) {
      const subject = await records.subjectOf(handle);
      if (subject === undefined) return { kind: 'gone' };
      return records.inTurn(subject, async (): Promise<AlertPress> => {
        const before = await records.state(subject);
        if (!before) return { kind: 'gone' };
        const { pressedBy = [] } = before;
        if (pressedBy.includes(requestId)) return { kind: 'changed' };
        const state = { ...before, pressedBy: [...pressedBy, requestId].slice(-REMEMBERED_PRESSES) };
        if (deed === 'take') return take(state, by);
        const { mute: _mute, ...heard } = state;
        if (deed === 'unmute') return change(heard);
        return change({ ...heard, mute: { ...by, until: await muteUntil(state) } });
      });
    },
    async esimOf(handle) {
      const subject = await records.subjectOf(handle);
      if (subject === undefined) return { kind: 'gone' };
      const [iccid] = findIccids(subject);
      return iccid === undefined ? { kind: 'no-iccid' } : { kind: 'esim', iccid };
    },
  };
}
