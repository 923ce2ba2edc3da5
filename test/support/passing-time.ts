import { setImmediate as nextTurn } from 'node:timers/promises';
import { CREEP_MS, type ManualClock } from './manual-clock.ts';
import { until } from './until.ts';
import { workChanges, workUnderWay } from './work-under-way.ts';

/** Of real time. */
const PATIENCE_MS = 55_000;
/** At most so far at once, however long everybody sleeps. */
const LEAP_MS = 1_000;
/** Turns of the event loop in which nothing begins or ends: what one ended may begin another. */
const STILL_TURNS = 3;
/** After so many looks at the same work, somebody does not answer, and only time helps. */
const PATIENT_LOOKS = 5;
/** At most so far at once while somebody does not answer. */
const HANGING_STEP_MS = 250;

/**
 * Waits for `condition` while time passes: on to the next instant for which somebody sleeps, and at least `stepMs`, but only when no
 * request and no statement is under way. So a busy machine slows time as well, and nothing runs out because of it. While somebody does
 * not answer, time creeps, then walks.
 */
export function untilLater<T>(
  clock: ManualClock,
  what: string,
  condition: Parameters<typeof until<T>>[1],
  stepMs = CREEP_MS,
): Promise<T> {
  let seen = workChanges();
  let looks = 0;

  async function pass(): Promise<void> {
    let still = true;
    for (let turn = 0; turn < STILL_TURNS; turn++) {
      await nextTurn();
      still &&= workUnderWay() === 0;
    }
    looks = workChanges() === seen ? looks + 1 : 0;
    seen = workChanges();
    if (still && looks > 0) clock.advance(Math.max(stepMs, Math.min(LEAP_MS, Math.ceil(clock.nextWakeInMs))));
    else if (looks > PATIENT_LOOKS)
      clock.advance(Math.min((looks - PATIENT_LOOKS) * CREEP_MS, HANGING_STEP_MS));
  }

  return until<T>(
    what,
    async () => {
      await pass();
      return condition();
    },
    PATIENCE_MS,
  );
}
