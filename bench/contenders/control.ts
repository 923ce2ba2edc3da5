/** The side of a contender's process that the bench talks to: its CPU time and its calendar. Loaded before all else. */
import { turnAhead } from '../calendar.ts';

process.on('message', (message: { readonly ask: 'use' | 'turn'; readonly ms: number }) => {
  if (message.ask === 'turn') turnAhead(message.ms);
  const { user, system } = process.cpuUsage();
  process.send?.({ cpuMicros: user + system, rssBytes: process.memoryUsage.rss() });
});

// Nobody is left to measure.
process.on('disconnect', () => process.exit());

/** Told once it takes commands: from Slack on `POST /slack/events` of this port, from Discord over the connection it has opened. */
export function ready(port: number): void {
  process.send?.({ port });
}
