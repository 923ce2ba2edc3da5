import { createLog, type Log } from '../../src/log.ts';

export interface LogCapture {
  readonly log: Log;
  /** Everything written so far, as it would stand in the file. */
  text(): string;
  /** The lines as objects, those with `message` in their text when given. */
  lines(message?: string): Record<string, unknown>[];
}

/** A real logger whose output is kept, so that a test can look for words, and for secrets. */
export function captureLog(): LogCapture {
  const written: string[] = [];
  /** The first of `written`: read once, since whoever waits for a line asks again and again. */
  const read: Record<string, unknown>[] = [];
  const log = createLog('trace', { write: (line: string) => written.push(line) });
  return {
    log,
    text: () => written.join(''),
    lines(message = '') {
      for (const line of written.slice(read.length)) read.push(JSON.parse(line));
      return read.filter((line) => String(line.msg ?? '').includes(message));
    },
  };
}
