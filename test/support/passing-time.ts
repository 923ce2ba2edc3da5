import { setImmediate as nextTurn } from 'node:timers/promises';
import { CREEP_MS, type ManualClock } from './manual-clock.ts';
import { until } from './until.ts';
import { workUnderWay } from './work-under-way.ts';

/** At most so far at once, however long everybody sleeps. */
const LEAP_MS = 1_000;
/** Turns of the event loop in which nothing begins or ends: what one ended may begin another. */
const STILL_TURNS = 3;
/** After so many looks at the same requests somebody does not answer, and only time helps. */
const PATIENT_LOOKS = 5;
/** At most so far at once while somebody does not answer. */
const HANGING_STEP_MS = 250;
/** Hours may have to pass, over a list of 500 eSIMs: on a busy machine that is more than a minute's work. Below a test's own limit. */
const PATIENCE_MS = 170_000;

/** Looks after what is under way: 0 when nothing is, else how often the same requests have been seen; -1 when something has changed since. */
function watcher() {
  let seen = workUnderWay().changes;
  let looks = 0;
  async function look(): Promise<number> {
    let busy = false;
    for (let turn = 0; turn < STILL_TURNS; turn++) {
      await nextTurn();
      busy ||= workUnderWay().requests > 0;
    }
    const { changes, statements } = workUnderWay();
    // A disk may be slow, but it answers: time stands still until then.
    looks = changes === seen && statements === 0 ? looks + 1 : 0;
    seen = changes;
    if (looks === 0) return -1;
    return busy ? looks : 0;
  }
  return {
    look,
    /** What has changed until now was the test's own doing: a condition that reads the store. */
    forget() {
      seen = workUnderWay().changes;
    },
  };
}

/** Waits until nothing is under way, or nothing but requests that are not answered. */
export async function untilStill(): Promise<void> {
  const { look } = watcher();
  await until('nothing is under way', async () => {
    const looks = await look();
    return looks === 0 || looks > PATIENT_LOOKS;
  });
}

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
  const { look, forget } = watcher();
  const passing = async () => {
    const looks = await look();
    const value = await condition();
    forget();
    if (value !== undefined && value !== false) return value;
    // Where nobody sleeps there is nothing to leap to.
    const leapMs = Number.isFinite(clock.nextWakeInMs) ? Math.ceil(clock.nextWakeInMs) : 0;
    if (looks === 0) clock.advance(Math.max(stepMs, Math.min(LEAP_MS, leapMs)));
    if (looks > PATIENT_LOOKS) clock.advance(Math.min((looks - PATIENT_LOOKS) * CREEP_MS, HANGING_STEP_MS));
    return false;
  };
  return until<T>(what, passing, PATIENCE_MS);
}
