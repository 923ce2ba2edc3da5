/** The side of a contender's process that the bench talks to: its CPU time, its memory, how long its loop stood still, and its calendar. Loaded before all else. */
import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks';
import { turnAhead } from '../calendar.ts';

/** How often the loop is looked at, and so the least that a delay can be. */
const LOOP_RESOLUTION_MS = 10;
let loop: IntervalHistogram | undefined;

process.on('message', (message: { readonly ask: 'use' | 'turn' | 'watch'; readonly ms: number }) => {
  if (message.ask === 'turn') turnAhead(message.ms);
  if (message.ask === 'watch') {
    loop ??= monitorEventLoopDelay({ resolution: LOOP_RESOLUTION_MS });
    loop.reset();
    loop.enable();
  }
  const { user, system } = process.cpuUsage();
  const loopDelayMs = (loop?.max ?? 0) / 1e6;
  process.send?.({ cpuMicros: user + system, rssBytes: process.memoryUsage.rss(), loopDelayMs });
});

// Nobody is left to measure.
process.on('disconnect', () => process.exit());

/** Told once it takes commands: from Slack on `POST /slack/events` of this port, from Discord over the connection it has opened. */
export function ready(port: number): void {
  process.send?.({ port });
}
