import type { LogCapture } from './log-capture.ts';
import { untilStill } from './passing-time.ts';
import { until } from './until.ts';

/** Waits until a platform has worked off every question it took, and nothing else is under way: a jump of the clock cuts no request off. */
export async function untilQuiet({ lines }: LogCapture): Promise<void> {
  await until('nothing is under way', () => lines('Question taken').length === lines('Question done').length);
  await untilStill();
}
