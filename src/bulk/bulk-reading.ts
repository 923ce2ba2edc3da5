import type { Clock } from '../clock.ts';
import type { Iccid } from '../domain/iccid.ts';
import type { CallGate, CallPace, SnapshotCache } from '../storage/ports.ts';
import { type ReadResult, type UsageReader, usageGateKey } from '../usage/reader.ts';
import type { RowEnd } from './bulk-job.ts';
import type { BulkProgress } from './bulk-progress.ts';

/** What reading a list needs: the one reader of everybody, and a pace of its own before it. */
export interface BulkReadingParts {
  /**
   * Single-flight with everybody's questions: an eSIM that a person asks about meanwhile is read
   * once.
   */
  readonly reader: UsageReader;
  readonly snapshots: SnapshotCache;
  readonly gate: CallGate;
  readonly pace: CallPace;
  readonly clock: Clock;
  /** Between two calls to Airalo for lists, all lists and processes together. */
  readonly intervalMs: number;
}

/** What a reading is bound by. */
export interface BulkRules {
  /** A reading as old as this is not good enough. */
  readonly newerThan: number;
  /** What is not read by then ends with what is known of it. */
  readonly giveUpAt: number;
  /** Ends the reading between two eSIMs. */
  readonly signal: AbortSignal;
}

/** Why reading came to a stop. */
export type BulkStop =
  | { readonly kind: 'complete' }
  /** Nothing can be read before `until`. */
  | { readonly kind: 'wait'; readonly until: number }
  | { readonly kind: 'aborted' };

/** Enough for Airalo's usual answer time at this pace, and few enough that a person's question has to wait for no more than these. */
const LANES = 4;
/** A turn further away is not booked: the list waits without holding a place in the queue. */
const MAX_TURN_MS = 5_000;
/** How long a list rests while only the operator can help, as with refused credentials. */
const PAUSE_MS = 30_000;

/** What looking at one eSIM came to; `all`: the reason holds for every eSIM of the list. */
type Step = RowEnd | { readonly kind: 'wait'; readonly until: number; readonly all: boolean };

/**
 * Reads the eSIMs of a list, as many as can be read now. What was read before, by anybody, costs no
 * call. Changes `progress` as it goes. Throws `StoreError` on an outage; what is settled by then
 * stays settled.
 */
export function createBulkReading(parts: BulkReadingParts) {
  const { reader, snapshots, gate, clock } = parts;

  return async function readOn(
    iccids: readonly Iccid[],
    progress: BulkProgress,
    rules: BulkRules,
  ): Promise<BulkStop> {
    const { ends, waits } = progress;
    const late = () => clock.now() >= rules.giveUpAt;
    const due = iccids.filter((iccid) => !ends.has(iccid) && (waits.get(iccid) ?? 0) <= clock.now());
    let pausedUntil: number | undefined;

    async function lane(): Promise<void> {
      for (;;) {
        if (pausedUntil !== undefined || rules.signal.aborted || late()) return;
        const iccid = due.shift();
        if (iccid === undefined) return;
        const step = await stepOf(iccid, rules);
        // Told to stop while it waited for its turn: nothing was asked.
        if (step === undefined) return;
        if (step.kind !== 'wait') {
          ends.set(iccid, step);
          waits.delete(iccid);
          continue;
        }
        waits.set(iccid, step.until);
        if (step.all) pausedUntil = Math.max(pausedUntil ?? 0, step.until);
      }
    }

    await Promise.all(Array.from({ length: LANES }, lane));
    if (rules.signal.aborted) return { kind: 'aborted' };
    // After the lanes have ended: nobody else writes to `ends` now.
    if (late()) await giveUp(iccids, progress);
    const open = iccids.filter((iccid) => !ends.has(iccid));
    if (open.length === 0) return { kind: 'complete' };
    const next = Math.min(...open.map((iccid) => waits.get(iccid) ?? 0));
    // Never in the past, or the job would come back at once and find nothing to do.
    const until = Math.min(rules.giveUpAt, Math.max(pausedUntil ?? 0, next, clock.now() + 1));
    return { kind: 'wait', until };
  };

  /** Undefined when it was told to stop. */
  async function stepOf(iccid: Iccid, rules: BulkRules): Promise<Step | undefined> {
    // Cache, gate, pace, Airalo: each is asked only when the one before has no answer.
    const known = await snapshots.get(iccid);
    if (known && known.asOf > rules.newerThan) return { kind: 'learnt' };
    const state = await gate.peek(usageGateKey(iccid));
    if (state.state === 'closed') return closed(state.openAt, known?.kind === 'reading', rules);
    const turn = await parts.pace.reserve('airalo-bulk', parts.intervalMs, MAX_TURN_MS);
    if (turn.kind === 'busy') return { kind: 'wait', until: turn.freeAt, all: true };
    const ready = clock.sleep(Math.max(0, turn.startAt - clock.now()), rules.signal);
    if (
      !(await ready.then(
        () => true,
        () => false,
      ))
    )
      return undefined;
    return stepAfter(await reader.read(iccid, rules.newerThan), rules);
  }

  /** An older reading is an answer; without one it is worth the wait, where there is time for it. */
  function closed(openAt: number, known: boolean, { giveUpAt }: BulkRules): Step {
    if (known) return { kind: 'older', because: 'rate-limited', until: openAt };
    if (openAt < giveUpAt) return { kind: 'wait', until: openAt, all: false };
    return { kind: 'unread', because: 'rate-limited', until: openAt };
  }

  /**
   * A closed gate concerns one eSIM; an outage of Airalo's, or refused credentials, all of them.
   */
  function stepAfter(result: ReadResult, rules: BulkRules): Step {
    switch (result.kind) {
      case 'reading':
      case 'unknown-esim':
        return { kind: 'learnt' };
      case 'doubted-esim':
        return closed(result.refreshableAt, true, rules);
      case 'declined':
        return { kind: 'declined', detail: result.detail };
      case 'operator-needed':
        return { kind: 'wait', until: clock.now() + PAUSE_MS, all: true };
      case 'wait':
        return result.because === 'rate-limited'
          ? closed(result.until, result.previous !== undefined, rules)
          : { kind: 'wait', until: result.until, all: true };
      default:
        return result satisfies never;
    }
  }

  /** Time is over: each that is still open gets what is known of it. */
  async function giveUp(iccids: readonly Iccid[], { ends, waits }: BulkProgress): Promise<void> {
    for (const iccid of iccids.filter((one) => !ends.has(one))) {
      const known = await snapshots.get(iccid);
      const state = await gate.peek(usageGateKey(iccid));
      const ending =
        state.state === 'closed'
          ? ({ because: 'rate-limited', until: state.openAt } as const)
          : ({ because: 'airalo-unavailable' } as const);
      ends.set(iccid, { kind: known?.kind === 'reading' ? 'older' : 'unread', ...ending });
      waits.delete(iccid);
    }
  }
}

/** See `createBulkReading`. */
export type BulkReading = ReturnType<typeof createBulkReading>;
