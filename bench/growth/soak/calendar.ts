import { openSync, readFileSync, writeSync } from 'node:fs';
import type { Clock } from '../../../src/clock.ts';

/**
 * The calendar of a soak: by how much it is ahead of the machine, in a file that every process of the soak reads, so that the bot, its stand-ins
 * and Redis are in the same millisecond at any time. The text is what libfaketime reads too: seconds with a sign.
 */
const WIDTH = 16;

/** Only the bot's process turns it. */
export function createCalendar(path: string): { turnTo(aheadMs: number): void } {
  const file = openSync(path, 'w');
  const turnTo = (aheadMs: number) =>
    void writeSync(file, `+${(aheadMs / 1000).toFixed(3).padStart(WIDTH - 2, '0')}\n`, 0);
  turnTo(0);
  return { turnTo };
}

/** For the stand-ins, which read the time and never wait by it. */
export function followCalendar(path: string): Clock {
  return {
    now: () => Date.now() + Math.round(Number.parseFloat(readFileSync(path, 'utf8')) * 1000),
    sleep: () => Promise.reject(new Error('The stand-ins do not wait by the calendar')),
  };
}
