import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { failures, ORIGIN } from './telling.ts';

/** Parts of a whole run that only wait, in processes beside each other: each turns a calendar of its own. */

const RUN = fileURLToPath(new URL('./run.ts', import.meta.url));
const LANE = 'BENCH_LANE';
const told = z.object({ figures: z.unknown(), failures: z.array(z.string()) });

export function isLane(): boolean {
  return process.env[LANE] !== undefined;
}

/** To the process that has opened this lane. */
export async function tellParent(figures: unknown): Promise<void> {
  await new Promise<void>((resolve) => process.send?.({ figures, failures }, () => resolve()));
  process.disconnect();
}

/** The figures of one lane, or what it could not measure as an error. It says its lines as they come. */
export async function runLane(words: readonly string[]): Promise<unknown> {
  const child = fork(RUN, words, {
    env: { ...process.env, [LANE]: words.join(' '), [ORIGIN]: String(performance.timeOrigin) },
    execArgv: ['--import', 'tsx'],
    // Ratios without a floor are not numbers, and stay so.
    serialization: 'advanced',
  });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`It ended with ${code} and without figures`);
  });
  ended.catch(() => undefined);
  const [message]: unknown[] = await Promise.race([once(child, 'message'), ended]);
  const { figures, failures: failed } = told.parse(message);
  failures.push(...failed);
  // It ends by itself, and nobody waits for that.
  child.unref();
  return figures;
}
