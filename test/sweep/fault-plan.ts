import type { Clock } from '../../src/clock.ts';
import { type Fault, lengthOf } from './fault.ts';

/** A call as the sweep tells calls apart: where to, which method, and the how-manieth of its kind. */
export interface CallName {
  readonly destination: string;
  readonly route: string;
  readonly nth: number;
  /** How many calls went to the same destination before it. */
  readonly before: number;
}

/** One call that is to fail in one way. */
interface ArmedFault {
  readonly call: CallName;
  readonly fault: Fault;
}

export interface FaultPlan {
  /** Starts to count calls anew; one of them fails when `armed` says so. */
  arm(armed?: ArmedFault): void;
  /** The whole service is away from now on, or again there. */
  disturb(destination: string, fault: Fault | undefined): void;
  /** A call begins: the fault it meets, if any. */
  meet(destination: string, route: string): Fault | undefined;
  /** A call has ended: whoever waits for the one before its own may act. */
  left(destination: string): void;
  /** Calls since the last `arm`, in order. */
  readonly seen: readonly CallName[];
  /** When the armed fault struck. */
  readonly struckAt: number | undefined;
  /** When it is over, by its own length. */
  readonly overAt: number | undefined;
}

/** Decides which call fails and how; knows nothing of how that is done. */
export function createFaultPlan(
  clock: Clock,
  close: (destination: string, forMs: number) => void,
): FaultPlan {
  let seen: CallName[] = [];
  let armed: ArmedFault | undefined;
  let struckAt: number | undefined;
  const disturbed = new Map<string, Fault>();

  const isArmed = ({ destination, route, nth }: CallName) =>
    armed?.call.destination === destination && armed.call.route === route && armed.call.nth === nth;

  /** What goes on for a while hits the next calls too: 503 all of the service, a rate limit the same method. */
  function stillGoesOn(destination: string, route: string): Fault | undefined {
    if (!armed || struckAt === undefined || armed.call.destination !== destination) return undefined;
    if (clock.now() >= struckAt + lengthOf(armed.fault)) return undefined;
    if (armed.fault === '503 for 60 s') return armed.fault;
    return armed.fault.startsWith('429, ') && armed.call.route === route ? armed.fault : undefined;
  }

  /** The listener is closed as soon as no call but the armed one can come next. */
  function refuseIfNext(destination: string): void {
    if (armed?.fault !== 'refused for 8 s' || armed.call.destination !== destination) return;
    if (struckAt !== undefined || callsTo(destination) < armed.call.before) return;
    struckAt = clock.now();
    close(destination, lengthOf(armed.fault));
  }
  const callsTo = (destination: string) => seen.filter((one) => one.destination === destination).length;

  return {
    arm(next) {
      seen = [];
      armed = next;
      struckAt = undefined;
      if (next) refuseIfNext(next.call.destination);
    },
    disturb(destination, fault) {
      if (fault === undefined) disturbed.delete(destination);
      else disturbed.set(destination, fault);
    },
    meet(destination, route) {
      const nth = seen.filter((one) => one.destination === destination && one.route === route).length + 1;
      const call = { destination, route, nth, before: callsTo(destination) };
      seen.push(call);
      if (struckAt === undefined && isArmed(call)) {
        struckAt = clock.now();
        return armed?.fault;
      }
      return stillGoesOn(destination, route) ?? disturbed.get(destination);
    },
    left: refuseIfNext,
    get seen() {
      return seen;
    },
    get struckAt() {
      return struckAt;
    },
    get overAt() {
      return armed && struckAt !== undefined ? struckAt + lengthOf(armed.fault) : undefined;
    },
  };
}
