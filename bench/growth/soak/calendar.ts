import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Clock } from '../../../src/clock.ts';

/**
 * The calendar of a soak: by how much it is ahead of the machine, in a file that every process of the soak reads, so that the bot, its stand-ins
 * and Redis are in the same millisecond at any time. The text is what libfaketime reads too: seconds with a sign.
 */
/** Only the bot's process turns it. By another name first: a reader must never see half of it. */
export function createCalendar(path: string): { turnTo(aheadMs: number): void } {
  const turnTo = (aheadMs: number) => {
    writeFileSync(`${path}.next`, `+${(aheadMs / 1000).toFixed(3)}\n`);
    renameSync(`${path}.next`, path);
  };
  turnTo(0);
  return { turnTo };
}

/** For the stand-ins, which read the time and never wait by it. */
export function followCalendar(path: string): Clock {
  return {
    now: () => Date.now() + Math.round(Number.parseFloat(readFileSync(path, 'utf8')) * 1000),
    sleep: () => Promise.reject(new Error('The stand-ins do not wait by the calendar')),
    after: () => {
      throw new Error('The stand-ins do not wait by the calendar');
    },
  };
}
