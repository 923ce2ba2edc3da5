import { z } from 'zod';
import { createLog, type Log } from '../../../src/log.ts';

const line = z.object({
  level: z.union([z.number(), z.string()]),
  msg: z.string().optional(),
  err: z.object({ type: z.string().optional(), code: z.string().optional() }).optional(),
});
const WARNING = /"level":(?:40|50|60|"(?:warn|error|fatal)")/;

/** A log of which only numbers are kept: what is under way, and how often each warning and error came. */
export function countingLog(): { log: Log; underWay(): number; counts(): Record<string, number> } {
  const counted = new Map<string, number>();
  let taken = 0;
  let done = 0;
  function write(text: string): void {
    if (text.includes('"Question taken"')) taken++;
    else if (text.includes('"Question done"')) done++;
    if (!WARNING.test(text)) return;
    const { level, msg = '', err } = line.parse(JSON.parse(text));
    const cause = err && ` (${err.code ?? err.type})`;
    const key = `${level}: ${msg}${cause ?? ''}`;
    if (process.env.SOAK_TRACE) process.stderr.write(`${Date.now()} ${text}`);
    counted.set(key, (counted.get(key) ?? 0) + 1);
  }
  return {
    log: createLog('debug', { write }),
    underWay: () => taken - done,
    counts: () => Object.fromEntries(counted),
  };
}
