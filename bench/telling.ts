/** What the bench says while it runs: every line with the time since its start, so that a part that has become slow shows. */

/** What could not be measured, each with its reason. */
export const failures: string[] = [];

/** Given to the processes of its lanes, so that all count from one start. */
export const ORIGIN = 'BENCH_ORIGIN';
const origin = Number(process.env[ORIGIN] ?? performance.timeOrigin);
/** By the machine's own time: the calendar may have been turned. */
const sinceStartMs = () => performance.timeOrigin + performance.now() - origin;

export function tookMinutes(): number {
  return sinceStartMs() / 60_000;
}

export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

export function tell(line: string): void {
  const seconds = Math.floor(sinceStartMs() / 1000);
  say(
    `[${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}] ${line}`,
  );
}

/** One that fails costs its own figures, not those of the half hour before it. */
export async function orFail<T>(what: string, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    failures.push(`${what}: ${error instanceof Error ? error.message : String(error)}`);
    tell(`FAILED: ${failures.at(-1)}`);
    return undefined;
  }
}
