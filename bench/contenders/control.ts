/** The side of a contender's process that the bench talks to: its CPU time, and its calendar. Imported before all else. */
const realNow = Date.now.bind(Date);
let shiftMs = 0;
Date.now = () => realNow() + shiftMs;

process.on('message', (message: { readonly ask: 'cpu' | 'shift'; readonly ms: number }) => {
  if (message.ask === 'shift') shiftMs += message.ms;
  const { user, system } = process.cpuUsage();
  process.send?.({ cpuMicros: user + system, rssBytes: process.memoryUsage.rss() });
});

export function ready(port: number): void {
  process.send?.({ port });
}
