import type { Simulator } from '../../../src/airalo/simulator/simulator.ts';
import type { Clock } from '../../../src/clock.ts';

/** The bot's questions to Airalo about usage. */
export interface CallCounts {
  readonly calls: number;
  /** Refused with 429. */
  readonly refused: number;
  /** Refusals that a bot which remembers would not have caused. */
  readonly avoidable: number;
  /** Calls about an eSIM whose window the bot knew to be closed, refused or failed: what is above the least. */
  readonly needless: number;
}

/** Follows the simulator's calls with its own rule in hand: one read per eSIM in 15 minutes. */
export interface CallLedger {
  /** Another system of the company has just read it. */
  noteUsedUp(iccid: string): void;
  isUsedUp(iccid: string): boolean;
  /** What has come since the last time this was asked. */
  take(): CallCounts;
}

const WINDOW_MS = 15 * 60_000;
const NONE = { calls: 0, refused: 0, avoidable: 0, needless: 0 };

/** `known`: an answer of Airalo's has told the bot of this window. */
interface Window {
  readonly endsAt: number;
  known: boolean;
}

export function createCallLedger(simulator: Simulator, clock: Clock): CallLedger {
  const windows = new Map<string, Window>();
  const usedUp = new Map<string, number>();
  let seen = 0;
  let counts = { ...NONE };

  /** The window that this call fell into; a call that finds none opens one. */
  function windowAt(iccid: string, at: number): Window {
    const elsewhere = usedUp.get(iccid);
    if (elsewhere !== undefined) windows.set(iccid, { endsAt: elsewhere + WINDOW_MS, known: false });
    usedUp.delete(iccid);
    const open = windows.get(iccid);
    if (open && open.endsAt > at) return open;
    const opened = { endsAt: at + WINDOW_MS, known: false };
    windows.set(iccid, opened);
    return opened;
  }

  /** Takes note of the calls that have come since. */
  function follow(): void {
    const fresh = simulator.calls.slice(seen);
    seen += fresh.length;
    counts.calls += fresh.length;
    for (const { iccid, at, status } of fresh) {
      const window = windowAt(iccid, at);
      if (status === 429) counts.refused++;
      if (window.known) counts.needless++;
      if (window.known && status === 429) counts.avoidable++;
      if (status === 200 || status === 429) window.known = true;
    }
  }

  return {
    noteUsedUp: (iccid) => void usedUp.set(iccid, clock.now()),
    isUsedUp(iccid) {
      follow();
      return usedUp.has(iccid) || (windows.get(iccid)?.endsAt ?? 0) > clock.now();
    },
    take() {
      follow();
      const taken = counts;
      counts = { ...NONE };
      return taken;
    },
  };
}
